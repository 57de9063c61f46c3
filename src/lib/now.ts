/** The only reader of the clock. Everything else takes an instant as an argument, or calls these. */

let offsetMs = 0

/** The program's present instant (UTC). In the sandbox it may be ahead of the machine's clock. */
export function now(): Date {
  return new Date(Date.now() + offsetMs)
}

/** The machine's own instant, whatever the program's time is: for what others wrote by the machine's clock. */
export function machineNow(): Date {
  return new Date()
}

/** Milliseconds of a clock that never goes back; only differences mean anything. */
export function monotonicMs(): number {
  return performance.now()
}

/** How far the program's time is ahead of the machine's, in milliseconds. */
export function clockOffsetMs(): number {
  return offsetMs
}

/** Sets how far the program's time is ahead. Only the sandbox's entry calls this; `serve` has no way to it. */
export function setClockOffset(ms: number): void {
  offsetMs = ms
}
