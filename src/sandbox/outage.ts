export type OutageMode = '503' | 'drop'

/** A time in which a messenger is away, in real milliseconds; nothing here follows the program's clock. */
export interface Outage {
  /** It is away for so long from now on: it answers 503, or drops connections. */
  begin(ms: number, mode?: OutageMode): void
  end(): void
  /** How it is away; undefined when it is not. */
  mode(): OutageMode | undefined
  msLeft(): number
  /** Resolves once it is not away. */
  over(): Promise<void>
}

export function createOutage(monotonic: () => number): Outage {
  let untilMs = 0
  let how: OutageMode = '503'
  let waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  const isOn = () => monotonic() < untilMs

  function wakeWhenOver(): void {
    clearTimeout(timer)
    if (isOn()) {
      timer = setTimeout(wakeWhenOver, untilMs - monotonic() + 1)
      timer.unref()
      return
    }
    const woken = waiting
    waiting = []
    for (const resume of woken) resume()
  }

  return {
    begin(ms, mode = '503') {
      untilMs = monotonic() + ms
      how = mode
      wakeWhenOver()
    },
    end() {
      untilMs = 0
      wakeWhenOver()
    },
    mode: () => (isOn() ? how : undefined),
    msLeft: () => Math.max(0, Math.round(untilMs - monotonic())),
    over: () =>
      isOn()
        ? new Promise((resolve) => {
            waiting.push(resolve)
          })
        : Promise.resolve(),
  }
}
