import { parse } from 'yaml'
import { PLATFORMS, type Platform } from './platforms.js'

/** What the sandbox reads of a desk.yaml: who there is, who works where, and roughly when. It validates nothing. */
export type DeskGlimpse = {
  name: { en: string; 'zh-CN': string }
  zone: string
  people: GlimpsedPerson[]
  teams: GlimpsedTeam[]
}
export type GlimpsedPerson = {
  id: string
  /** one account on each messenger that they use, the one they are reached by first of all */
  accounts: Accounts
  name: string
  email: string
  locale: 'en' | 'zh-CN'
  zone: string
  department?: string
  role: 'employee' | 'agent' | 'lead' | 'manager'
}
/** An id on each messenger on which there is one. */
export type Accounts = { [platform in Platform]?: string }
export type GlimpsedTeam = {
  id: string
  name: { en: string; 'zh-CN': string }
  zone: string
  channels: Accounts
  /** ids of people */
  leads: string[]
  members: string[]
  /** 0 = Sunday; the opening hour of that day, or undefined on a day off */
  opensAt: (string | undefined)[]
  /** yyyy-mm-dd, as far as they stand in the file itself */
  holidays: string[]
}

const DAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

type Raw = Record<string, unknown>

/** Reads the text of a desk.yaml. People without an account on any messenger are left out. */
export function glimpseDesk(text: string): DeskGlimpse {
  const file = raw(parse(text))
  const desk = raw(file.desk)
  const zone = string(desk.zone) ?? 'Etc/UTC'
  const locale = string(desk.locale) === 'zh-CN' ? 'zh-CN' : 'en'
  const rawPeople = list(file.people)
  const known = new Set(
    rawPeople
      .filter((each) => Object.keys(accountsOf(each.identities)).length > 0)
      .map((each) => string(each.id)),
  )
  const idsOf = (value: unknown): string[] =>
    (Array.isArray(value) ? value : []).map(String).filter((id) => known.has(id))
  const calendars = list(file.calendars)
  const teams = list(file.teams).map((team): GlimpsedTeam => {
    const calendar = calendars.find((each) => each.id === team.calendar) ?? {}
    return {
      id: string(team.id) ?? '',
      name: localized(team.name),
      zone: string(calendar.zone) ?? string(team.zone) ?? zone,
      channels: accountsOf(team.channels),
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
      const id = string(person.id)
      if (id === undefined || !known.has(id)) return []
      const department = string(person.department)
      const role = teams.some((team) => team.leads.includes(id))
        ? 'lead'
        : teams.some((team) => team.members.includes(id))
          ? 'agent'
          : managers.has(id)
            ? 'manager'
            : 'employee'
      return [
        {
          id,
          accounts: accountsOf(person.identities),
          name: string(person.name) ?? id,
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

/** In the order in which they stand in the file. */
function accountsOf(value: unknown): Accounts {
  const entries = Object.entries(raw(value)).filter(
    ([platform, id]) => typeof id === 'string' && PLATFORMS.some((known) => known === platform),
  )
  return Object.fromEntries(entries)
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
