import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import { testDatabase } from '../../support/mongod.js'
import { type RealSandbox, realSandbox } from './real-sandbox.js'
import { client, FIONA_TEAMS, WANG, WANG_FEISHU, wordsOf, ZHAO } from './support.js'

/** Two pixels. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAFElEQVR42mNk+M9Qz8DAwMjAAGMAAA0GAQEAi3sAAAAASUVORK5CYII='
const PROBLEM = '紧急：投影 <img src=x onerror=alert(1)> *不亮*'
const NOTE = 'smells like the lamp, do not tell yet'
/** The requester's conversation and the team's channel on each messenger. */
const PLACES = 4
const HOURS_AT_MOST = 8

describe('one ticket across three messengers', function () {
  this.timeout(300_000)
  const database = testDatabase()
  let sandbox: RealSandbox
  let page: Page

  before(async () => {
    sandbox = await realSandbox(database.uri())
    page = sandbox.page
    // Two busy cores: each wait ends with what it waits for, and seldom needs any of this.
    page.setDefaultTimeout(60_000)
  })
  after(async () => {
    await sandbox?.end()
  })

  it('is raised in Feishu, worked in Teams, led in Slack, and ends confirmed', async () => {
    const wang = client(page, WANG_FEISHU)
    const fiona = client(page, FIONA_TEAMS)
    const zhao = client(page, ZHAO)
    await neverShows(page, wang, NOTE)
    await placeOf(zhao, 'it-support').click()

    // Raise: everybody has the card, in their own kind; what was written is words and nothing else.
    await wang.locator('.conversation > .composer textarea').click()
    await page.keyboard.type(PROBLEM)
    await page.keyboard.press('Enter')
    const mine = wang.locator('.fs-card', { hasText: '不亮' })
    await mine.getByText('待受理').waitFor()
    const number = /20\d{8,}/.exec(await wordsOf(mine))?.[0] ?? 'no number'
    const teamsThread = fiona.locator('.thread', { hasText: number })
    const slackThread = zhao.locator('.thread', { hasText: number })
    const answers = wang.locator('.thread', { hasText: number })
    const inTeams = teamsThread.locator('> .message .card')
    const inSlack = slackThread.locator('> .message .card')
    for (const card of [mine, inTeams, inSlack]) {
      expect(await wordsOf(card)).to.contain('<img src=x onerror=alert(1)> *不亮*')
    }
    await press(inTeams, '认领').waitFor()
    await press(inSlack, '认领').waitFor()
    expect(await press(mine, '认领').count(), 'a requester claims nothing').to.equal(0)
    expect(await page.locator('.messages img').count()).to.equal(0)

    // Claim: nobody else can any more, and the requester knows who has it.
    await press(inTeams, '认领').click()
    await mine.getByText('Fiona Liu').waitFor()
    expect(await wordsOf(mine)).to.contain('处理中')
    for (const card of [inTeams, inSlack]) {
      await card.getByText('处理中').waitFor()
      expect(await wordsOf(card)).to.contain('Fiona Liu')
      expect(await press(card, '认领').count()).to.equal(0)
    }

    // A note stays with the team.
    await say(teamsThread, `// ${NOTE}`)
    await said(slackThread, NOTE).waitFor()
    expect(await wordsOf(said(slackThread, NOTE)))
      .to.contain('Fiona Liu')
      .and.contain('内部备注')

    // An answer with a slip, edited: the slip is gone at the requester and at the lead.
    await say(teamsThread, 'pls restrat it')
    const heard = said(answers, 'pls restrat it')
    await heard.waitFor()
    expect(await wordsOf(heard)).to.contain('Fiona Liu')
    await said(slackThread, 'pls restrat it').waitFor()
    await tool(said(teamsThread, 'pls restrat it'), 'Edit')
    await teamsThread.locator('.editor textarea').fill('please restart it')
    await page.keyboard.press('Enter')
    for (const thread of [answers, slackThread, teamsThread]) {
      await said(thread, 'please restart it').waitFor()
      await said(thread, 'restrat').waitFor({ state: 'detached' })
    }

    // The requester answers; agent and lead read it under their name.
    await say(answers, '重启过了，灯还是不亮')
    for (const thread of [teamsThread, slackThread]) {
      await said(thread, '灯还是不亮').waitFor()
      expect(await wordsOf(said(thread, '灯还是不亮'))).to.contain('王小明')
    }

    // A picture of it: each of the three sees the picture itself.
    await answers
      .locator('.composer input[type=file]')
      .setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64') })
    await answers.locator('.file-chip', { hasText: 'lamp.png' }).waitFor()
    await answers.locator('.btn-send').click()
    for (const thread of [answers, teamsThread, slackThread]) await seesPicture(page, thread)

    // Something said in the wrong place, recalled: nobody has it any more.
    await say(answers, '晚饭吃什么')
    for (const thread of [teamsThread, slackThread]) await said(thread, '晚饭吃什么').waitFor()
    await tool(said(answers, '晚饭吃什么'), '撤回')
    await wang.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
    await answers.getByText('王小明撤回了一条消息').waitFor()
    for (const thread of [answers, teamsThread, slackThread]) {
      await said(thread, '晚饭吃什么').waitFor({ state: 'detached' })
    }

    // Waiting for the requester: the time stands still, and the card asks them.
    await choose(page, inTeams, '待提单人反馈')
    const question = fiona.getByRole('dialog', { name: 'Waiting for requester' })
    await question.getByRole('textbox').fill('Which room is it?')
    await question.getByRole('button', { name: 'Wait', exact: true }).click()
    await question.waitFor({ state: 'hidden' })
    await mine.getByText('待你反馈').waitFor()
    await said(answers, 'Which room is it?').waitFor()
    for (const card of [inTeams, inSlack]) {
      // The status has the words of the button that asks for it: only the clock's line is new.
      await card.getByText('已暂停').waitFor()
      expect(await wordsOf(card)).to.contain('待提单人反馈')
    }
    expect(await press(mine, '催单').count(), 'it is the requester’s turn').to.equal(0)
    await say(answers, '三楼 302')
    for (const thread of [teamsThread, slackThread]) await said(thread, '三楼 302').waitFor()
    for (const card of [mine, inTeams, inSlack]) await card.getByText('处理中').waitFor()
    expect(await wordsOf(inSlack)).not.to.contain('已暂停')

    // Nudge: it stands on every card, and the agent is told in person.
    await press(mine, '催单').click()
    for (const card of [mine, inTeams, inSlack]) await card.getByText('已催单 1 次').waitFor()
    await placeOf(fiona, 'Paidan').click()
    const nudged = fiona.locator('.message', { hasText: 'Nudged' }).filter({ hasText: number })
    await nudged.waitFor()
    expect(await wordsOf(nudged)).to.contain('王小明')
    await placeOf(fiona, 'IT support').click()

    // Overdue: the lead is told in Slack, in person; the requester reads that it is late, not who was told.
    await placeOf(zhao, '派单').click()
    const overdue = zhao.locator('.message', { hasText: '已超时' }).filter({ hasText: number }).first()
    for (let hour = 0; hour < HOURS_AT_MOST && (await overdue.count()) === 0; hour += 1) {
      const ahead = await wordsOf(page.locator('.ahead'))
      await page.getByRole('button', { name: '+1 小时', exact: true }).click()
      await page.waitForFunction(
        (before) => ![before, '正在拨表…'].includes(document.querySelector('.ahead')?.textContent ?? ''),
        ahead,
      )
      await overdue.waitFor({ timeout: 3_000 }).catch(() => undefined)
    }
    await overdue.waitFor()
    expect(await wordsOf(overdue)).to.contain('Fiona Liu')
    await inTeams.getByText('已超时').waitFor()
    await mine.getByText('抱歉耽误了').waitFor()
    expect(await wordsOf(wang)).not.to.contain('升级')

    // The lead takes note, in Slack: only they read so, and the next level is not told within the half hour.
    await press(overdue, '我来处理').click()
    const noted = zhao.locator('.message', { hasText: '已记录' }).filter({ hasText: number })
    await noted.waitFor()
    expect(await wordsOf(noted)).to.contain('仅对您可见')
    for (const column of [wang, fiona]) expect(await wordsOf(column)).not.to.contain('已记录')
    await placeOf(zhao, 'it-support').click()

    // Resolve, by the form of Teams: the requester reads the answer and is asked.
    await press(inTeams, '解决…').click()
    const form = fiona.getByRole('dialog')
    await form.waitFor()
    await fillForm(form, 'a new lamp is in')
    await form.waitFor({ state: 'hidden' })
    await mine.getByText('a new lamp is in').waitFor()
    for (const card of [inTeams, inSlack]) await card.getByText('已解决').first().waitFor()

    // Confirm: an end for all three, with nothing left to press but what looks back.
    await press(mine, '已解决').click()
    for (const card of [mine, inTeams, inSlack]) {
      await card.getByText('已关闭').first().waitFor()
      for (const gone of ['催单', '撤单', '认领', '解决…', '回复…']) {
        expect(await press(card, gone).count(), gone).to.equal(0)
      }
    }

    // What can be counted: one ticket, one card a place, nothing twice.
    await page.locator('.counted code', { hasText: number }).waitFor()
    expect(await page.locator('.counted [data-count=cards]').count()).to.equal(PLACES)
    for (const each of await page.locator('.counted [data-ok]').all()) {
      expect(await each.getAttribute('data-ok'), await wordsOf(each)).to.equal('true')
    }
    expect(await page.locator('.counted [data-count=doubles]').getAttribute('data-n')).to.equal('0')

    // The note was never before the requester: not on their screen at any time, nor at their other messenger.
    expect(await shownEver(page)).to.deep.equal([])
    for (const [platform, account] of [
      ['feishu', WANG_FEISHU],
      ['slack', WANG],
    ]) {
      const view = await page.evaluate(
        async (path) => (await fetch(path)).text(),
        `/sandbox/view/${platform}/${account}`,
      )
      expect(view).to.contain('王小明').and.not.contain(NOTE)
    }
    expect(await wordsOf(slackThread)).to.contain(NOTE)
  })
})

