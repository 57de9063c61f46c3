import type { Accounts } from './desk-glimpse.js'
import type { Platform } from './platforms.js'
import type { ServerState } from './supervisor.js'
import type { TraceEntry } from './trace.js'

/** What `GET /sandbox/about` tells the page. */
export type About = {
  desk: { name: { en: string; 'zh-CN': string } }
  /** the messengers that are emulated here */
  platforms: Platform[]
  people: {
    /** in the desk's file */
    id: string
    /** the messenger they are reached by first of all comes first */
    accounts: Accounts
    name: string
    locale: 'en' | 'zh-CN'
    zone: string
    department?: string
    colour: string
    role: 'employee' | 'agent' | 'lead' | 'manager'
  }[]
  teams: {
    id: string
    name: { en: string; 'zh-CN': string }
    channels: Accounts
    /** ids of people */
    leads: string[]
    members: string[]
  }[]
  clockOffsetMs: number
  /** real milliseconds until the messengers are back; 0 while they are not down */
  downMsLeft: number
  server: ServerState
  trace: readonly TraceEntry[]
}

/** What the clock's buttons get as an answer; `swept` = the program has looked for what is due. */
export type ClockMoved = { clockOffsetMs: number; now: string; swept: boolean }
