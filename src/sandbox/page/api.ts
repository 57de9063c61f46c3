import type { About, ClockMoved } from '../about.js'
import type { UserView as FeishuView } from '../feishu/types.js'
import type { Platform } from '../platforms.js'
import type { GestureResult, InputValue, UserView as SlackView } from '../slack/types.js'
import type { UserView as TeamsView } from '../teams/types.js'
import type { Pane, Seat } from './pane.js'
import { paneOfFeishu } from './pane-of-feishu.js'
import { paneOfSlack } from './pane-of-slack.js'
import { paneOfTeams } from './pane-of-teams.js'
import { type MessengerStates, type Scene, sceneOf } from './scene.js'

/** What the page asks of the sandbox. Rejects when it does not answer. */
export const api = {
  about: (): Promise<About> => get('/sandbox/about'),
  pane,
  scene: async (): Promise<Scene> => sceneOf(await get<MessengerStates>('/sandbox/state')),
  advance: (how: { advanceMs: number } | { advance: 'working_day' }): Promise<ClockMoved> =>
    send('/sandbox/clock', how),
  pullThePlug: (): Promise<unknown> => send('/sandbox/faults/plug', {}),
  deliverTwice: (): Promise<unknown> => send('/sandbox/faults/deliverTwice', {}),
  down: (ms: number): Promise<unknown> => send('/sandbox/faults/down', { ms }),
  upload: (userId: string, file: GivenFile): Promise<{ id: string; name: string }> =>
    send('/sandbox/upload', { userId, name: file.name, base64: file.base64 }),
  gesture: (platform: Platform, name: string, given: Record<string, unknown>): Promise<GestureResult> =>
    send(`/sandbox/${platform}/gestures/${name}`, given),
} as const

/** What a person's client shows now. */
async function pane({ platform, userId }: Seat): Promise<Pane> {
  const path = `/sandbox/view/${platform}/${userId}`
  switch (platform) {
    case 'slack':
      return paneOfSlack(await get<SlackView>(path))
    case 'feishu':
      return paneOfFeishu(await get<FeishuView>(path))
    case 'teams':
      return paneOfTeams(await get<TeamsView>(path))
    default:
      return platform satisfies never
  }
}

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
