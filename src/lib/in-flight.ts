/** Work that goes on after its request was answered, so that a stop can wait for it. */
export interface InFlight {
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves when nothing is going on, or after `maxMs`. */
  drained(maxMs: number): Promise<void>
}

export function createInFlight(): InFlight {
  const going = new Set<Promise<unknown>>()
  return {
    track(work) {
      const settled: Promise<unknown> = work.then(
        () => going.delete(settled),
        () => going.delete(settled),
      )
      going.add(settled)
      return work
    },
    async drained(maxMs) {
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, maxMs)
      })
      const everything = (async () => {
        while (going.size > 0) await Promise.all(going)
      })()
      await Promise.race([everything, patience])
      clearTimeout(timer)
    },
  }
}
