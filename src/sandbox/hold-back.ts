/** Lets an event be overtaken by the one after it. Durations are real milliseconds. */
export interface HoldBack {
  /** The next event waits until a later one has arrived; when none does, it goes after `atMostMs`. */
  next(atMostMs: number): void
  /** To be asked as an event is sent, in the order in which things happened. */
  turn(): Turn
  /** Nothing is held back any more. */
  clear(): void
}
export interface Turn {
  /** Resolves when the event may go: at once, unless it is held back. */
  mayGo: Promise<void>
  /** The event has arrived: what happened before it and is held back goes now. */
  arrived(): void
}

export function createHoldBack(): HoldBack {
  const held = new Map<number, () => void>()
  let serial = 0
  let wantedMs: number | undefined

  function until(n: number, atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer)
        held.delete(n)
        resolve()
      }
      const timer = setTimeout(go, atMostMs)
      held.set(n, go)
    })
  }

  return {
    next(atMostMs) {
      wantedMs = atMostMs
    },
    turn() {
      serial += 1
      const n = serial
      const mayGo = wantedMs === undefined ? Promise.resolve() : until(n, wantedMs)
      wantedMs = undefined
      return {
        mayGo,
        arrived() {
          for (const [earlier, go] of held) if (earlier < n) go()
        },
      }
    },
    clear() {
      wantedMs = undefined
      for (const go of held.values()) go()
    },
  }
}
