import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, Page } from 'playwright-core'
import { freePort } from '../../../src/sandbox/free-port.js'
import { launchBrowser } from '../../support/chromium.js'

export type RealSandbox = { page: Page; end(): Promise<void> }

/** The sandbox as `paidan sandbox` starts it, the whole program under it, and its page in a browser (zh-CN). */
export async function realSandbox(mongodbUri: string): Promise<RealSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'paidan-real-'))
  let program: ChildProcess | undefined
  let browser: Browser | undefined
  async function end(): Promise<void> {
    await browser?.close()
    if (program && program.exitCode === null) {
      const gone = new Promise((resolve) => program?.once('exit', resolve))
      program.kill('SIGTERM')
      await gone
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const port = await freePort()
    const args = ['--import', 'tsx', 'src/cli.ts', 'sandbox', '--port', String(port), '--data', folder]
    program = spawn(process.execPath, args, {
      env: { ...process.env, MONGODB_URI: mongodbUri },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const url = await firstLine(program)
    browser = await launchBrowser()
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    page.setDefaultTimeout(30_000)
    await page.goto(url)
    await page.getByText('服务: 运行中').waitFor({ timeout: 60_000 })
    return { page, end }
  } catch (error) {
    await end()
    throw error
  }
}

/** The address that the program prints when its page is served. */
function firstLine(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    program.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)))
    if (program.stdout) createInterface({ input: program.stdout }).once('line', resolve)
  })
}
