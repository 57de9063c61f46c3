import { expect } from 'chai'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchBrowser } from '../../support/chromium.js'
import {
  button,
  client,
  FIONA,
  raise,
  type Standing,
  standInSandbox,
  WANG,
  wordsOf,
  ZHAO,
} from './support.js'

const MB = 1024 * 1024

describe('the page of the sandbox for a keyboard, a screen reader, and people in a hurry', function () {
  this.timeout(120_000)
  let sandbox: Standing
  let browser: Browser
  let page: Page

  before(async () => {
    browser = await launchBrowser()
    sandbox = await standInSandbox()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
    page.setDefaultTimeout(30_000)
    // The tests' own compiler marks functions with it, also those that run in the page.
    await page.addInitScript('globalThis.__name = (each) => each')
    await page.goto(sandbox.url)
    await client(page, WANG).waitFor()
    await sandbox.server.whenUp(30_000)
  })
  after(async () => {
    await browser?.close()
    await sandbox?.end()
  })

  const boxOf = (user: string): Locator => client(page, user).locator('.conversation > .composer textarea')

  it('names what there is, in the page’s language and in each client’s own', async () => {
    for (const [role, name] of [
      ['banner', ''],
      ['main', ''],
      ['group', 'Program time'],
      ['group', 'Make it hard'],
      ['region', 'The story'],
      ['region', 'Counted in the messengers'],
      ['region', 'What just happened'],
      ['region', '王小明'],
      ['region', 'Fiona Liu'],
      ['navigation', '王小明的会话'],
      ['navigation', 'Conversations of Fiona Liu'],
      ['group', 'Messengers of 赵静'],
      ['textbox', '给派单发消息'],
      ['textbox', 'Message #it-support'],
      ['button', 'Play'],
      ['button', '切换为中文'],
    ] as const) {
      const found = page.getByRole(role, name === '' ? {} : { name, exact: true })
      expect(await found.count(), `${role} ${name}`).to.be.at.least(1)
    }
    expect(await client(page, WANG).getAttribute('lang')).to.equal('zh-CN')
    expect(await client(page, FIONA).getAttribute('lang')).to.equal('en')
  })

  it('leaves no control without a name', async () => {
    await raise(page, 'names please')
    const nameless = await page
      .locator('button, a[href], input:not([hidden]):not([type=file]), textarea, select, [role=option]')
      .evaluateAll((all) =>
        all
          .filter((each) => {
            const labels = each instanceof HTMLInputElement ? [...(each.labels ?? [])] : []
            const words = [
              each.getAttribute('aria-label'),
              each.textContent,
              ...labels.map((one) => one.textContent),
            ]
            return words.every((one) => (one ?? '').trim() === '')
          })
          .map((each) => each.outerHTML.slice(0, 120)),
      )
    expect(nameless).to.deep.equal([])
  })

  it('reaches every control with Tab, each with a focus that shows', async () => {
    const all = await page.locator('button:enabled:visible, a[href]:visible, textarea:visible').count()
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    const reached = new Set<string>()
    const unseen: string[] = []
    for (let step = 0; step < all + 40; step += 1) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const element = document.activeElement
        if (!element || element === document.body) return undefined
        const marked = (each: Element | null): boolean => {
          const style = each && getComputedStyle(each)
          return !!style && (style.outlineStyle !== 'none' || style.boxShadow !== 'none')
        }
        const all = [...document.querySelectorAll('button, a[href], textarea')]
        // A box for writing shows it by its frame.
        const shows = marked(element) || marked(element.closest('.composer'))
        const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`
        return { index: all.indexOf(element), shows, name }
      })
      // Behind the last one stands the browser’s own frame.
      if (!at) continue
      if (at.index >= 0) reached.add(String(at.index))
      if (!at.shows) unseen.push(at.name)
    }
    expect(unseen).to.deep.equal([])
    expect(reached.size).to.be.at.least(all)
  })

  it('sends nothing while an input method is composing, and nothing that is empty', async () => {
    const box = boxOf(WANG)
    const before = await client(page, WANG).locator('.message').count()
    await box.fill('   ')
    await box.press('Enter')
    await box.fill('')
    await box.focus()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Input.imeSetComposition', { text: 'dayinji', selectionStart: 7, selectionEnd: 7 })
    const enter = { windowsVirtualKeyCode: 229, key: 'Enter', code: 'Enter' }
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter })
    await cdp.send('Input.insertText', { text: '打印机坏了' })
    expect(await box.inputValue()).to.equal('打印机坏了')
    await box.press('Enter')
    await client(page, WANG).locator('.message', { hasText: '打印机坏了' }).first().waitFor()
    const own = client(page, WANG).locator('.message.is-own')
    expect((await own.allInnerTexts()).filter((text) => text.includes('dayin'))).to.deep.equal([])
    expect(await client(page, WANG).locator('.message').count()).to.be.at.most(before + 2)
  })

  it('keeps a form’s client still, others free, and gives the focus back on Escape', async () => {
    const { team } = await raise(page, 'form please')
    await button(team, '认领').click()
    const opener = button(team, '解决…')
    await opener.focus()
    await page.keyboard.press('Enter')
    const form = client(page, FIONA).getByRole('dialog')
    await form.waitFor()
    await form.locator(':focus').waitFor()
    expect(await client(page, FIONA).locator('.client').getAttribute('inert')).to.not.equal(null)
    expect(await client(page, WANG).locator('.client').getAttribute('inert')).to.equal(null)
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'hidden' })
    expect(await client(page, FIONA).locator('.client').getAttribute('inert')).to.equal(null)
    expect(await opener.evaluate((each) => each === document.activeElement)).to.equal(true)
  })

  it('does not take the focus from somebody who writes elsewhere', async () => {
    const { team } = await raise(page, 'two at work')
    await button(team, '认领').click()
    const opener = button(team, '解决…')
    await opener.waitFor()
    await boxOf(WANG).focus()
    await opener.evaluate((each) => each instanceof HTMLElement && each.click())
    const form = client(page, FIONA).getByRole('dialog')
    await form.waitFor()
    await page.keyboard.type('still mine')
    expect(await boxOf(WANG).inputValue()).to.equal('still mine')
    await boxOf(WANG).fill('')
    await form.getByRole('button').first().press('Escape')
    await form.waitFor({ state: 'hidden' })
  })

  it('takes what is dropped, says what is too large, and stays where it is', async () => {
    const drop = (on: string, name: string, bytes: number): Promise<void> =>
      page.evaluate(
        ([selector, fileName, size]) => {
          const transfer = new DataTransfer()
          transfer.items.add(new File([new Uint8Array(Number(size))], String(fileName)))
          const how = { dataTransfer: transfer, bubbles: true, cancelable: true }
          document.querySelector(String(selector))?.dispatchEvent(new DragEvent('drop', how))
        },
        [on, name, bytes],
      )
    const mine = `.column[data-user="${WANG}"] .messages`
    await drop(mine, 'nine.bin', 9 * MB)
    const chip = client(page, WANG).locator('.conversation > .composer .file-chip')
    await chip.filter({ hasText: 'nine.bin' }).waitFor()
    await drop(mine, 'eleven.bin', 11 * MB)
    await client(page, WANG).getByText('eleven.bin 超过 10 MB。').waitFor()
    expect(await chip.count()).to.equal(1)
    await chip.getByRole('button').click()
    const stays = await page.evaluate(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['x'], 'x.html'))
      const how = { dataTransfer: transfer, bubbles: true, cancelable: true }
      return !document.querySelector('.top')?.dispatchEvent(new DragEvent('drop', how))
    })
    expect(stays).to.equal(true)
  })

  it('plays once for a double click, and gives back what was typed where the story types', async () => {
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.locator('[data-step=raise][data-done=false]').waitFor()
    await boxOf(WANG).fill('my own words')
    await page.getByRole('button', { name: 'Play', exact: true }).dblclick()
    await page.locator('[data-step=raise][data-done=true]').waitFor()
    expect(await boxOf(WANG).inputValue()).to.equal('my own words')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await boxOf(WANG).fill('')
  })

  it('moves nothing for whoever wants no motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const moving = await page.evaluate(() => {
      const spot = document.createElement('i')
      spot.className = 'is-spot'
      document.body.append(spot)
      const { animationName } = getComputedStyle(spot)
      spot.remove()
      return animationName
    })
    expect(moving).to.equal('none')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
  })

  for (const scheme of ['light', 'dark'] as const) {
    it(`is legible in ${scheme} colours: text stands out from what is behind it`, async () => {
      await page.emulateMedia({ colorScheme: scheme })
      const faint = await page.evaluate(faintTexts)
      expect(faint).to.deep.equal([])
    })
  }

  it('opens the lead’s Home tab, which says that there is none yet', async () => {
    const lead = client(page, ZHAO)
    await lead.getByRole('button', { name: '主页' }).click()
    expect(await wordsOf(lead.getByRole('status'))).to.contain('应用还没有发布主页')
  })
})

/** Texts whose contrast is below 4.5 : 1 (3 : 1 where they are large). Runs in the page. */
function faintTexts(): string[] {
  type Rgba = [number, number, number, number]
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const parsed = (colour: string): Rgba => {
    if (!canvas) return [0, 0, 0, 0]
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = ([r, g, b, a]: Rgba, [x, y, z]: Rgba): Rgba => [
    r * a + x * (1 - a),
    g * a + y * (1 - a),
    b * a + z * (1 - a),
    1,
  ]
  const behind = (from: Element): Rgba | undefined => {
    const layers: Rgba[] = []
    for (let each: Element | null = from; each; each = each.parentElement) {
      const style = getComputedStyle(each)
      // What a gradient is at this place, nobody can say from here; disabled things need not stand out.
      if (style.backgroundImage !== 'none' || Number(style.opacity) < 1) return undefined
      layers.push(parsed(style.backgroundColor))
    }
    return layers.toReversed().reduce((below, layer) => over(layer, below), [255, 255, 255, 1] as Rgba)
  }
  const light = ([r, g, b]: Rgba): number => {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((each) => {
      const part = each / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const found = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const text = walker.currentNode.textContent?.trim() ?? ''
    if (!element?.checkVisibility({ checkOpacity: true }) || text === '' || element.closest('.sr, noscript'))
      continue
    const background = behind(element)
    if (!background) continue
    const style = getComputedStyle(element)
    const [a, b] = [light(over(parsed(style.color), background)), light(background)]
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    const size = Number.parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    if (contrast < (isLarge ? 3 : 4.5))
      found.add(`${contrast.toFixed(2)} ${element.className} “${text.slice(0, 30)}”`)
  }
  return [...found]
}
