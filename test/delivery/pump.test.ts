import { expect } from 'chai'
import { createPump, type Pump, type PumpOptions } from '../../src/delivery/pump.js'
import type { Logger } from '../../src/lib/logger.js'
import { manualClockwork } from './manual-clockwork.js'

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}

/** A pump over keys that are due until they are worked off. */
function pumped(more: Partial<PumpOptions> = {}) {
  const due = new Set<string>()
  const runs: string[] = []
  const looks: string[][] = []
  let pump: Pump | undefined
  const clockwork = manualClockwork(() => pump?.busy ?? false)
  pump = createPump({
    ...{ name: 'test', width: 3, pollMs: 1000, gapMs: 0, clockwork, logger: silent },
    find: async (except, limit) => {
      looks.push([...except])
      return [...due].filter((key) => !except.includes(key)).slice(0, limit)
    },
    run: async (key) => {
      runs.push(key)
      due.delete(key)
      return 0
    },
    ...more,
  })
  return { pump, due, runs, looks, clockwork }
}

describe('createPump', () => {
  it('does nothing before it is started, and works off what is due when it is', async () => {
    const { pump, due, runs, clockwork } = pumped()
    for (const key of ['a', 'b', 'c', 'd', 'e']) due.add(key)
    pump.wake()
    await clockwork.advance(5000)
    expect(runs).to.deep.equal([])
    pump.start()
    await clockwork.advance(20)
    expect(runs).to.have.members(['a', 'b', 'c', 'd', 'e'])
    await pump.stop()
  })

  it('works on so many at once and no more, each key once at a time', async () => {
    const going = new Set<string>()
    let most = 0
    const { pump, due, clockwork } = pumped({
      run: async (key) => {
        expect(going.has(key)).to.equal(false)
        going.add(key)
        most = Math.max(most, going.size)
        for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
        going.delete(key)
        due.delete(key)
        return 0
      },
    })
    for (let i = 0; i < 20; i++) due.add(`k${i}`)
    pump.start()
    for (let i = 0; i < 10; i++) pump.wake()
    await clockwork.advance(100)
    expect([due.size, most]).to.deep.equal([0, 3])
    await pump.stop()
  })

  it('finds by itself what nobody woke it for', async () => {
    const { pump, due, runs, clockwork } = pumped()
    pump.start()
    await clockwork.advance(500)
    due.add('a')
    await clockwork.advance(400)
    expect(runs).to.deep.equal([])
    await clockwork.advance(200)
    expect(runs).to.deep.equal(['a'])
    await pump.stop()
  })

  it('leaves a key alone for as long as its work asks, unless it is roused', async () => {
    const runs: number[] = []
    const { pump, due, clockwork } = pumped({
      run: async () => {
        runs.push(clockwork.monotonicMs())
        return 500
      },
    })
    due.add('a')
    pump.start()
    pump.wake()
    await clockwork.advance(1200)
    expect(runs.map((ms) => ms - (runs[0] ?? 0))).to.deep.equal([0, 500, 1000])
    pump.rouse('a')
    await clockwork.advance(20)
    expect(runs).to.have.length(4)
    await pump.stop()
  })

  it('looks no more often than it should, however often it is woken', async () => {
    const { pump, looks, clockwork } = pumped({ gapMs: 100 })
    pump.start()
    for (let i = 0; i < 50; i++) {
      pump.wake()
      await clockwork.advance(20)
    }
    expect(looks.length).to.be.within(9, 11)
    await pump.stop()
  })

  it('goes on after looks and work that failed', async () => {
    let failures = 3
    const runs: string[] = []
    const { pump, due, clockwork } = pumped({
      find: async (except) => {
        if (failures-- > 0) throw new Error('away')
        return [...due].filter((key) => !except.includes(key))
      },
      run: async (key) => {
        runs.push(key)
        if (runs.length === 1) throw new Error('away')
        due.delete(key)
        return 0
      },
    })
    due.add('a')
    pump.start()
    await clockwork.advance(10_000)
    expect(runs).to.deep.equal(['a', 'a'])
    await pump.stop()
  })

  it('stops when what it has begun is done, and begins nothing more', async () => {
    let finish: () => void = () => undefined
    const done = new Promise<void>((resolve) => {
      finish = resolve
    })
    const order: string[] = []
    const { pump, due } = pumped({
      width: 1,
      run: async (key) => {
        order.push(`begin ${key}`)
        await done
        order.push(`end ${key}`)
        due.delete(key)
        return 0
      },
    })
    due.add('a')
    due.add('b')
    pump.start()
    while (order.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const stopped = pump.stop().then(() => order.push('stopped'))
    finish()
    await stopped
    expect(order).to.deep.equal(['begin a', 'end a', 'stopped'])
  })
})
