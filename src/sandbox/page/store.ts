import { useSyncExternalStore } from 'react'
import type { About } from '../about.js'
import type { InputValue, SlackState, UserView } from '../slack/types.js'
import type { ServerState } from '../supervisor.js'
import type { TraceEntry } from '../trace.js'
import type { GivenFile, Values } from './api.js'
import type { Lang } from './texts.js'

/** How one person's client is set: what is open in it, what is typed but not sent. */
export type ClientState = {
  conversation?: string
  /** by root ts: opened or closed by hand */
  threads: { [ts: string]: boolean }
  /** by `channel` or `channel:thread` */
  drafts: { [place: string]: Draft }
}
export type Draft = { text: string; files: GivenFile[] }

export type PageState = {
  lang: Lang
  about?: About
  clockOffsetMs: number
  movingClock: boolean
  server: ServerState
  connected: boolean
  /** whose clients are shown, from left to right */
  columns: string[]
  /** which column a narrow screen shows; -1 = what just happened */
  narrow: number
  views: { [userId: string]: UserView }
  clients: { [userId: string]: ClientState }
  /** what is filled into open forms, by view id */
  forms: { [viewId: string]: Values }
  slack?: SlackState
  trace: TraceEntry[]
  /** what was clicked and is not answered yet, or was not answered well: by element key */
  waiting: { [element: string]: 'busy' | 'failed' }
  /** the key of what the story is pointing at */
  spot: string
  /** messages older than this are of an earlier story */
  storySince: string
  story: { playing: boolean; failed?: number }
  /** monotonic ms at which Slack is back, while it is down */
  downUntilMs: number
  /** rises with each fault, so that what is counted can catch the eye */
  faults: number
}

let state: PageState = {
  lang: 'en',
  clockOffsetMs: 0,
  movingClock: false,
  server: 'starting',
  connected: false,
  columns: [],
  narrow: 0,
  views: {},
  clients: {},
  forms: {},
  trace: [],
  waiting: {},
  spot: '',
  storySince: '0',
  story: { playing: false },
  downUntilMs: 0,
  faults: 0,
}
const listeners = new Set<() => void>()

/** The page's state now. */
export function pageState(): PageState {
  return state
}

/** Changes the state; what depends on it is drawn again. */
export function change(part: Partial<PageState>): void {
  state = { ...state, ...part }
  for (const listener of [...listeners]) listener()
}

export function onPageChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A part of the state, for a component. `pick` must return what stands in the state, not a copy. */
export function usePage<T>(pick: (state: PageState) => T): T {
  return useSyncExternalStore(onPageChange, () => pick(state))
}

const EMPTY: ClientState = { threads: {}, drafts: {} }

export function clientOf(from: PageState, userId: string): ClientState {
  return from.clients[userId] ?? EMPTY
}

/** Changes how one person's client is set. */
export function changeClient(userId: string, part: Partial<ClientState>): void {
  change({ clients: { ...state.clients, [userId]: { ...clientOf(state, userId), ...part } } })
}

export function setDraft(userId: string, place: string, draft: Draft): void {
  changeClient(userId, { drafts: { ...clientOf(state, userId).drafts, [place]: draft } })
}

/** Fills an input of an open form. */
export function setInput(viewId: string, blockId: string, actionId: string, value: InputValue): void {
  const form = state.forms[viewId] ?? {}
  const block = { ...form[blockId], [actionId]: value }
  change({ forms: { ...state.forms, [viewId]: { ...form, [blockId]: block } } })
}

export function setWaiting(element: string, how: 'busy' | 'failed' | undefined): void {
  const { [element]: _, ...others } = state.waiting
  change({ waiting: how ? { ...others, [element]: how } : others })
}
