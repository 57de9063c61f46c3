// Where the browser for the browser tests comes from.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolder, root } from './paths.mjs'
import { lastLine, run, which } from './run.mjs'
import { PlainError, say } from './say.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
}
/** Without a font for it, a browser draws Chinese as boxes. */
const chineseFont = 'fonts-wqy-microhei'
const tenMinutesMs = 600_000

/** The path of a browser that is on this machine: PAIDAN_CHROMIUM, one that is installed, an earlier download. */
export function findChromium() {
  const named = process.env.PAIDAN_CHROMIUM
  if (named) return named
  const installed = names.map(which).find((path) => path !== undefined)
  return installed ?? (places[process.platform] ?? []).find(existsSync) ?? downloadedChromium()
}

/** Finds a browser that starts, or gets one; says where it comes from. Throws a PlainError when there is none to be had. */
export async function provideChromium() {
  const named = process.env.PAIDAN_CHROMIUM
  if (named) {
    if (!(await versionOf(named)))
      throw new PlainError(`PAIDAN_CHROMIUM names ${named}, which does not start`)
    return announce(named, 'PAIDAN_CHROMIUM')
  }
  const found = findChromium()
  if (found && (await versionOf(found))) {
    await ensureChineseFont()
    return announce(found, 'on this machine')
  }
  const problems = []
  for (const [source, get] of [
    ['apt-get', installByApt],
    ["playwright's download", downloadByPlaywright],
  ]) {
    try {
      const path = await get()
      if (path && (await versionOf(path))) return await announce(path, source)
      problems.push(`${source}: what it installed does not start`)
    } catch (error) {
      problems.push(`${source}: ${error.message}`)
    }
  }
  throw new PlainError(
    `no browser to be had (${problems.join('; ')}). Install chromium, or name one with PAIDAN_CHROMIUM.`,
  )
}

async function announce(path, source) {
  say(`chromium: ${path} (${source})`)
  return path
}

/** Chromium's own word for its version; undefined when it does not start. On Windows it says nothing: the file counts. */
async function versionOf(path) {
  if (process.platform === 'win32') return existsSync(path) ? 'present' : undefined
  const { code, stdout } = await run(path, ['--version'], { timeoutMs: 30_000 })
  return code === 0 ? stdout.trim() : undefined
}

async function installByApt() {
  const apt = await aptGet()
  say('chromium: not on this machine; installing it (apt-get) …')
  await apt(['update'])
  const { code, stderr } = await apt(['install', '--yes', '--no-install-recommends', 'chromium', chineseFont])
  if (code !== 0) throw new PlainError(lastLine(stderr))
  return which('chromium')
}

async function ensureChineseFont() {
  const fonts = await run('fc-list', [':lang=zh', 'family'])
  if (fonts.code !== 0 || fonts.stdout.trim() !== '') return
  const apt = await aptGet().catch(() => undefined)
  if (!apt) return
  await apt(['update'])
  await apt(['install', '--yes', '--no-install-recommends', chineseFont])
}

/** Runs apt-get as root; throws where this user may not, or where there is none. */
async function aptGet() {
  const path = which('apt-get')
  if (!path) throw new PlainError('not found')
  const root = process.getuid?.() === 0
  if (!root && (await run('sudo', ['-n', 'true'])).code !== 0)
    throw new PlainError('this user is not root and has no sudo')
  const settings = ['-q', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Half an installation is worse than one nobody waits for.
  const options = { env, finishes: true, timeoutMs: tenMinutesMs }
  return (args) =>
    root
      ? run(path, [...settings, ...args], options)
      : run('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', path, ...settings, ...args], options)
}

const browsers = () => join(cacheFolder(), 'playwright')

async function downloadByPlaywright() {
  say("chromium: not on this machine; fetching it (playwright's download) …")
  const cli = join(
    dirname(createRequire(join(root, 'package.json')).resolve('playwright-core/package.json')),
    'cli.js',
  )
  const env = {
    ...process.env,
    PLAYWRIGHT_BROWSERS_PATH: browsers(),
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
  }
  const options = { env, timeoutMs: tenMinutesMs }
  const { code, stderr } = await run(process.execPath, [cli, 'install', 'chromium', '--no-shell'], options)
  if (code !== 0)
    throw new PlainError(/getaddrinfo E\w+|timed? ?out|E[A-Z]{5,}/i.exec(stderr)?.[0] ?? lastLine(stderr))
  return downloadedChromium()
}

function downloadedChromium() {
  if (!existsSync(browsers())) return undefined
  process.env.PLAYWRIGHT_BROWSERS_PATH = browsers()
  try {
    const path = createRequire(join(root, 'package.json'))('playwright-core').chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
