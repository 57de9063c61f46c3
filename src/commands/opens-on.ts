import { dayPlan } from '../models/calendar/day-plan.js'
import { epochDayOf } from '../models/calendar/epoch-day.js'
import type { Desk } from '../models/desk/desk.js'
import type { OpensOn } from '../sandbox/working-day.js'

/** The calendars of a desk for the sandbox, which shares no code with the desk: holidays and make-up days count. */
export function opensOnOf(desk: Pick<Desk, 'teams' | 'calendars'>): OpensOn {
  return (teamId, day) => {
    const calendar = desk.calendars[desk.teams[teamId]?.calendarId ?? '']
    const first = calendar && dayPlan(calendar, epochDayOf(day)).spans[0]
    return first && new Date(first.fromMs)
  }
}
