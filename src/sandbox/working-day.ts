import { Temporal } from 'temporal-polyfill'
import type { GlimpsedTeam } from './desk-glimpse.js'

const MORNING = '10:00'
/** Longer than any announced holiday. */
const MOST_DAYS = 31

/** The instant at which a team begins to work on a local day (`yyyy-mm-dd`); undefined when it does not. */
export type OpensOn = (teamId: string, day: string) => Date | undefined

/**
 * Ten in the morning of the team's next working day (the opening hour where it opens later), in its zone. `opensOn`
 * knows the team's calendar; without it only the file's weekly hours and listed holidays are looked at.
 */
export function nextWorkingMorning(
  team: Pick<GlimpsedTeam, 'id' | 'zone' | 'opensAt' | 'holidays'>,
  now: Date,
  opensOn: OpensOn = (_, day) => glimpsedOpening(team, day),
): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(team.zone)
    .toPlainDate()
  for (let ahead = 1; ahead <= MOST_DAYS; ahead += 1) {
    const day = today.add({ days: ahead }).toString()
    const opens = opensOn(team.id, day)
    if (opens) return new Date(Math.max(opens.getTime(), instantOf(day, MORNING, team.zone).getTime()))
  }
  return new Date(now.getTime() + 24 * 3_600_000)
}

function glimpsedOpening(
  { zone, opensAt, holidays }: Pick<GlimpsedTeam, 'zone' | 'opensAt' | 'holidays'>,
  day: string,
): Date | undefined {
  const opens = opensAt[Temporal.PlainDate.from(day).dayOfWeek % 7]
  return opens === undefined || holidays.includes(day) ? undefined : instantOf(day, opens, zone)
}

function instantOf(day: string, time: string, timeZone: string): Date {
  const plainTime = Temporal.PlainTime.from(time)
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds)
}
