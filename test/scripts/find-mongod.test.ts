import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { expect } from 'chai'
import { fixture, isAlive, type Spawned, spawnNode, temporaryFolder } from './spawned.js'

/** A program that says it is a mongod. */
function writeFake(path: string, version: string): void {
  writeFileSync(path, `#!/bin/sh\necho "db version v${version}"\n`)
  chmodSync(path, 0o755)
}

describe('findMongod', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()
  let server: Server
  let downloads = 0
  let env: NodeJS.ProcessEnv = {}

  before(async function () {
    if (process.platform === 'win32') this.skip()
    const tree = join(folder(), 'tree', 'build', 'bin')
    mkdirSync(tree, { recursive: true })
    writeFake(join(tree, 'mongod'), '9.9.9')
    const archive = join(folder(), 'build.tgz')
    execFileSync('tar', ['-czf', archive, '-C', join(folder(), 'tree'), 'build'])
    const bytes = readFileSync(archive)
    const md5 = createHash('md5').update(bytes).digest('hex')
    server = createServer((request, response) => {
      if (request.url?.endsWith('.md5')) return response.end(`${md5}  build.tgz\n`)
      downloads += 1
      return response.end(bytes)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = address !== null && typeof address !== 'string' ? address.port : 0
    env = {
      MONGOMS_SYSTEM_BINARY: undefined,
      MONGOMS_USE_HTTP: '1',
      MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}`,
      PATH: '/usr/bin:/bin',
    }
  })

  after(() => {
    server?.close()
  })

  const find = (more: NodeJS.ProcessEnv): Spawned =>
    spawnNode([fixture('find-mongod.mjs')], { ...env, ...more })

  async function found(program: Spawned): Promise<{ path: string; version: string; source: string }> {
    expect(await program.ended, program.output()).to.equal(0)
    return JSON.parse(program.stdout()) as { path: string; version: string; source: string }
  }

  it('takes the binary that MONGOMS_SYSTEM_BINARY names, and one on PATH before it', async () => {
    const bin = join(folder(), 'bin')
    mkdirSync(bin)
    writeFake(join(bin, 'mongod'), '7.0.1')
    writeFake(join(folder(), 'named'), '7.0.2')
    const MONGOMS_SYSTEM_BINARY = join(folder(), 'named')
    expect(await found(find({ MONGOMS_SYSTEM_BINARY }))).to.include({ version: '7.0.2' })
    const PATH = `${bin}:/usr/bin:/bin`
    expect(await found(find({ MONGOMS_SYSTEM_BINARY, PATH }))).to.include({ version: '7.0.1' })
  })

  it('downloads the official build once, also when two ask at the same time', async () => {
    const PAIDAN_CACHE = join(folder(), 'cache')
    const both = [find({ PAIDAN_CACHE }), find({ PAIDAN_CACHE })]
    for (const each of await Promise.all(both.map(found))) expect(each.version).to.equal('9.9.9')
    expect(downloads).to.equal(1)
    expect((await found(find({ PAIDAN_CACHE }))).source).to.contain('earlier download')
    expect(downloads).to.equal(1)
  })

  it('takes over the lock of a download that was killed', async () => {
    const PAIDAN_CACHE = join(folder(), 'another-cache')
    mkdirSync(PAIDAN_CACHE)
    const gone = spawnNode(['-e', '0'])
    await gone.ended
    expect(isAlive(gone.pid)).to.equal(false)
    writeFileSync(join(PAIDAN_CACHE, `mongod-${process.platform}-${process.arch}.lock`), String(gone.pid))
    expect((await found(find({ PAIDAN_CACHE }))).version).to.equal('9.9.9')
  })

  it('says in one line that the cache folder cannot be written, and how to name another', async () => {
    const file = join(folder(), 'a-file')
    writeFileSync(file, '')
    const program = find({ PAIDAN_CACHE: file })
    expect(await program.ended).to.equal(1)
    expect(program.output().trim().split('\n')).to.have.lengthOf(1)
    expect(program.output()).to.contain('PAIDAN_CACHE')
  })
})
