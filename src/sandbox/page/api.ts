import type { About, ClockMoved } from '../about.js'
import type { FaultsView } from '../slack/log-types.js'
import type { GestureResult, InputValue, SlackState, UserView } from '../slack/types.js'

/** What the page asks of the sandbox. Rejects when it does not answer. */
export const api = {
  about: (): Promise<About> => get('/sandbox/about'),
  view: (userId: string): Promise<UserView> => get(`/sandbox/view/${userId}`),
  state: (): Promise<SlackState> => get('/sandbox/state'),
  faults: (): Promise<FaultsView> => get('/sandbox/slack/faults'),
  advance: (how: { advanceMs: number } | { advance: 'working_day' }): Promise<ClockMoved> =>
    send('/sandbox/clock', how),
  pullThePlug: (): Promise<unknown> => send('/sandbox/faults/plug', {}),
  deliverTwice: (which: 'last' | 'next', variant: 'same_event' | 'other_event_id'): Promise<FaultsView> =>
    send('/sandbox/slack/faults/deliverTwice', { which, variant }),
  slackDown: (ms: number): Promise<FaultsView> => send('/sandbox/slack/faults/down', { ms }),
  upload: (userId: string, file: GivenFile): Promise<{ id: string; name: string }> =>
    send('/sandbox/upload', { userId, name: file.name, base64: file.base64 }),
  gesture: (name: string, given: Record<string, unknown>): Promise<GestureResult> =>
    send(`/sandbox/slack/gestures/${name}`, given),
} as const

export type GivenFile = { name: string; mimetype?: string; base64: string }
export type Values = { [blockId: string]: { [actionId: string]: InputValue } }

async function get<T>(path: string): Promise<T> {
  return read(await fetch(path))
}

async function send<T>(path: string, body: unknown): Promise<T> {
  return read(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

/** The bytes of a chosen or pasted file as the wire wants them. */
export async function readFile(file: File): Promise<GivenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  // In slices: a call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return { name: file.name, ...(file.type ? { mimetype: file.type } : {}), base64: btoa(binary) }
}
