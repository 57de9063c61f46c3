import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../support/chromium.js'
import {
  button,
  client,
  FIONA,
  raise,
  type Standing,
  standInSandbox,
  threadOf,
  WANG,
  wordsOf,
  write,
  ZHAO,
} from './support.js'

describe('the page of the sandbox', function () {
  this.timeout(90_000)
  let sandbox: Standing
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  before(async () => {
    browser = await launchBrowser()
    sandbox = await standInSandbox()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(sandbox.url)
    await client(page, WANG).waitFor()
    await sandbox.server.whenUp(30_000)
  })
  after(async () => {
    await browser?.close()
    await sandbox?.end()
  })

  it('shows an employee, an agent and the lead, each in their own language', async () => {
    const names = await page.locator('.person b').allInnerTexts()
    expect(names).to.deep.equal(['王小明', 'Fiona Liu', '赵静'])
    const said = (user: string) =>
      client(page, user).locator('.conversation > .composer textarea').getAttribute('placeholder')
    expect(await said(WANG)).to.equal('给派单发消息')
    expect(await said(FIONA)).to.equal('Message #it-support')
    expect(await said(ZHAO)).to.equal('给派单发消息')
    expect(await page.getByRole('button', { name: 'Deliver twice' }).count()).to.equal(1)
  })

  it('puts a message’s card before whoever wrote and before the team', async () => {
    const { mine, team, number } = await raise(page, 'the printer is on fire')
    expect(number).to.match(/^20\d{8}/)
    expect(await wordsOf(mine.locator('h3'))).to.contain(number)
    expect(await wordsOf(team)).to.contain('@王小明')
    const unread = client(page, ZHAO).locator('.place', { hasText: 'it-support' }).locator('.badge')
    await unread.waitFor()
    expect(Number.parseInt(await wordsOf(unread), 10)).to.be.at.least(1)
  })

  it('shows what somebody wrote as they wrote it', async () => {
    const words = '<!channel> <@U0ZHAOJIN1> &lt;b&gt; <https://bad.example|good>'
    await write(client(page, WANG), words)
    const own = client(page, WANG).locator('.message').filter({ hasText: 'bad.example' }).first()
    await own.waitFor()
    // A link that is typed becomes one, under its own address.
    expect(await wordsOf(own.locator('.message-body'))).to.contain(
      '<!channel> <@U0ZHAOJIN1> &lt;b&gt; <https://bad.example',
    )
    expect(await own.locator('.md-mention').count()).to.equal(0)
    const link = own.locator('a')
    expect(await wordsOf(link)).to.equal(await link.getAttribute('href'))
    const quoted = client(page, FIONA).locator('.card').filter({ hasText: 'bad.example' })
    expect(await wordsOf(quoted.locator('h3'))).to.contain('<!channel> <@U0ZHAOJIN1>')
  })

  it('takes a click to the app and shows every card anew', async () => {
    const { mine, team } = await raise(page, 'no sound')
    await button(team, '认领').click()
    await team.getByText('in_progress').waitFor()
    await mine.getByText('in_progress').waitFor()
    expect(await wordsOf(team)).to.contain('@Fiona Liu')
    expect(await button(team, '认领').count()).to.equal(0)
  })

  it('opens menus that the keyboard can use', async () => {
    const { team } = await raise(page, 'menu please')
    const more = team.getByRole('button', { name: '更多' })
    await more.focus()
    await page.keyboard.press('Enter')
    const list = page.getByRole('listbox')
    await list.waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await list.waitFor({ state: 'hidden' })
    await page.locator('.act', { hasText: '"放回队列"' }).waitFor()
    await more.click()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'hidden' })
  })

  it('asks before a click that wants to be sure', async () => {
    const { mine } = await raise(page, 'changed my mind')
    await button(mine, '撤单').click()
    const dialog = client(page, WANG).getByRole('alertdialog')
    await dialog.getByRole('button', { name: '保留' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await wordsOf(mine)).to.contain('new')
    await button(mine, '撤单').click()
    await dialog.getByRole('button', { name: '撤单' }).click()
    await mine.getByText('cancelled').waitFor()
  })

  it('fills in a form: what is missing, what the app objects to, choices and a file', async () => {
    const { mine, team } = await raise(page, 'solve me')
    await button(team, '认领').click()
    await button(team, '解决…').click()
    const form = client(page, FIONA).getByRole('dialog', { name: '解决工单' })
    await form.waitFor()
    const submit = form.getByRole('button', { name: '解决', exact: true })
    await submit.click()
    await form.getByText('Please complete this required field.').first().waitFor()
    expect(await form.getByText('Please complete this required field.').count()).to.equal(2)
    await form.getByLabel('解决办法').fill('ok')
    await form.getByRole('button', { name: 'Choose an option' }).click()
    expect(await page.locator('.popup-group').allInnerTexts()).to.deep.equal(['网络', '其他'])
    await page.getByRole('option', { name: '线路中断' }).click()
    await form.getByLabel('不会').check()
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: 'shot.png', mimeType: 'image/png', buffer: Buffer.from('png') })
    await form.locator('.file-chip', { hasText: 'shot.png' }).waitFor()
    await submit.click()
    await form.getByText('请写得详细一点。').waitFor()
    await form.getByLabel('解决办法').fill('换了一根网线')
    await submit.click()
    await form.waitFor({ state: 'hidden' })
    await mine.getByText('换了一根网线（线路中断，1 个文件）').waitFor()
  })

  it('carries a thread to the other side, under the writer’s name', async () => {
    const { mine, team } = await raise(page, 'talk to me')
    const theirs = threadOf(client(page, FIONA), 'talk to me')
    await team.hover()
    await theirs.locator('.message').first().getByRole('button', { name: 'Reply in thread' }).click()
    const box = theirs.locator('textarea')
    await box.fill('line one')
    await box.press('Shift+Enter')
    await box.pressSequentially('line two')
    await box.press('Enter')
    const heard = threadOf(client(page, WANG), 'talk to me').locator('.message', { hasText: 'line two' })
    await heard.waitFor()
    expect(await wordsOf(heard.locator('.byline b'))).to.equal('Fiona Liu')
    expect(await heard.locator('br').count()).to.equal(1)
    await mine.waitFor()
  })

  it('lets people edit and delete what they wrote', async () => {
    await raise(page, 'tpyo')
    const row = client(page, WANG).locator('.thread').filter({ hasText: 'tpyo' }).locator('.message').first()
    await row.hover()
    await row.getByRole('button', { name: '编辑' }).click()
    await client(page, WANG).locator('.editor textarea').fill('typo fixed')
    await page.keyboard.press('Enter')
    const fixed = client(page, WANG).locator('.message', { hasText: 'typo fixed' }).first()
    await fixed.getByText('（已编辑）').waitFor()
    await fixed.hover()
    await fixed.getByRole('button', { name: '删除' }).click()
    await client(page, WANG).getByRole('alertdialog').getByRole('button', { name: '删除' }).click()
    await client(page, WANG).getByText('此消息已删除。').waitFor()
  })

  it('sends files, pasted and chosen, and gives them back', async () => {
    const column = client(page, WANG)
    const composer = column.locator('.conversation > .composer')
    await composer
      .locator('input[type=file]')
      .setInputFiles([{ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('它坏了') }])
    await composer.locator('textarea').evaluate((box) => {
      const data = new DataTransfer()
      data.items.add(new File(['x'], 'pasted.png', { type: 'image/png' }))
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    })
    await composer.locator('.file-chip', { hasText: 'pasted.png' }).waitFor()
    await composer.getByRole('button', { name: '发送' }).click()
    const sent = column.locator('.message').filter({ hasText: 'log.txt' }).first()
    await sent.getByText('pasted.png').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      sent.locator('a', { hasText: 'log.txt' }).click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).to.equal('它坏了')
  })

  it('marks a click that the app did not answer', async () => {
    const { mine } = await raise(page, 'no answer')
    const warning = mine.getByRole('alert')
    await button(mine, '补充信息').click()
    await warning.waitFor()
    expect(await warning.getAttribute('title')).to.equal('应用没有响应，请重试。')
  })

  it('marks as read what somebody looks at', async () => {
    const lead = client(page, ZHAO)
    const place = lead.locator('.place', { hasText: 'it-support' })
    await place.locator('.badge').waitFor()
    await place.click()
    await lead.locator('.messages').hover()
    await place.locator('.badge').waitFor({ state: 'hidden' })
    await lead.locator('.place').first().click()
  })

  it('shows somebody else in a column', async () => {
    await client(page, ZHAO).locator('.person').click()
    await page.getByRole('option', { name: /Emma Clarke/ }).click()
    const emma = page.locator('.column', { hasText: 'Emma Clarke' })
    await emma.waitFor()
    expect(await emma.locator('textarea').first().getAttribute('placeholder')).to.equal('Message Paidan')
    await emma.locator('.person').click()
    await page.getByRole('option', { name: /赵静/ }).click()
    await client(page, ZHAO).waitFor()
  })

  it('speaks the language that is chosen, and remembers it', async () => {
    await page.getByRole('button', { name: '切换为中文' }).click()
    await page.getByRole('button', { name: '重复投递' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: '重复投递' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).to.equal('zh-CN')
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByRole('button', { name: 'Deliver twice' }).waitFor()
  })

  it('shows beside an act the event, the flow, the commit and the places', async () => {
    await raise(page, 'trace me')
    const act = page.locator('.trace li').filter({ hasText: 'trace me' })
    await act.locator('.delivered').nth(1).waitFor()
    expect(await wordsOf(act.locator('.file-name').first())).to.equal('flows/open-ticket.ts')
    expect(await wordsOf(act.locator('.commit'))).to.match(/commit 1\s*ticket\.opened/)
    expect(await wordsOf(act.locator('.event .ms'))).to.equal('1.5 ms')
    expect(await wordsOf(act))
      .to.contain('#it-support')
      .and.contain('@王小明')
  })

  it('runs without a complaint of the browser', () => {
    expect(complaints).to.deep.equal([])
  })
})
