import { useSyncExternalStore } from 'react'
import type { About } from '../about.js'
import type { InputValue } from '../slack/types.js'
import type { ServerState } from '../supervisor.js'
import type { TraceEntry } from '../trace.js'
import type { GivenFile, Values } from './api.js'
import type { Pane, Seat } from './pane.js'
import type { Scene } from './scene.js'
import type { Lang } from './texts.js'

/** How one person's client is set: what is open in it, what is typed but not sent. */
export type ClientState = {
  conversation?: string
  /** by root: opened or closed by hand */
  threads: { [rootId: string]: boolean }
  /** by `conversation` or `conversation:root` */
  drafts: { [place: string]: Draft }
}
/** `problem`: why it was not sent, or what could not be put to it. */
export type Draft = { text: string; files: GivenFile[]; problem?: string }

export type PageState = {
  lang: Lang
  about?: About
  clockOffsetMs: number
  movingClock: boolean
  server: ServerState
  connected: boolean
  /** whose clients are shown, from left to right */
  columns: Seat[]
  /** which column a narrow screen shows; -1 = what just happened */
  narrow: number
  /** by account */
  panes: { [userId: string]: Pane }
  clients: { [userId: string]: ClientState }
  /** what is filled into open forms of Slack, by view id */
  forms: { [viewId: string]: Values }
  /** what the story fills into a dialog of Teams or a form in a card of Feishu: by dialog or message, by input */
  fills: { [place: string]: { [name: string]: string } }
  /** everything that stands in the messengers */
  scene?: Scene
  trace: TraceEntry[]
  /** what was clicked and is not answered yet, or was not answered well: by element key */
  waiting: { [element: string]: 'busy' | 'failed' }
  /** the key of what the story is pointing at */
  spot: string
  /** messages older than this are of an earlier story: program time in milliseconds */
  storySinceMs: number
  story: { playing: boolean; failed?: number }
  /** monotonic ms at which the messengers are back, while they are down */
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
  panes: {},
  clients: {},
  forms: {},
  fills: {},
  trace: [],
  waiting: {},
  spot: '',
  storySinceMs: 0,
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
