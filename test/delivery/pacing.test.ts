import { expect } from 'chai'
import { createPacing } from '../../src/delivery/pacing.js'

describe('createPacing', () => {
  const IT = { platform: 'slack', conversation: 'C-IT' }
  const HR = { platform: 'slack', conversation: 'C-HR' }
  const paced = (atMs = 0) => {
    const clock = { atMs }
    const pacing = createPacing(
      { slack: { postBurst: 3, postsPerSecond: 1, updatesPerMinute: 6 } },
      () => clock.atMs,
    )
    return { clock, pacing }
  }

  it('lets a small burst into a conversation and then one message a second', () => {
    const { clock, pacing } = paced()
    expect([1, 2, 3, 4].map(() => pacing.take('post', IT))).to.deep.equal([0, 0, 0, 1000])
    clock.atMs = 999
    expect(pacing.take('post', IT)).to.equal(1)
    clock.atMs = 1000
    expect([1, 2].map(() => pacing.take('post', IT))).to.deep.equal([0, 1000])
  })

  it('lets no more than the agreed number of posts into a conversation over any stretch of time', () => {
    const { clock, pacing } = paced()
    let posts = 0
    for (; clock.atMs < 60_000; clock.atMs += 37) if (pacing.take('post', IT) === 0) posts += 1
    expect(posts).to.be.within(60, 63)
  })

  it('keeps conversations apart', () => {
    const { pacing } = paced()
    for (let i = 0; i < 4; i++) pacing.take('post', IT)
    expect(pacing.take('post', HR)).to.equal(0)
  })

  it('makes a conversation wait as long as its messenger asks, and no other one', () => {
    const { clock, pacing } = paced()
    pacing.block(IT, 5000)
    expect([pacing.waitMs('post', IT), pacing.waitMs('update', IT)]).to.deep.equal([5000, 5000])
    expect([pacing.waitMs('post', HR), pacing.waitMs('update', HR)]).to.deep.equal([0, 0])
    expect(pacing.closed()).to.deep.equal({ conversations: ['C-IT'], platforms: [] })
    clock.atMs = 5000
    expect(pacing.take('post', IT)).to.equal(0)
    expect(pacing.closed().conversations).to.deep.equal([])
  })

  it('counts changes over the whole workspace: half of them at once, the rest spread over the minute', () => {
    const { clock, pacing } = paced()
    const at: number[] = []
    for (; clock.atMs < 120_000; clock.atMs += 100) {
      if (pacing.take('update', clock.atMs % 200 === 0 ? IT : HR) === 0) at.push(clock.atMs)
    }
    expect(at.slice(0, 6)).to.deep.equal([0, 100, 200, 10_200, 20_200, 30_200])
    for (const [i, first] of at.entries()) {
      expect(at.slice(i).filter((one) => one - first < 60_000)).to.have.length.at.most(6)
    }
    const last = at.at(-1) ?? 0
    clock.atMs = last + 100
    expect(pacing.closed().platforms).to.deep.equal(['slack'])
  })
})
