import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastLine } from './run.mjs'
import { PlainError } from './say.mjs'

const script = join(dirname(fileURLToPath(import.meta.url)), 'download-official.mjs')
/** No byte for this long, and the host counts as out of reach. */
const stalledMs = 10_000

/** Puts the official build's `bin/mongod` under `folder`; gives up after ten seconds in which nothing arrives. */
export async function fetchOfficial(folder) {
  const work = join(folder, 'work')
  mkdirSync(work, { recursive: true })
  const { code, stdout, stderr } = await download(work)
  if (code !== 0) throw new PlainError(lastLine(stderr) || 'the download ended without a word')
  mkdirSync(join(folder, 'bin'), { recursive: true })
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod'
  // Above the path stands what the package tells about its progress.
  renameSync(lastLine(stdout), join(folder, 'bin', name))
  rmSync(work, { recursive: true, force: true })
}

function download(work) {
  return new Promise((done) => {
    let stdout = ''
    let stderr = ''
    const child = spawn(process.execPath, [script, work], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        // The package checks no certificate unless it is told to.
        npm_config_strict_ssl: 'true',
        MONGOMS_MD5_CHECK: 'true',
        MONGOMS_MAX_RETRIES: '1',
        MONGOMS_DOWNLOAD_DIR: work,
      },
    })
    let size = -1
    let quietSince = performance.now()
    const watch = setInterval(() => {
      const now = sizeOf(work)
      if (now !== size) quietSince = performance.now()
      size = now
      if (performance.now() - quietSince > stalledMs) {
        stderr += '\nnothing arrives'
        child.kill('SIGKILL')
      }
    }, 500)
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('close', (code) => {
      clearInterval(watch)
      done({ code, stdout, stderr })
    })
  })
}

function sizeOf(folder) {
  let size = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isFile()) size += statSync(path, { throwIfNoEntry: false })?.size ?? 0
  }
  return size
}
