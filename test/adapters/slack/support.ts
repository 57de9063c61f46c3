import { createHmac } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  createSlackAdapter,
  type SlackAdapter,
  type SlackOptions,
} from '../../../src/adapters/slack/index.js'
import { createSlackWorkspace, type SlackEmulator } from '../../../src/sandbox/slack/emulator.js'
import type { SlackSeed } from '../../../src/sandbox/slack/types.js'
import { slackWebApi } from '../../../src/sandbox/slack/web-api.js'
import { type Heard, heard } from '../heard.js'

export const SECRET = 'a-signing-secret'
export const TOKEN = 'xoxb-first'
export const AT = new Date('2026-11-20T08:00:00Z')
export const BOT = { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0APP', name: 'Paidan', token: TOKEN }

const person = (id: string, realName: string, locale: string, tz: string): SlackSeed['users'][number] => ({
  id,
  name: id.toLowerCase(),
  realName,
  email: `${id.toLowerCase()}@acme.example`,
  locale,
  tz,
})
const SEED: SlackSeed = {
  team: { id: 'T0001', domain: 'acme', name: 'Acme' },
  bot: BOT,
  users: [
    person('U0MEI', '李梅', 'zh-CN', 'Asia/Shanghai'),
    person('U0TOM', 'Tom Berg', 'en-US', 'Europe/Berlin'),
    person('U0ANN', 'Ann Lee', 'en-US', 'America/Sao_Paulo'),
  ],
  channels: [
    { id: 'C0IT', name: 'it-desk', members: ['U0TOM', 'U0ANN'], botIsMember: true },
    { id: 'C0GEN', name: 'general', members: ['U0MEI', 'U0TOM', 'U0ANN'] },
    { id: 'C0OLD', name: 'old', members: ['U0TOM'], botIsMember: true, isArchived: true },
  ],
}

/** An adapter on a server of its own beside the emulator. `accept` and `click` can be replaced at any time. */
export interface World extends Heard {
  slack: SlackEmulator
  adapter: SlackAdapter
  server: FastifyInstance
  url: string
  intake: Heard['intake'] & { home: NonNullable<SlackOptions['intake']['home']> }
  clock: { at: Date }
  /** Another adapter on the same workspace, as after a restart. */
  another(): SlackAdapter
  /** Called when the adapter has decided its answer to a request. */
  hooks: { answering: () => void }
  close(): Promise<void>
}

/** Starts both, each on a port of its own. The adapter's auth.test is not asked: call `adapter.start()` for it. */
export async function startWorld(options: Partial<SlackOptions> = {}): Promise<World> {
  const clock = { at: AT }
  const slack = createSlackWorkspace({
    seed: SEED,
    signingSecret: SECRET,
    requestUrl: 'http://127.0.0.1:1/',
    publicUrl: 'http://127.0.0.1:1',
    now: () => clock.at,
    rateLimits: false,
    retryDelaysMs: [0],
  })
  const api = Fastify()
  slackWebApi(api, slack, { prefix: '/slack/api' })
  const apiOrigin = await api.listen({ port: 0, host: '127.0.0.1' })
  const { log, accepted, clicks, refused, intake: told } = heard()
  const intake: World['intake'] = { ...told, home: async () => ({ kind: 'nothing' }) }
  const another = () =>
    createSlackAdapter({
      botToken: TOKEN,
      signingSecret: SECRET,
      apiUrl: `${apiOrigin}/slack/api/`,
      logger: log,
      now: () => clock.at,
      intake: {
        accept: (events) => intake.accept(events),
        click: (click) => intake.click(click),
        home: (opened) => intake.home(opened),
      },
      onRefused: (reason) => refused.push(reason),
      ...options,
    })
  const adapter = another()
  const server = Fastify()
  const hooks = { answering: (): void => undefined }
  server.addHook('onSend', async () => hooks.answering())
  adapter.register(server)
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  slack.configure({ publicUrl: apiOrigin, requestUrl: `${url}/slack/events` })
  return {
    slack,
    adapter,
    another,
    server,
    url,
    log,
    accepted,
    clicks,
    refused,
    intake,
    clock,
    hooks,
    async close() {
      slack.close()
      await adapter.stop()
      for (const each of [server, api]) {
        each.server.closeAllConnections()
        await each.close()
      }
    },
  }
}

export interface Signing {
  at?: Date
  secret?: string
  contentType?: string
}
/** Headers that prove `body`, made independently of both the adapter and the emulator. */
export function signed(
  body: string,
  { at = AT, secret = SECRET, contentType }: Signing = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    'content-type': contentType ?? 'application/json',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mac}`,
  }
}

export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers })
  return { status: response.status, body: await response.text() }
}

/** Sends an interaction's payload, signed, as Slack does. */
export function interact(
  world: World,
  payload: unknown,
  contentType = 'application/x-www-form-urlencoded',
): Promise<{ status: number; body: string }> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return post(world.url, body, signed(body, { at: world.clock.at, contentType }))
}

let eventCount = 0
/** An event in its envelope. */
export function envelope(
  event: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  eventCount += 1
  return {
    token: 'old-style-token',
    team_id: 'T0001',
    api_app_id: 'A0APP',
    type: 'event_callback',
    event_id: `Ev${eventCount}`,
    event_time: AT.getTime() / 1000,
    authorizations: [{ enterprise_id: null, team_id: 'T0001', user_id: 'U0BOT', is_bot: true }],
    event,
    ...more,
  }
}

export function deliver(world: World, body: unknown): Promise<{ status: number; body: string }> {
  const raw = JSON.stringify(body)
  return post(world.url, raw, signed(raw, { at: world.clock.at }))
}

/** Waits until something holds, as long as mocha allows. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2))
}

/** A promise that is settled by hand. */
export function gate<T = void>(): {
  promise: Promise<T>
  open: (value: T) => void
  fail: (error: unknown) => void
} {
  let open: (value: T) => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { promise, open, fail }
}
