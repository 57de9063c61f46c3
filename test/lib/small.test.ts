import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { EN } from '../../src/i18n/en.js'
import { ZH_CN } from '../../src/i18n/zh-cn.js'
import { backoffMs } from '../../src/lib/backoff.js'
import { AppError, ERRORS, refuse } from '../../src/lib/errors.js'
import { newId, newSecret } from '../../src/lib/ids.js'
import { loop } from '../../src/lib/loop.js'
import { clockOffsetMs, monotonicMs, now, setClockOffset } from '../../src/lib/now.js'
import { runNode } from '../support/cli.js'
import { until } from '../support/world.js'

describe('backing off', () => {
  it('doubles, capped, between half of it and all of it', () => {
    const least = { baseMs: 100, capMs: 1000, random: () => 0 }
    const most = { baseMs: 100, capMs: 1000, random: () => 1 }
    expect([0, 1, 2, 3, 4, 9].map((n) => backoffMs(n, least))).to.deep.equal([50, 100, 200, 400, 500, 500])
    expect([0, 1, 2, 3, 4, 9].map((n) => backoffMs(n, most))).to.deep.equal([100, 200, 400, 800, 1000, 1000])
  })
  it('is a finite number of ms for any attempt', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), (n) => {
        const ms = backoffMs(n)
        expect(Number.isInteger(ms) && ms >= 500 && ms <= 300_000).to.equal(true)
      }),
    )
  })
})

describe('ids', () => {
  afterEach(() => setClockOffset(0))
  it('are 26 characters of one alphabet, each its own', () => {
    const ids = Array.from({ length: 5000 }, newId)
    expect(new Set(ids).size).to.equal(5000)
    for (const id of ids) expect(id).to.match(/^[0-9a-hjkmnp-tv-z]{26}$/)
  })
  it('sort by the time they were made', () => {
    const ids = [0, 1, 1000, 60_000, 86_400_000, 31_536_000_000].map((ms) => {
      setClockOffset(ms * 2)
      return newId()
    })
    expect([...ids].sort()).to.deep.equal(ids)
  })
  it('and secrets are as long as asked', () => {
    expect(newSecret(16)).to.match(/^[0-9a-f]{32}$/)
    expect(newSecret(16)).to.not.equal(newSecret(16))
  })
})

describe('the clock', () => {
  afterEach(() => setClockOffset(0))
  it('is the machine’s, as far ahead as it was set', () => {
    expect(Math.abs(now().getTime() - Date.now())).to.be.below(1000)
    setClockOffset(3_600_000)
    expect(clockOffsetMs()).to.equal(3_600_000)
    expect(now().getTime() - Date.now()).to.be.within(3_599_000, 3_601_000)
  })
  it('has a second hand that no offset moves', () => {
    const before = monotonicMs()
    setClockOffset(-3_600_000)
    expect(monotonicMs()).to.be.at.least(before)
  })
})

describe('a loop', () => {
  it('goes on after failures, and tells of them', async () => {
    let runs = 0
    const failures: unknown[] = []
    const looping = loop(
      async () => {
        runs += 1
        if (runs < 3) throw new Error(`failure ${runs}`)
      },
      1,
      (error) => failures.push(error),
    )
    await until('it has run often', () => runs >= 5)
    await looping.stop()
    expect(failures.map((error) => (error as Error).message)).to.deep.equal(['failure 1', 'failure 2'])
  })

  it('waits for what is under way when it stops, and runs no more', async () => {
    let runs = 0
    let ended = 0
    let go = () => {}
    const gate = new Promise<void>((resolve) => (go = resolve))
    const looping = loop(
      async () => {
        runs += 1
        await gate
        ended += 1
      },
      1,
      () => undefined,
    )
    await until('it runs', () => runs === 1)
    const stopped = looping.stop()
    expect(ended).to.equal(0)
    go()
    await stopped
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect([runs, ended]).to.deep.equal([1, 1])
  })

  it('never runs beside itself', async () => {
    let now = 0
    let most = 0
    let runs = 0
    const looping = loop(
      async () => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 5))
        now -= 1
        runs += 1
      },
      1,
      () => undefined,
    )
    await until('it has run often', () => runs >= 5)
    await looping.stop()
    expect(most).to.equal(1)
  })
})

describe('errors', () => {
  it('each have a text in both languages and an HTTP status', () => {
    for (const [code, { http }] of Object.entries(ERRORS)) {
      expect(EN).to.have.property(`error.${code}`)
      expect(ZH_CN).to.have.property(`error.${code}`)
      expect(http).to.be.within(400, 599)
    }
  })
  it('carry their code, details and cause', () => {
    const cause = new Error('below')
    expect(new AppError('commit.unknown', { a: 1 }, cause)).to.include({
      code: 'commit.unknown',
      message: 'commit.unknown',
      cause,
    })
    expect(refuse('ticket.unchanged')).to.deep.equal({ ok: false, code: 'ticket.unchanged', details: {} })
  })
})

describe('a checkpoint', () => {
  const crash = (armed: string) =>
    runNode([
      '--input-type=module',
      '--eval',
      `import { armCrash, checkpoint } from './src/lib/crash.js'
       armCrash(${armed})
       for (let i = 1; i < 4; i++) { checkpoint('after_commit'); process.stdout.write(String(i)) }`,
    ])

  it('kills the process when it is passed for the n-th time, and only then', async () => {
    expect(await crash(`'after_commit'`)).to.include({ code: null, out: '' })
    expect(await crash(`'after_commit', 3`)).to.include({ code: null, out: '12' })
    expect(await crash(`'after_post'`)).to.include({ code: 0, out: '123' })
    expect(await crash(`undefined`)).to.include({ code: 0, out: '123' })
  }).timeout(60_000)

  it('is passed somewhere in the program, whatever its name', async () => {
    const { CHECKPOINTS } = await import('../../src/lib/crash.js')
    const { execFileSync } = await import('node:child_process')
    const files = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' }).trim().split('\n')
    const source = files
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    for (const name of CHECKPOINTS) expect(source).to.include(`checkpoint('${name}')`)
  })
})
