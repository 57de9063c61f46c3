import type { ServerState } from './supervisor.js'
import type { TraceEntry } from './trace.js'

/** What `GET /sandbox/about` tells the page. */
export type About = {
  desk: { name: { en: string; 'zh-CN': string } }
  people: {
    /** in the desk's file */
    id: string
    userId: string
    name: string
    locale: 'en' | 'zh-CN'
    zone: string
    department?: string
    role: 'employee' | 'agent' | 'lead' | 'manager'
  }[]
  teams: {
    id: string
    name: { en: string; 'zh-CN': string }
    channel?: string
    leads: string[]
    members: string[]
  }[]
  generalChannel: string
  clockOffsetMs: number
  server: ServerState
  trace: readonly TraceEntry[]
}

/** What the clock's buttons get as an answer; `swept` = the program has looked for what is due. */
export type ClockMoved = { clockOffsetMs: number; now: string; swept: boolean }
