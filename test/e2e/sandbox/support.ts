import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { createLogger } from '../../../src/lib/logger.js'
import { setClockOffset } from '../../../src/lib/now.js'
import { type Sandbox, startSandbox } from '../../../src/sandbox/main.js'

const STAND_IN = fileURLToPath(new URL('../../support/stand-in-desk.ts', import.meta.url))
const DESK = fileURLToPath(new URL('../../../desks/sample/desk.yaml', import.meta.url))

/** People and places of the sample desk, by their Slack ids. */
export const WANG = 'U0WANGXM01'
export const FIONA = 'U0LIUFANG1'
export const ZHAO = 'U0ZHAOJIN1'
export const IT = 'C0ITDESK01'

export type Standing = Sandbox & { folder: string; end(): Promise<void> }

/** The sandbox over a little desk that stands in for the program. */
export async function standInSandbox(
  folder = mkdtempSync(join(tmpdir(), 'paidan-page-')),
): Promise<Standing> {
  const stateFile = join(folder, 'stand-in.json')
  const sandbox = await startSandbox({
    port: 0,
    dataDir: folder,
    mongodbUri: 'mongodb://127.0.0.1:9/none',
    deskFile: DESK,
    // The stand-in speaks Slack only.
    platforms: ['slack'],
    log: createLogger('silent'),
    env: { PATH: process.env.PATH, STAND_IN: JSON.stringify({ teamChannel: IT, lead: ZHAO, stateFile }) },
    serverArgs: (offsetMs) => ['--import', 'tsx', STAND_IN, String(offsetMs)],
    plugPauseMs: 300,
    retryDelaysMs: [200, 1000, 2000, 4000, 8000],
  })
  return {
    ...sandbox,
    folder,
    async end() {
      await sandbox.close()
      setClockOffset(0)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same people at the messengers of the story, by their accounts there. */
export const WANG_FEISHU = 'ou_wang0000000000000000000000000001'
export const FIONA_TEAMS = '5a3c1e00-0000-4000-8000-000000000004'

/** One person's messenger on the page. */
export function client(page: Page, userId: string): Locator {
  return page.locator(`.column[data-user="${userId}"]`)
}

/** Writes in a client's open conversation, and sends with Enter. */
export async function write(column: Locator, text: string): Promise<void> {
  const box = column.locator('.conversation > .composer textarea')
  await box.fill(text)
  await box.press('Enter')
}

/** Wang writes to the bot; resolves to both cards of the ticket once they are there. */
export async function raise(
  page: Page,
  words: string,
  by = { employee: WANG, agent: FIONA },
): Promise<{ mine: Locator; team: Locator; number: string }> {
  await write(client(page, by.employee), words)
  const mine = client(page, by.employee).locator('.card').filter({ hasText: words })
  const team = client(page, by.agent).locator('.card').filter({ hasText: words })
  await mine.waitFor()
  await team.waitFor()
  const number = /20\d{8,}/.exec(await wordsOf(mine))?.[0] ?? ''
  return { mine, team, number }
}

/** A card's button. */
export function button(card: Locator, name: string): Locator {
  return card.getByRole('button', { name, exact: true })
}

/** The thread that a card or message begins or stands in. */
export function threadOf(column: Locator, words: string): Locator {
  return column.locator('.thread').filter({ hasText: words })
}

/** All words of an element, also those that are scrolled out of sight. */
export async function wordsOf(element: Locator): Promise<string> {
  return (await element.textContent()) ?? ''
}
