/** A stream of numbers that a seed determines: the same on every machine (mulberry32). */
export interface Dice {
  /** An integer from 0 to below `n`. */
  below(n: number): number
  pick<T>(from: readonly T[]): T
  /** True once in `n` times. */
  oneIn(n: number): boolean
}

export function diceOf(seed: number): Dice {
  let state = (seed * 0x9e3779b1) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    below,
    pick<T>(from: readonly T[]): T {
      const found = from[below(from.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
    oneIn: (n) => below(n) === 0,
  }
}
