import { z } from 'zod'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A day of the clock on the wall, in milliseconds. */
export const DAY_MS = 24 * HOUR_MS
const LONGEST_MS = 366 * DAY_MS

const WRITTEN = /^(\d{1,6}(?:\.\d{1,6})?) ?([mhd])$/
const EXPECTED = 'expected a duration like 15m, 4h or 3d'

/** A duration as an author writes it; how long a day is depends on who counts it. */
export interface WrittenDuration {
  amount: number
  unit: 'm' | 'h' | 'd'
}

/** @returns what the text says, or undefined when it is no duration like `15m`, `4h`, `3d`. */
export function readDuration(text: string): WrittenDuration | undefined {
  const [, amount, unit] = WRITTEN.exec(text) ?? []
  if (amount === undefined || (unit !== 'm' && unit !== 'h' && unit !== 'd')) return undefined
  return { amount: Number(amount), unit }
}

/** @returns milliseconds, where one `d` lasts `dayMs`. */
export function durationMs({ amount, unit }: WrittenDuration, dayMs: number = DAY_MS): number {
  return Math.round(amount * (unit === 'm' ? MINUTE_MS : unit === 'h' ? HOUR_MS : dayMs))
}

/** @returns the shortest way to write `ms` in units that do not depend on a calendar; days only where `days` allows. */
export function writeDuration(ms: number, days: 'days' | 'no_days' = 'days'): string {
  if (days === 'days' && ms > 0 && ms % DAY_MS === 0) return `${ms / DAY_MS}d`
  if (ms > 0 && ms % HOUR_MS === 0) return `${ms / HOUR_MS}h`
  // Six decimals of a minute tell every millisecond apart.
  return `${Number((ms / MINUTE_MS).toFixed(6))}m`
}

const written = z
  .string({ error: EXPECTED })
  .regex(WRITTEN, EXPECTED)
  .transform((text): WrittenDuration => readDuration(text) ?? { amount: 0, unit: 'm' })
  .refine((duration) => durationMs(duration) <= LONGEST_MS, 'expected a duration of at most 366d')

/** A duration longer than nothing, still as written. */
export const durationSchema = written.refine(
  ({ amount }) => amount > 0,
  'expected a duration longer than nothing',
)
/** The same in milliseconds; a day is 24 hours. */
export const durationMsSchema = durationSchema.transform((duration) => durationMs(duration))
/** Milliseconds, `0m` allowed; a day is 24 hours. */
export const delayMsSchema = written.transform((duration) => durationMs(duration))
