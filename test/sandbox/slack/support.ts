import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebClient } from '@slack/web-api'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  createSlackWorkspace,
  type SlackEmulator,
  type SlackOptions,
} from '../../../src/sandbox/slack/emulator.js'
import { slackGestures } from '../../../src/sandbox/slack/gesture-routes.js'
import type { SlackSeed } from '../../../src/sandbox/slack/types.js'
import { slackWebApi } from '../../../src/sandbox/slack/web-api.js'

export const SECRET = 'a-signing-secret-for-tests'
export const TOKEN = 'xoxb-test'
export const SEED: SlackSeed = {
  team: { id: 'T0001', domain: 'acme', name: 'Acme' },
  bot: { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0APP', name: 'Paidan', token: TOKEN },
  users: [
    {
      id: 'U0MEI',
      name: 'mei',
      realName: '李梅',
      email: 'mei@acme.example',
      locale: 'zh-CN',
      tz: 'Asia/Shanghai',
    },
    {
      id: 'U0TOM',
      name: 'tom',
      realName: 'Tom Berg',
      email: 'tom@acme.example',
      locale: 'en-US',
      tz: 'Europe/Berlin',
    },
    {
      id: 'U0ANN',
      name: 'ann',
      realName: 'Ann Lee',
      email: 'ann@acme.example',
      locale: 'en-US',
      tz: 'America/Sao_Paulo',
    },
  ],
  channels: [
    { id: 'C0IT', name: 'it-desk', members: ['U0TOM', 'U0ANN'], botIsMember: true },
    { id: 'C0GEN', name: 'general', members: ['U0MEI', 'U0TOM', 'U0ANN'] },
    { id: 'C0OLD', name: 'old', members: ['U0TOM'], botIsMember: true, isArchived: true },
    { id: 'C0SEC', name: 'secret', members: ['U0ANN'], isPrivate: true },
  ],
}

/** What the app received, verbatim. */
export type Received = { headers: IncomingMessage['headers']; raw: string; body: Record<string, unknown> }
export type AppAnswer = { status?: number; body?: string; headers?: Record<string, string>; hang?: boolean }
/** An app that records what it gets and answers as told. */
export type App = {
  url: string
  received: Received[]
  answer: (request: Received) => AppAnswer | Promise<AppAnswer>
  close(): Promise<void>
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function startApp(): Promise<App> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const raw = Buffer.concat(chunks).toString()
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded'
    const form = Object.fromEntries(new URLSearchParams(raw))
    const body = isForm ? (form.payload === undefined ? form : JSON.parse(form.payload)) : JSON.parse(raw)
    const received = { headers: request.headers, raw, body }
    app.received.push(received)
    const answer = await app.answer(received)
    if (answer.hang) return
    response
      .writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
      .end(answer.body ?? '')
  })
  const url = await listen(server)
  const app: App = {
    url,
    received: [],
    answer: () => ({}),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return app
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

export type World = {
  app: App
  slack: SlackEmulator
  web: WebClient
  clock: Clock
  url: string
  server: FastifyInstance
  close(): Promise<void>
}

/** An emulator on its own port, an app that listens, and the real client between them. Time stands still. */
export async function startWorld(options: Partial<SlackOptions> = {}): Promise<World> {
  const app = await startApp()
  const clock = manualClock()
  const slack = createSlackWorkspace({
    seed: SEED,
    signingSecret: SECRET,
    requestUrl: `${app.url}/slack/events`,
    publicUrl: 'http://127.0.0.1:1',
    now: clock.now,
    monotonic: clock.monotonic,
    ...options,
  })
  const server = Fastify()
  slackWebApi(server, slack, { prefix: '/slack/api' })
  slackGestures(server, slack, '/sandbox/slack')
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  slack.configure({ publicUrl: url })
  const web = client(url)
  return {
    app,
    slack,
    web,
    clock,
    url,
    server,
    async close() {
      slack.close()
      server.server.closeAllConnections()
      await server.close()
      await app.close()
    },
  }
}

/** The real client, without retries and without sleeping on 429. */
export function client(url: string, token = TOKEN, path = '/slack/api/'): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${url}${path}`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5000,
    logger: silent,
  })
}

const quiet = (): void => {}
const silent = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  getLevel: () => 'error' as never,
  setName: quiet,
}

/** The error code Slack's client reports; fails when the call succeeds. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await failure(call)
  const data = (error as { data?: { error?: string } }).data
  return data?.error ?? String(error)
}

/** The error of a promise; fails when there is none. */
export async function failure(call: Promise<unknown>): Promise<unknown> {
  let value: unknown
  try {
    value = await call
  } catch (error) {
    return error
  }
  throw new Error(`expected a failure, got ${JSON.stringify(value)}`)
}

/** Waits until something holds; gives up just before mocha's own limit, so that a failed test leaves nothing running. */
export async function until(holds: () => boolean): Promise<void> {
  const endMs = performance.now() + 9000
  while (!holds()) {
    if (performance.now() > endMs) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
