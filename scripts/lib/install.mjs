import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { root } from './paths.mjs'
import { run } from './run.mjs'
import { PlainError, say } from './say.mjs'

/** Installs the dependencies that package-lock.json names, unless they are there. `folder` is the repository's. */
export async function installDependencies(folder = root) {
  if (isInstalled(folder)) return
  await withLock(join(folder, '.paidan', 'install.lock'), async () => {
    if (isInstalled(folder)) return
    say('Installing the dependencies (npm ci) …')
    const [command, args, options] = npm()
    // Also where NODE_ENV says production: the demo and the tests run from the sources.
    const ci = [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
    const { code, stderr } = await run(command, ci, { cwd: folder, ...options })
    if (code !== 0) throw new PlainError(`npm ci ended with ${code}, so nothing can start: ${whyNot(stderr)}`)
    writeFileSync(stampFile(folder), lockHash(folder))
  })
}

/** npm's first words about the problem, and its last, which name its log; between them stands its manual. */
function whyNot(stderr) {
  const said = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!)/, '').trim())
  const lines = said.filter((line) => line !== '' && !line.startsWith('npm warn'))
  return [...new Set([...lines.slice(0, 2), ...lines.slice(-1)])].join(' | ')
}

function isInstalled(folder) {
  if (!existsSync(join(folder, 'node_modules'))) return false
  const hash = lockHash(folder)
  if (existsSync(stampFile(folder)) && readFileSync(stampFile(folder), 'utf8') === hash) return true
  if (!matchesLock(folder)) return false
  writeFileSync(stampFile(folder), hash)
  return true
}

/** True when somebody ran `npm ci` by hand: what npm noted in node_modules is just what package-lock.json asks for. */
function matchesLock(folder) {
  try {
    const wanted = packagesIn(join(folder, 'package-lock.json'))
    const present = packagesIn(join(folder, 'node_modules', '.package-lock.json'))
    const same = Object.keys(present).every(
      (path) => path in wanted && wanted[path].integrity === present[path].integrity,
    )
    const elsewhere = ({ optional, devOptional }) => Boolean(optional || devOptional)
    return (
      same && Object.keys(wanted).every((path) => path === '' || path in present || elsewhere(wanted[path]))
    )
  } catch {
    return false
  }
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
}

function stampFile(folder) {
  return join(folder, 'node_modules', '.paidan-lock')
}

/** The npm that runs this script, else the one on PATH. */
function npm() {
  const self = process.env.npm_execpath
  if (self && /npm-cli\.c?js$/.test(self)) return [process.execPath, [self], {}]
  return process.platform === 'win32' ? ['npm.cmd', [], { shell: true }] : ['npm', [], {}]
}
