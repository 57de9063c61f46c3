/** `work`, done for at most `width` callers at a time; the others wait for their turn, in order. */
export function atMost<A extends unknown[], R>(
  width: number,
  work: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  const waiting: (() => void)[] = []
  let going = 0
  return async (...args) => {
    if (going >= width) await new Promise<void>((resolve) => waiting.push(resolve))
    else going += 1
    try {
      return await work(...args)
    } finally {
      // the place goes from hand to hand, so that nobody can slip in between
      const next = waiting.shift()
      if (next) next()
      else going -= 1
    }
  }
}
