import { expect } from 'chai'
import { PACE } from '../src/create-adapters.js'
import { createPacing } from '../src/delivery/pacing.js'

/** How many posts each messenger takes into one conversation, in so many milliseconds: the first of them are refused beyond. */
const ALLOWED = {
  feishu: [{ posts: 5, windowMs: 1000 }],
  teams: [
    { posts: 7, windowMs: 1000 },
    { posts: 8, windowMs: 2000 },
    { posts: 60, windowMs: 30_000 },
  ],
}

describe('the pace of each messenger', () => {
  for (const [platform, limits] of Object.entries(ALLOWED)) {
    it(`posts as fast as it may into one conversation, and never faster (${platform})`, () => {
      const clock = { atMs: 0 }
      const pacing = createPacing(PACE, () => clock.atMs)
      const posts: number[] = []
      for (; clock.atMs < 60_000; clock.atMs += 10) {
        while (pacing.take('post', { platform, conversation: 'one' }) === 0) posts.push(clock.atMs)
      }
      for (const { posts: most, windowMs } of limits) {
        const busiest = Math.max(
          ...posts.map((from) => posts.filter((at) => at >= from && at < from + windowMs).length),
        )
        expect(busiest, `in ${windowMs} ms`).to.be.within(1, most)
      }
    })
  }
})
