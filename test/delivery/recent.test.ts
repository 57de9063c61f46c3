import { expect } from 'chai'
import { createRecent } from '../../src/delivery/recent.js'

describe('createRecent', () => {
  it('lets the first change pass, and each that follows on its heels after twice as long', () => {
    const clock = { atMs: 0 }
    const recent = createRecent({ monotonicMs: () => clock.atMs }, 700)
    const gaps: number[] = []
    expect(recent.waitMs('a')).to.equal(0)
    for (let i = 0; i < 5; i++) {
      recent.changed('a')
      const wait = recent.waitMs('a')
      gaps.push(wait)
      clock.atMs += wait
      expect(recent.waitMs('a')).to.equal(0)
    }
    expect(gaps).to.deep.equal([700, 1400, 2800, 2800, 2800])
    clock.atMs += 3000
    recent.changed('a')
    expect([recent.waitMs('a'), recent.waitMs('b')]).to.deep.equal([700, 0])
  })

  it('counts what another instance changed a moment ago, once', () => {
    const clock = { atMs: 10_000 }
    const recent = createRecent({ monotonicMs: () => clock.atMs }, 700)
    recent.changedElsewhere('a', 1, 200)
    recent.changedElsewhere('a', 1, 200)
    expect(recent.waitMs('a')).to.equal(500)
    clock.atMs += 600
    recent.changedElsewhere('a', 1, 200)
    expect(recent.waitMs('a')).to.equal(0)
    recent.changedElsewhere('b', 1, 5000)
    recent.changedElsewhere('b', 1, -5000)
    expect(recent.waitMs('b')).to.equal(0)
  })
})