function placeOf(column: Locator, name: string): Locator {
  return column.locator('.place', { hasText: name })
}

function press(within: Locator, name: string): Locator {
  return within.getByRole('button', { name, exact: true })
}

/** Presses a button of a card of Teams, or the line of its menu: how much room there is decides which it is. */
async function choose(page: Page, card: Locator, name: string): Promise<void> {
  if ((await press(card, name).count()) > 0) return press(card, name).click()
  await card.getByRole('button', { name: 'More actions' }).click()
  return page.getByRole('menuitem', { name, exact: true }).click()
}

/** Types into the box of a thread, and sends with Enter. */
async function say(thread: Locator, text: string): Promise<void> {
  const box = thread.locator('.composer textarea')
  await box.click()
  await box.pressSequentially(text)
  await box.press('Enter')
}

/** What somebody said in a thread, as one of its people reads it. */
function said(thread: Locator, text: string): Locator {
  return thread.locator('.replies .message', { hasText: text })
}

/** Presses what shows beside a message under the pointer. */
async function tool(message: Locator, name: string): Promise<void> {
  await message.hover()
  await message.getByRole('button', { name }).click()
}

/** Resolves when a thread shows a picture that is one. */
async function seesPicture(page: Page, thread: Locator): Promise<void> {
  const picture = thread.locator('.message img').first()
  await picture.waitFor()
  await picture.scrollIntoViewIfNeeded()
  const element = await picture.elementHandle()
  await page.waitForFunction((each) => each instanceof HTMLImageElement && each.naturalWidth === 2, element)
}

/** Answers what must be answered, and sends. */
async function fillForm(form: Locator, words: string): Promise<void> {
  for (const box of await form.locator('textarea, input[type=text]').all()) await box.fill(words)
  for (const menu of await form.locator('select').all()) await menu.selectOption({ index: 1 })
  await form.getByRole('button').last().click()
}

/** From now on, whatever a column shows for even a moment is looked at. */
async function neverShows(page: Page, column: Locator, words: string): Promise<void> {
  await column.evaluate((element, forbidden) => {
    const seen: string[] = []
    Object.assign(window, { shownEver: seen })
    new MutationObserver(() => {
      if (element.textContent?.includes(forbidden)) seen.push(element.textContent)
    }).observe(element, { childList: true, subtree: true, characterData: true })
  }, words)
  expect(await shownEver(page)).to.deep.equal([])
}

function shownEver(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as unknown as { shownEver: string[] }).shownEver)
}
