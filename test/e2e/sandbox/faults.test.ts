import { expect } from 'chai'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchBrowser } from '../../support/chromium.js'
import { client, FIONA, raise, type Standing, standInSandbox, WANG, wordsOf, write, ZHAO } from './support.js'

describe('the clock, the faults and the story on the page', function () {
  this.timeout(120_000)
  let sandbox: Standing
  let browser: Browser
  let page: Page

  before(async () => {
    browser = await launchBrowser()
    sandbox = await standInSandbox()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    page.setDefaultTimeout(30_000)
    await page.goto(sandbox.url)
    await client(page, WANG).waitFor()
    await sandbox.server.whenUp(30_000)
  })
  after(async () => {
    await browser?.close()
    await sandbox?.end()
  })

  const counts = (name: string): Locator => page.locator(`.counted [data-count="${name}"]`)
  const top = (name: string): Locator => page.getByRole('button', { name, exact: true })
  async function allCounted(number: string, cards: number): Promise<void> {
    await page.locator('.counted code', { hasText: number }).waitFor()
    await counts('cards')
      .nth(cards - 1)
      .waitFor()
    expect(await counts('cards').count()).to.equal(cards)
    for (const each of await page.locator('.counted [data-ok]').all()) {
      expect(await each.getAttribute('data-ok'), await wordsOf(each)).to.equal('true')
    }
    expect(await counts('doubles').getAttribute('data-n')).to.equal('0')
  }

  const aheadMs = (): Promise<number> =>
    page.evaluate(async () => (await (await fetch('/sandbox/about')).json()).clockOffsetMs)

  it('counts one ticket and one card a place after an event came twice', async () => {
    await top('Deliver twice').click()
    await page.locator('.trace li', { hasText: 'The messengers deliver events twice' }).waitFor()
    const { number } = await raise(page, 'twice please')
    await page.locator('.trace li', { hasText: 'twice please' }).getByText('known already').waitFor()
    await allCounted(number, 2)
  })

  it('goes on where it was after the plug was pulled', async () => {
    const { number } = await raise(page, 'before the cut')
    await top('Pull the plug').click()
    await page.getByText('Server: restarting').waitFor()
    await write(client(page, WANG), 'during the cut')
    await page.getByText('Server: up').waitFor()
    await client(page, WANG).locator('.card', { hasText: 'during the cut' }).waitFor()
    await client(page, FIONA).locator('.card', { hasText: 'during the cut' }).waitFor()
    await page.locator('.trace').getByText('SIGKILL').waitFor()
    await allCounted(String(Number(number) + 1), 2)
  })

  it('makes up for what was written while the messengers were down', async () => {
    await top('Messengers down 30 s').click()
    await page.getByText(/Messengers are down: \d+ s/).waitFor()
    await write(client(page, WANG), 'anybody there')
    const message = client(page, WANG).locator('.message', { hasText: 'anybody there' })
    await message.waitFor()
    // Nothing was delivered yet; the rest of the half minute is not waited for.
    const deliveries = await page.evaluate(async () => (await fetch('/sandbox/slack/faults')).json())
    expect(deliveries.downMsLeft).to.be.within(1, 30_000)
    expect(await client(page, WANG).locator('.card', { hasText: 'anybody there' }).count()).to.equal(0)
    await page.evaluate(() =>
      fetch('/sandbox/slack/faults/clear', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
    )
    await client(page, FIONA).locator('.card', { hasText: 'anybody there' }).waitFor()
  })

  it('pushes the program’s clock, and what falls due is said', async () => {
    const { number } = await raise(page, 'nobody acts')
    await top('+1 h').click()
    await page.getByText('1 h ahead of the machine').waitFor()
    await client(page, ZHAO)
      .locator('.message', { hasText: `已超时：${number}` })
      .waitFor()
    await top('+15 min').click()
    await page.getByText('1 h 15 min ahead of the machine').waitFor()
    expect(
      await client(page, ZHAO)
        .locator('.message', { hasText: `已超时：${number}` })
        .count(),
    ).to.equal(1)
    await allCounted(number, 2)
  })

  it('goes to the next working day’s morning', async () => {
    const before = await aheadMs()
    await top('+1 working day').click()
    await page.waitForFunction(
      async (was) => (await (await fetch('/sandbox/about')).json()).clockOffsetMs > was,
      before,
    )
    const at = Date.now() + (await aheadMs())
    // how long until then depends on the hour; a night is the least
    await page.getByText(/^(\d+ d|\d\d h).* ahead of the machine$/).waitFor()
    const there = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Shanghai',
      weekday: 'short',
      hour: '2-digit',
    }).format(new Date(at))
    expect(there).to.match(/^(Mon|Tue|Wed|Thu|Fri),? 10$/)
  })

  it('keeps messages and clock over a restart', async () => {
    const before = await aheadMs()
    await sandbox.close()
    sandbox = await standInSandbox(sandbox.folder)
    await sandbox.server.whenUp(30_000)
    await page.goto(sandbox.url)
    await client(page, WANG).locator('.message', { hasText: 'anybody there' }).first().waitFor()
    expect(await aheadMs()).to.equal(before)
  })

  it('plays the story, and again after starting over', async () => {
    await top('Start over').click()
    await page.locator('[data-step=raise][data-done=false]').waitFor()
    await top('Play').click()
    await top('Stop').waitFor()
    await page.locator('[data-step=resolve][data-done=true]').waitFor({ timeout: 80_000 })
    const steps = await page
      .locator('[data-step]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-done')))
    expect(steps).to.deep.equal(['true', 'true', 'true', 'true', 'true', 'true'])
    await top('Play').waitFor()
    await top('Start over').click()
    await page.locator('[data-step=raise][data-done=false]').waitFor()
  })

  it('says which step did not come true, and can be stopped', async () => {
    await page.evaluate(() =>
      fetch('/sandbox/slack/faults/down', {
        method: 'POST',
        body: '{"ms":60000}',
        headers: { 'content-type': 'application/json' },
      }),
    )
    await top('Play').click()
    await page.getByText('This step did not come true within 15 s').waitFor()
    await page.evaluate(() =>
      fetch('/sandbox/slack/faults/clear', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
    )
    await page.locator('[data-step=raise][data-done=true]').waitFor()
    await top('Play').click()
    await top('Stop').click()
    await top('Play').waitFor()
  })

  it('is one column with a switch on a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page
      .locator('.narrow-switch')
      .getByRole('button', { name: /王小明/ })
      .click()
    await client(page, WANG).locator('.conversation').waitFor()
    expect(await client(page, FIONA).isVisible()).to.equal(false)
    await page
      .locator('.narrow-switch')
      .getByRole('button', { name: /Fiona Liu/ })
      .click()
    await client(page, FIONA).locator('.conversation').waitFor()
    expect(await client(page, WANG).isVisible()).to.equal(false)
    await page.locator('.narrow-switch').getByRole('button', { name: 'What just happened' }).click()
    await page.locator('.trace').waitFor()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).to.equal(0)
  })
})
