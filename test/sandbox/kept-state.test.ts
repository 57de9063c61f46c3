import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { createLogger } from '../../src/lib/logger.js'
import { keepState, readKeptState, readSnapshot, type StateKeeper } from '../../src/sandbox/kept-state.js'
import { createSlackWorkspace, type SlackEmulator } from '../../src/sandbox/slack/emulator.js'
import { SECRET, SEED } from './slack/support.js'

const PICTURE = Buffer.from('the bytes of a picture')
const log = createLogger('silent')

describe('what the sandbox keeps', () => {
  let folder: string
  let slack: SlackEmulator
  let keeper: StateKeeper
  let said: string[]
  let asked: number

  const json = (): string => readFileSync(join(folder, 'feishu.json'), 'utf8')
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paidan-kept-'))
    said = ['hello']
    asked = 0
    slack = createSlackWorkspace({
      seed: SEED,
      signingSecret: SECRET,
      requestUrl: 'http://127.0.0.1:9/',
      publicUrl: 'http://127.0.0.1:9',
      now: () => new Date('2026-03-02T09:00:00Z'),
      retryDelaysMs: [],
    })
    keeper = keepState({
      dataDir: folder,
      emulator: slack,
      others: [
        {
          platform: 'feishu',
          snapshot: () => ({ state: { said }, files: {} }),
          files: {
            ids: () => ['img_1'],
            bytes: () => {
              asked += 1
              return PICTURE
            },
          },
        },
      ],
      clockOffsetMs: () => 60_000,
      log,
    })
  })
  afterEach(() => {
    keeper.close()
    slack.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('comes back with the bytes of its files, which stand beside it', async () => {
    keeper.touch('feishu')
    await until(() => readdirSync(folder).includes('sandbox.json'))
    expect(json()).to.not.contain(PICTURE.toString('base64'))
    expect(readSnapshot(folder, 'feishu', log)).to.deep.equal({
      state: { said: ['hello'] },
      files: { img_1: PICTURE.toString('base64') },
    })
    expect(readKeptState(folder, log).clockOffsetMs).to.equal(60_000)
  })

  it('writes what was said again, and the bytes of a file once', async () => {
    keeper.touch('feishu')
    await until(() => readdirSync(folder).includes('sandbox.json'))
    const { ino } = statSync(join(folder, 'files-feishu', 'img_1'))
    said.push('and more')
    keeper.touch('feishu')
    await until(() => json().includes('and more'))
    expect(asked).to.equal(1)
    expect(statSync(join(folder, 'files-feishu', 'img_1')).ino).to.equal(ino)
  })

  it('is complete at the end, without waiting for the next moment', () => {
    keeper.touch('feishu')
    keeper.close()
    expect(json()).to.contain('hello')
    expect(readFileSync(join(folder, 'files-feishu', 'img_1')).equals(PICTURE)).to.equal(true)
  })

  it('takes files that an earlier version kept inside', () => {
    writeFileSync(join(folder, 'teams.json'), JSON.stringify({ state: {}, files: { old: 'b2xk' }, key: {} }))
    expect(readSnapshot(folder, 'teams', log)).to.deep.equal({ state: {}, files: { old: 'b2xk' }, key: {} })
  })
})

/** Resolves once it is so; mocha's own limit ends what never becomes so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(10)
}
