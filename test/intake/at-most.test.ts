import { expect } from 'chai'
import { atMost } from '../../src/intake/at-most.js'
import { rejectionOf } from '../support/rejection.js'

describe('at most so many at a time', () => {
  /** Work that ends when told to. */
  function gates() {
    const begun: number[] = []
    const ends: (() => void)[] = []
    const work = async (n: number): Promise<number> => {
      begun.push(n)
      await new Promise<void>((resolve) => {
        ends[n] = resolve
      })
      return n * 10
    }
    return { begun, work, end: (n: number) => ends[n]?.() }
  }

  it('lets the others wait and takes them in their order', async () => {
    const { begun, work, end } = gates()
    const limited = atMost(2, work)
    const all = [0, 1, 2, 3].map((n) => limited(n))
    expect(begun).to.deep.equal([0, 1])
    end(1)
    await all[1]
    expect(begun).to.deep.equal([0, 1, 2])
    end(0)
    await all[0]
    expect(begun).to.deep.equal([0, 1, 2, 3])
    end(2)
    end(3)
    expect(await Promise.all(all)).to.deep.equal([0, 10, 20, 30])
    const later = limited(4)
    expect(begun.at(-1)).to.equal(4)
    end(4)
    expect(await later).to.equal(40)
  })

  it('gives the place on when work fails', async () => {
    const limited = atMost(1, async (n: number) => {
      if (n === 0) throw new Error('zero')
      return n
    })
    const [failed, next] = [rejectionOf(limited(0)), limited(1)]
    expect((await failed).message).to.equal('zero')
    expect(await next).to.equal(1)
  })
})
