import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  fixture,
  freePort,
  holdPort,
  isAlive,
  type Spawned,
  spawnNode,
  temporaryFolder,
  until,
} from './spawned.js'

const demo = fixture('demo-with-stand-in.mjs')
const ownMongod = { MONGODB_URI: undefined }

/** The processes of a running demo beside itself: the one that answers, and mongod. */
async function processesOf(port: number, folder: string): Promise<number[]> {
  const response = await fetch(`http://127.0.0.1:${port}/sandbox`)
  const mongod = readFileSync(join(folder, 'mongod', 'mongod.lock'), 'utf8')
  return [Number(await response.text()), Number(mongod)]
}

describe('the demo', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()
  const started: Spawned[] = []

  function start(port: number, dataFolder: string, ...more: string[]): Spawned {
    const program = spawnNode([demo, String(port), dataFolder, ...more], ownMongod)
    started.push(program)
    return program
  }

  afterEach(async () => {
    for (const program of started.splice(0)) {
      program.signal('SIGTERM')
      await program.ended
    }
  })

  it('says in one line which port is taken and what to do', async () => {
    const held = await holdPort()
    const program = start(held.port, join(folder(), 'a'))
    expect(await program.ended).to.equal(1)
    expect(program.output().trim().split('\n')).to.have.lengthOf(1)
    expect(program.output()).to.contain(`Port ${held.port} is taken`).and.to.contain('--port')
    await held.release()
  })

  it('says in one line that it cannot write its folder', async () => {
    const file = join(folder(), 'a-file')
    writeFileSync(file, '')
    const program = start(await freePort(), join(file, 'data'))
    expect(await program.ended).to.equal(1)
    expect(program.output().trim().split('\n')).to.have.lengthOf(1)
    expect(program.output()).to.contain(`Cannot write ${file}`)
  })

  it('empties no folder that holds other things than a demo', async () => {
    writeFileSync(join(folder(), 'precious'), 'x')
    const program = start(await freePort(), folder(), '--fresh')
    expect(await program.ended).to.equal(1)
    expect(readFileSync(join(folder(), 'precious'), 'utf8')).to.equal('x')
  })

  it('runs once a folder, and Ctrl-C, even twice, leaves no process behind', async () => {
    const port = await freePort()
    const data = join(folder(), 'b')
    const program = start(port, data)
    await program.saw(/http:\/\/127\.0\.0\.1:\d+\/sandbox/)
    const others = await processesOf(port, data)
    expect(others.map(isAlive)).to.deep.equal([true, true])

    const second = start(await freePort(), data)
    expect(await second.ended).to.equal(1)
    expect(second.output()).to.contain(`http://127.0.0.1:${port}/sandbox`)

    program.signal('SIGINT')
    program.signal('SIGINT')
    expect(await program.ended).to.equal(0)
    expect(others.map(isAlive)).to.deep.equal([false, false])
  })

  it('leaves no process behind when it is killed, and starts again on the same folder', async () => {
    const port = await freePort()
    const data = join(folder(), 'c')
    const killed = start(port, data)
    await killed.saw(/\/sandbox/)
    const others = await processesOf(port, data)
    killed.signal('SIGKILL')
    const again = start(port, data)
    await again.saw(/\/sandbox/)
    expect(others.map(isAlive)).to.deep.equal([false, false])
  })

  it('leaves no process behind when it is ended during its start', async () => {
    const data = join(folder(), 'd')
    const lock = join(data, 'mongod', 'mongod.lock')
    const program = start(await freePort(), data)
    await until(() => mongodIn(lock) > 0)
    const mongod = mongodIn(lock)
    program.signal('SIGTERM')
    expect(await program.ended).to.equal(0)
    expect(isAlive(mongod)).to.equal(false)
  })
})

function mongodIn(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return 0
  }
}
