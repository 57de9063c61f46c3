import type { Calendar, Weekday } from '../../src/models/calendar/calendar.js'
import type { ClockPromise, Desk, Ladder, Policy, Team, TicketType } from '../../src/models/desk/desk.js'
import type { Priority } from '../../src/models/ticket/ticket.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** What a day is in the office's promises: 09:00-12:00 and 13:30-18:00. */
const WORKDAY_MS = 7.5 * HOUR_MS

const OFFICE_HOURS = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
]

function weekOf(days: readonly Weekday[]): Calendar['weekly'] {
  const on = (day: Weekday) => (days.includes(day) ? OFFICE_HOURS : [])
  return {
    mon: on('mon'),
    tue: on('tue'),
    wed: on('wed'),
    thu: on('thu'),
    fri: on('fri'),
    sat: on('sat'),
    sun: on('sun'),
  }
}

/** Shanghai, Monday to Friday with a lunch gap; Wednesday 11 November 2026 is off, Saturday the 14th makes up for it. */
export const OFFICE: Calendar = {
  id: 'office',
  zone: 'Asia/Shanghai',
  weekly: weekOf(['mon', 'tue', 'wed', 'thu', 'fri']),
  holidays: ['2026-11-11'],
  workdays: [{ date: '2026-11-14' }],
  overrides: {},
  validThrough: '2026-12-31',
}

/** The same hours in Berlin, where Saturdays are worked and Mondays are not. */
export const BERLIN: Calendar = {
  id: 'berlin',
  zone: 'Europe/Berlin',
  weekly: weekOf(['tue', 'wed', 'thu', 'fri', 'sat']),
  holidays: [],
  workdays: [],
  overrides: {},
}

const inTeamTime = (ms: number): ClockPromise => ({ targetMs: ms, counts: 'team' })
const aroundTheClock = (ms: number): ClockPromise => ({ targetMs: ms, counts: 'always' })

/** The sample desk's promises. */
export const PROMISES = {
  first_response: {
    urgent: aroundTheClock(15 * MINUTE_MS),
    high: inTeamTime(2 * HOUR_MS),
    medium: inTeamTime(4 * HOUR_MS),
    low: inTeamTime(WORKDAY_MS),
  },
  resolution: {
    urgent: aroundTheClock(4 * HOUR_MS),
    high: inTeamTime(8 * HOUR_MS),
    medium: inTeamTime(3 * WORKDAY_MS),
    low: inTeamTime(5 * WORKDAY_MS),
  },
} as const satisfies Record<string, Record<Priority, ClockPromise>>

export const POLICY: Policy = {
  id: 'standard',
  version: 'v1',
  promises: PROMISES,
  remindAt: { first_response: [0.5, 0.8], resolution: [0.8] },
  ladderId: 'standard',
  claimIsResponse: false,
}

/** At the due time and half an hour later, then upwards every hour until somebody acts. */
export const LADDER: Ladder = {
  id: 'standard',
  levels: [
    { afterMs: 0, tell: ['assignee', 'lead'], everyMs: 30 * MINUTE_MS, rounds: 2 },
    { afterMs: 60 * MINUTE_MS, tell: ['lead_manager'], everyMs: 60 * MINUTE_MS },
  ],
}

export const IT: Team = {
  id: 'it',
  name: { en: 'IT', 'zh-CN': '信息技术' },
  locale: 'en',
  zone: 'Asia/Shanghai',
  leads: ['lin'],
  members: ['bo', 'cy'],
  calendarId: 'office',
  channels: { slack: 'C-IT', feishu: 'oc-it' },
  threads: 'open',
  reasonsFor: [],
}

export const HR: Team = {
  ...IT,
  id: 'hr',
  name: { en: 'HR', 'zh-CN': '人事' },
  leads: ['hua'],
  members: ['hal'],
  calendarId: 'berlin',
  channels: { slack: 'C-HR' },
  threads: 'inside_only',
}

export const REQUEST: TicketType = {
  id: 'request',
  name: { en: 'Request', 'zh-CN': '服务请求' },
  teamId: 'it',
  policyId: 'standard',
  defaultPriority: 'medium',
  asksCause: 'none',
  asksPrevention: 'none',
  autoCloseMs: 3 * DAY_MS,
  reopenWindowMs: 14 * DAY_MS,
}

export const INCIDENT: TicketType = {
  ...REQUEST,
  id: 'incident',
  name: { en: 'Incident', 'zh-CN': '故障' },
  asksCause: 'required',
  asksPrevention: 'required',
}

/**
 * A small desk in memory. ann and sam are employees; bo, cy and their lead lin are IT; hal and their lead hua are HR;
 * max is lin's manager; ada is the admin.
 */
export const DESK: Desk = {
  id: 'acme',
  name: { en: 'Acme', 'zh-CN': '艾克米' },
  zone: 'Asia/Shanghai',
  locale: 'en',
  version: 'v1',
  teams: { it: IT, hr: HR },
  types: { request: REQUEST, incident: INCIDENT, payroll: { ...REQUEST, id: 'payroll', teamId: 'hr' } },
  policies: { standard: POLICY },
  ladders: { standard: LADDER },
  calendars: { office: OFFICE, berlin: BERLIN },
  routing: [
    { id: 'pay', anyOf: ['payroll', '工资'], typeId: 'payroll' },
    { id: 'broken', anyOf: ['crash', '死机'], typeId: 'incident' },
    { id: 'everybody', anyOf: ['urgent', '紧急'], priority: 'urgent' },
  ],
  defaultTypeId: 'request',
}

/** The desk with one team, type or policy changed. */
export const withTeam = (team: Partial<Team>, desk: Desk = DESK): Desk => ({
  ...desk,
  teams: { ...desk.teams, it: { ...IT, ...team } },
})
export const withType = (type: Partial<TicketType>, desk: Desk = DESK): Desk => ({
  ...desk,
  types: { ...desk.types, request: { ...REQUEST, ...type } },
})
export const withPolicy = (policy: Partial<Policy>, desk: Desk = DESK): Desk => ({
  ...desk,
  policies: { ...desk.policies, standard: { ...POLICY, ...policy } },
})
export const withLadder = (levels: Ladder['levels'], desk: Desk = DESK): Desk => ({
  ...desk,
  ladders: { ...desk.ladders, standard: { id: 'standard', levels } },
})
