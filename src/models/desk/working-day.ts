import { type Calendar, WEEKDAYS } from '../calendar/calendar.js'
import { minuteSpans } from '../calendar/clock-span.js'

/**
 * @returns how long a usual working day of the calendar is, in milliseconds: the length that most days of its week have,
 * and the longest of those when several are equally many.
 */
export function usualDayMs(calendar: Calendar): number {
  const count = new Map<number, number>()
  for (const day of WEEKDAYS) {
    const minutes = minuteSpans(calendar.weekly[day]).reduce((sum, span) => sum + span.to - span.from, 0)
    if (minutes > 0) count.set(minutes, (count.get(minutes) ?? 0) + 1)
  }
  const [usual] = [...count].sort(([a, days], [b, otherDays]) => otherDays - days || b - a)
  return (usual?.[0] ?? 0) * 60_000
}
