import type { Calendar, Span } from './calendar.js'
import { type ClosedReason, dayPlan, type MsSpan, type OpenReason } from './day-plan.js'
import { workingMsSpans } from './working-spans.js'
import { epochDayAt } from './zone-days.js'

/** One line of the ledger behind "Why this time? / 为何是这个时间". `ms` is the line's whole length. */
export type LedgerLine = Span & { readonly ms: number } & LedgerReason

type LedgerReason =
  | { readonly kind: 'counted'; readonly reason: OpenReason }
  | { readonly kind: 'paused'; readonly reason: 'pause' }
  | { readonly kind: 'closed'; readonly reason: ClosedReason }

type MsLine = MsSpan & LedgerReason

/**
 * The lines that cover [from, to] in order, without holes or overlaps; neighbours of one kind and reason are one line.
 *
 * A pause covers closed time too, so that a weekend spent waiting reads as one line. The `counted` lines sum to the
 * working time outside the pauses.
 *
 * @param pauses in any order; they may overlap and may reach beyond the range.
 * @returns no line when `to` is not after `from`.
 */
export function explainSpans(
  calendar: Calendar,
  from: Date,
  to: Date,
  pauses: readonly Span[],
): LedgerLine[] {
  const joined: MsLine[] = []
  const paused = [...pauses].sort((a, b) => a.from.getTime() - b.from.getTime())
  for (const line of withPauses(calendarLines(calendar, from.getTime(), to.getTime()), paused)) {
    const last = joined.at(-1)
    if (last?.kind === line.kind && last.reason === line.reason) {
      joined[joined.length - 1] = { ...last, toMs: line.toMs }
    } else joined.push(line)
  }
  return joined.map(({ fromMs, toMs, ...why }) => ({
    from: new Date(fromMs),
    to: new Date(toMs),
    ...why,
    ms: toMs - fromMs,
  }))
}

function* calendarLines(calendar: Calendar, fromMs: number, toMs: number): Generator<MsLine> {
  let cursorMs = fromMs
  for (let day = epochDayAt(calendar.zone, fromMs); cursorMs < toMs; day += 1) {
    const plan = dayPlan(calendar, day)
    const dayEndMs = Math.min(plan.endMs, toMs)
    for (const span of workingMsSpans(calendar, cursorMs, dayEndMs)) {
      if (cursorMs < span.fromMs) {
        yield { fromMs: cursorMs, toMs: span.fromMs, kind: 'closed', reason: plan.closedReason }
      }
      yield { ...span, kind: 'counted', reason: plan.openReason }
      cursorMs = span.toMs
    }
    if (cursorMs < dayEndMs) {
      yield { fromMs: cursorMs, toMs: dayEndMs, kind: 'closed', reason: plan.closedReason }
      cursorMs = dayEndMs
    }
  }
}

function* withPauses(lines: Iterable<MsLine>, pauses: readonly Span[]): Generator<MsLine> {
  for (const line of lines) {
    let cursorMs = line.fromMs
    for (const pause of pauses) {
      const startMs = Math.max(pause.from.getTime(), cursorMs)
      const endMs = Math.min(pause.to.getTime(), line.toMs)
      if (startMs >= endMs) continue
      if (cursorMs < startMs) yield { ...line, fromMs: cursorMs, toMs: startMs }
      yield { fromMs: startMs, toMs: endMs, kind: 'paused', reason: 'pause' }
      cursorMs = endMs
    }
    if (cursorMs < line.toMs) yield { ...line, fromMs: cursorMs }
  }
}
