import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { teamsConnector } from '../../../src/sandbox/teams/connector.js'
import {
  createTeamsPlatform,
  type TeamsEmulator,
  type TeamsOptions,
} from '../../../src/sandbox/teams/emulator.js'
import { teamsGestures } from '../../../src/sandbox/teams/gesture-routes.js'
import type { TeamsSeed } from '../../../src/sandbox/teams/types.js'

export const TENANT = '11111111-0000-4000-8000-000000000001'
export const APP_ID = '22222222-0000-4000-8000-000000000002'
export const PASSWORD = 'a-password-for-tests'
export const MEI = 'aaaaaaaa-0000-4000-8000-00000000000a'
export const TOM = 'bbbbbbbb-0000-4000-8000-00000000000b'
export const ANN = 'cccccccc-0000-4000-8000-00000000000c'
export const BOB = 'dddddddd-0000-4000-8000-00000000000d'
export const IT = '19:itdesk@thread.tacv2'
export const HR = '19:hrdesk@thread.tacv2'
export const TEAM = '19:general@thread.tacv2'
export const SEED: TeamsSeed = {
  tenantId: TENANT,
  bot: { id: `28:${APP_ID}`, name: 'Paidan', appId: APP_ID, appPassword: PASSWORD },
  users: [
    user(MEI, '29:mei', '李梅', 'mei@acme.example', 'zh-CN', 'Asia/Shanghai'),
    user(TOM, '29:tom', 'Tom Berg', 'tom@acme.example', 'de-DE', 'Europe/Berlin'),
    user(ANN, '29:ann', 'Ann Lee', 'ann@acme.example', 'en-US', 'America/Sao_Paulo'),
    { ...user(BOB, '29:bob', 'Bob', 'bob@acme.example', 'en-US', 'Etc/UTC'), hasApp: false },
  ],
  teams: [
    {
      id: TEAM,
      name: 'Service desk',
      channels: [
        { id: TEAM, name: 'General' },
        { id: IT, name: 'IT desk' },
      ],
      members: [TOM, ANN],
    },
    {
      id: '19:hr@thread.tacv2',
      name: 'HR',
      channels: [{ id: HR, name: 'HR' }],
      members: [ANN],
      hasApp: false,
    },
  ],
}

function user(aadObjectId: string, mri: string, name: string, email: string, locale: string, zone: string) {
  return { aadObjectId, mri, name, email, locale, zone }
}

export type Json = { [name: string]: unknown }
/** What the bot received, verbatim. */
export type Received = { headers: IncomingMessage['headers']; body: Json }
export type BotAnswer = { status?: number; body?: unknown; hang?: boolean }
/** A bot that records what it gets and answers as told. */
export type Bot = {
  url: string
  received: Received[]
  answer: (request: Received) => BotAnswer | Promise<BotAnswer>
  close(): Promise<void>
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function startBot(): Promise<Bot> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const received = { headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as Json }
    bot.received.push(received)
    const answer = await bot.answer(received)
    if (answer.hang) return
    response
      .writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
      .end(answer.body === undefined ? '' : JSON.stringify(answer.body))
  })
  const bot: Bot = {
    url: await listen(server),
    received: [],
    answer: () => ({}),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return bot
}

/** A clock that only moves when told. */
export type Clock = { ms: number; now: () => Date; monotonic: () => number; advance(ms: number): void }
export function manualClock(at = '2026-11-20T08:00:00Z'): Clock {
  const startMs = Date.parse(at)
  const clock: Clock = {
    ms: 0,
    now: () => new Date(startMs + clock.ms),
    monotonic: () => clock.ms,
    advance(ms) {
      clock.ms += ms
    },
  }
  return clock
}

export type Called = { status: number; headers: Headers; json: Json; text: string }
export type World = {
  bot: Bot
  teams: TeamsEmulator
  clock: Clock
  url: string
  server: FastifyInstance
  /** a call of the Connector with a good token */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Called>
  token(): Promise<string>
  close(): Promise<void>
}

/** An emulator on its own port and a bot that listens. Time stands still. */
export async function startWorld(options: Partial<TeamsOptions> = {}): Promise<World> {
  const bot = await startBot()
  const clock = manualClock()
  const teams = createTeamsPlatform({
    seed: SEED,
    requestUrl: `${bot.url}/teams/messages`,
    publicUrl: 'http://127.0.0.1:1',
    now: clock.now,
    monotonic: clock.monotonic,
    retryDelaysMs: [0, 0, 0],
    autoRefresh: false,
    ...options,
  })
  const server = Fastify()
  teamsConnector(server, teams, { prefix: '/teams' })
  teamsGestures(server, teams, '/sandbox/teams')
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  teams.configure({ publicUrl: url })
  let held: string | undefined
  async function token(): Promise<string> {
    held ??= String((await login(url)).json.access_token)
    return held
  }
  return {
    bot,
    teams,
    clock,
    url,
    server,
    token,
    async call(method, path, body, bearer) {
      return request(method, `${url}/teams/v3/${path}`, {
        headers: { authorization: `Bearer ${bearer ?? (await token())}` },
        body,
      })
    },
    async close() {
      teams.close()
      server.server.closeAllConnections()
      await server.close()
      await bot.close()
    },
  }
}

export async function request(
  method: string,
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown },
): Promise<Called> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = text.startsWith('{') ? (JSON.parse(text) as Json) : {}
  return { status: response.status, headers: response.headers, json, text }
}

/** Fetches a token as a bot does; `change` spoils the form. */
export async function login(
  url: string,
  change: Record<string, string> = {},
  tenant = TENANT,
): Promise<Called> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: APP_ID,
    client_secret: PASSWORD,
    scope: 'https://api.botframework.com/.default',
    ...change,
  })
  const response = await fetch(`${url}/teams/login/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: form,
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: JSON.parse(text) as Json, text }
}

export function errorCode(called: Called): unknown {
  return (called.json.error as { code?: unknown } | undefined)?.code
}

export function cardAttachment(card: unknown): Json {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content: card }
}

/** A card with a button of each kind that a desk uses. */
export function ticketCard(extra: Json = {}): Json {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: 'Printer is on fire', wrap: true },
      { type: 'Input.Text', id: 'note', label: 'Note', maxLength: 20 },
    ],
    actions: [
      { type: 'Action.Execute', id: 'claim', title: 'Claim', verb: 'claim', data: { ticket: 7 } },
      { type: 'Action.Submit', title: 'Reply…', data: { msteams: { type: 'task/fetch' }, ticket: 7 } },
      { type: 'Action.Submit', title: 'Plain', data: { ticket: 7 } },
      { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com/7' },
    ],
    ...extra,
  }
}

/** Waits until something holds; gives up just before mocha's own limit. */
export async function until(holds: () => boolean): Promise<void> {
  const endMs = performance.now() + 9000
  while (!holds()) {
    if (performance.now() > endMs) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
