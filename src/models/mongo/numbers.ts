import type { DeskId } from '../ids.js'
import type { Database } from './database.js'
import { QUICK } from './insert.js'

/** `202611` for an instant in the desk's zone. */
export function monthOf(at: Date, zone: string): string {
  const parts = monthIn(zone).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}${of('month')}`
}

/** Making one takes longer than everything else about a number. */
const months = new Map<string, Intl.DateTimeFormat>()
function monthIn(timeZone: string): Intl.DateTimeFormat {
  const known = months.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' })
  months.set(timeZone, format)
  return format
}

/** `YYYYMM` and a serial of at least four digits. */
export const ticketNumber = (month: string, serial: number): string =>
  `${month}${String(serial).padStart(4, '0')}`

/**
 * Hands out ticket numbers: rising, starting anew each month; a crash may leave a gap. Callers that wait while an
 * increment is under way share the next one. It does not wait for a majority: the commit that uses the number does, and
 * whatever stands before it in the log is as safe as it. After a failover a number whose commit was still on its way
 * may be handed out again; the unique index on the commits' numbers lets one of the two have it.
 */
export function createNumbers(
  database: Database,
): (deskId: DeskId, zone: string, at: Date) => Promise<string> {
  const waiting = new Map<string, Waiter[]>()
  const busy = new Set<string>()

  async function serve(key: string): Promise<void> {
    busy.add(key)
    for (let batch = waiting.get(key); batch && batch.length > 0; batch = waiting.get(key)) {
      waiting.set(key, [])
      try {
        const counter = await database.counters.findOneAndUpdate(
          { _id: key },
          { $inc: { value: batch.length } },
          { upsert: true, returnDocument: 'after', ...QUICK },
        )
        const last = counter?.value ?? batch.length
        batch.forEach((waiter, i) => {
          waiter.resolve(last - batch.length + 1 + i)
        })
      } catch (error) {
        for (const waiter of batch) waiter.reject(error)
      }
    }
    waiting.delete(key)
    busy.delete(key)
  }

  return async (deskId, zone, at) => {
    const month = monthOf(at, zone)
    const key = `number:${deskId}:${month}`
    const serial = await new Promise<number>((resolve, reject) => {
      const queue = waiting.get(key) ?? []
      queue.push({ resolve, reject })
      waiting.set(key, queue)
      if (!busy.has(key)) void serve(key)
    })
    return ticketNumber(month, serial)
  }
}

interface Waiter {
  resolve(serial: number): void
  reject(error: unknown): void
}
