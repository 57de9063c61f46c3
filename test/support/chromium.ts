import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/lib/chromium.mjs'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts a headless browser; the caller closes it. Throws an error that says what is missing when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const problem = process.env.PAIDAN_CHROMIUM_PROBLEM
  const executablePath = problem === undefined ? findChromium() : undefined
  if (executablePath === undefined) {
    throw new Error(`this test needs a Chromium: ${problem ?? 'none is installed; `npm test` installs one'}`)
  }
  return chromium.launch({ executablePath, headless: true, args: quiet })
}
