import { parse } from 'yaml'

/** What the sandbox reads of a desk.yaml: who there is, who works where, and roughly when. It validates nothing. */
export type DeskGlimpse = {
  name: { en: string; 'zh-CN': string }
  zone: string
  people: GlimpsedPerson[]
  teams: GlimpsedTeam[]
}
export type GlimpsedPerson = {
  id: string
  slackId: string
  name: string
  email: string
  locale: 'en' | 'zh-CN'
  zone: string
  department?: string
  role: 'employee' | 'agent' | 'lead' | 'manager'
}
export type GlimpsedTeam = {
  id: string
  name: { en: string; 'zh-CN': string }
  zone: string
  slackChannelId?: string
  /** Slack ids */
  leads: string[]
  members: string[]
  /** 0 = Sunday; the opening hour of that day, or undefined on a day off */
  opensAt: (string | undefined)[]
  /** yyyy-mm-dd, as far as they stand in the file itself */
  holidays: string[]
}

const DAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

type Raw = Record<string, unknown>

/** Reads the text of a desk.yaml. People without a Slack identity and teams without a channel are left out. */
export function glimpseDesk(text: string): DeskGlimpse {
  const file = raw(parse(text))
  const desk = raw(file.desk)
  const zone = string(desk.zone) ?? 'Etc/UTC'
  const locale = string(desk.locale) === 'zh-CN' ? 'zh-CN' : 'en'
  const rawPeople = list(file.people)
  const slackIds = new Map(rawPeople.map((each) => [string(each.id), string(raw(each.identities).slack)]))
  const idsOf = (value: unknown): string[] =>
    (Array.isArray(value) ? value : []).map((id) => slackIds.get(String(id))).filter((id) => id !== undefined)
  const calendars = list(file.calendars)
  const teams = list(file.teams).map((team): GlimpsedTeam => {
    const calendar = calendars.find((each) => each.id === team.calendar) ?? {}
    const channel = string(raw(team.channels).slack)
    return {
      id: string(team.id) ?? '',
      name: localized(team.name),
      zone: string(calendar.zone) ?? string(team.zone) ?? zone,
      ...(channel === undefined ? {} : { slackChannelId: channel }),
      leads: idsOf(team.leads),
      members: idsOf(team.members),
      opensAt: openings(raw(calendar.weekly)),
      holidays: (Array.isArray(calendar.holidays) ? calendar.holidays : []).map(String),
    }
  })
  const managers = new Set(rawPeople.map((each) => string(each.manager)))
  return {
    name: localized(desk.name),
    zone,
    teams,
    people: rawPeople.flatMap((person): GlimpsedPerson[] => {
      const slackId = string(raw(person.identities).slack)
      if (slackId === undefined) return []
      const department = string(person.department)
      const role = teams.some((team) => team.leads.includes(slackId))
        ? 'lead'
        : teams.some((team) => team.members.includes(slackId))
          ? 'agent'
          : managers.has(string(person.id))
            ? 'manager'
            : 'employee'
      return [
        {
          id: string(person.id) ?? slackId,
          slackId,
          name: string(person.name) ?? slackId,
          email: string(person.email) ?? '',
          locale: (string(person.locale) ?? locale) === 'zh-CN' ? 'zh-CN' : 'en',
          zone: string(person.zone) ?? zone,
          ...(department === undefined ? {} : { department }),
          role,
        },
      ]
    }),
  }
}

/** `mon-fri: ['09:00-12:00', …]` as the hour at which each day begins. */
function openings(weekly: Raw): (string | undefined)[] {
  const opens: (string | undefined)[] = DAYS.map(() => undefined)
  for (const [days, spans] of Object.entries(weekly)) {
    const first = Array.isArray(spans) ? String(spans[0] ?? '') : String(spans ?? '')
    const from = /^(\d\d:\d\d)/.exec(first)?.[1]
    for (const part of days.split(/[,\s]+/)) {
      const [start = '', end = start] = part.split('-')
      const a = DAYS.indexOf(start)
      const z = DAYS.indexOf(end)
      if (a < 0 || z < 0) continue
      for (let day = a; ; day = (day + 1) % 7) {
        opens[day] = from
        if (day === z) break
      }
    }
  }
  return opens
}

function raw(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {}
}

function list(value: unknown): Raw[] {
  return Array.isArray(value) ? value.map(raw) : []
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function localized(value: unknown): { en: string; 'zh-CN': string } {
  if (typeof value === 'string') return { en: value, 'zh-CN': value }
  const { en, 'zh-CN': zh } = raw(value)
  return { en: string(en) ?? string(zh) ?? '', 'zh-CN': string(zh) ?? string(en) ?? '' }
}
