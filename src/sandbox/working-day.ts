import { Temporal } from 'temporal-polyfill'
import type { GlimpsedTeam } from './desk-glimpse.js'

const MORNING = '10:00'

/**
 * Ten in the morning of the team's next working day (the opening hour where it opens later), in its zone. Holidays
 * count only where the desk's file lists their dates: presets and make-up days are the program's business, not ours.
 */
export function nextWorkingMorning(
  team: Pick<GlimpsedTeam, 'zone' | 'opensAt' | 'holidays'>,
  now: Date,
): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(team.zone)
    .toPlainDate()
  for (let ahead = 1; ahead <= 31; ahead += 1) {
    const day = today.add({ days: ahead })
    const opens = team.opensAt[day.dayOfWeek % 7]
    if (opens === undefined || team.holidays.includes(day.toString())) continue
    const at = opens > MORNING ? opens : MORNING
    const morning = day.toZonedDateTime({ timeZone: team.zone, plainTime: Temporal.PlainTime.from(at) })
    return new Date(morning.epochMilliseconds)
  }
  return new Date(now.getTime() + 24 * 3_600_000)
}
