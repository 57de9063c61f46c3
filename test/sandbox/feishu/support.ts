import { createDecipheriv, createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, DefaultCache, type HttpInstance, WSClient } from '@larksuiteoapi/node-sdk'
import axios from 'axios'
import Fastify from 'fastify'
import {
  createFeishuPlatform,
  type FeishuEmulator,
  type FeishuOptions,
} from '../../../src/sandbox/feishu/emulator.js'
import { feishuGestures } from '../../../src/sandbox/feishu/gesture-routes.js'
import { feishuOpenApi } from '../../../src/sandbox/feishu/open-api.js'
import type { FeishuSeed } from '../../../src/sandbox/feishu/types.js'

export const MEI = 'ou_mei00000000000000000000000000001'
export const TOM = 'ou_tom00000000000000000000000000001'
export const BOT = 'ou_bot00000000000000000000000000001'
export const IT = 'oc_itdesk'
export const GENERAL = 'oc_general'
export const ENCRYPT_KEY = 'an-encrypt-key-for-tests'
export const SEED: FeishuSeed = {
  tenantKey: 'tenant0001',
  app: {
    id: 'cli_0123456789abcdef',
    secret: 'a-secret-for-tests',
    encryptKey: ENCRYPT_KEY,
    verificationToken: 'a-verification-token',
    name: 'Paidan',
    botOpenId: BOT,
  },
  users: [
    {
      openId: MEI,
      userId: 'mei',
      unionId: 'on_mei',
      name: '李梅',
      email: 'mei@acme.example',
      locale: 'zh-CN',
    },
    {
      openId: TOM,
      userId: 'tom',
      unionId: 'on_tom',
      name: 'Tom Berg',
      email: 'tom@acme.example',
      locale: 'en-US',
    },
  ],
  chats: [
    { chatId: IT, name: 'IT desk', members: [MEI, TOM], botIsMember: true },
    { chatId: GENERAL, name: 'General', members: [MEI, TOM] },
  ],
}

// biome-ignore lint/suspicious/noExplicitAny: what arrives is JSON of many shapes, and a test looks at one field of it
export type Json = any

/** What the app received: as it came, and decrypted. */
export type Received = { headers: IncomingMessage['headers']; raw: string; body: Json }
export type AppAnswer = { status?: number; body?: string; hang?: boolean }
/** An app that records what it gets and answers as told. */
export type App = {
  url: string
  received: Received[]
  /** the events of that type, decrypted, without their headers */
  events(type: string): Json[]
  answer: (request: Received) => AppAnswer | Promise<AppAnswer>
  close(): Promise<void>
}

/** What an app with that key reads in `{ "encrypt": … }`. */
export function decrypted(encrypt: string, key = ENCRYPT_KEY): Json {
  const bytes = Buffer.from(encrypt, 'base64')
  const secret = createHash('sha256').update(key).digest()
  const decipher = createDecipheriv('aes-256-cbc', secret, bytes.subarray(0, 16))
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString())
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
    const parsed = JSON.parse(raw)
    const body = typeof parsed.encrypt === 'string' ? decrypted(parsed.encrypt) : parsed
    const received = { headers: request.headers, raw, body }
    app.received.push(received)
    const answer = await app.answer(received)
    if (answer.hang) return
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body ?? '{}')
  })
  const url = await listen(server)
  const app: App = {
    url,
    received: [],
    events: (type) =>
      app.received.filter(({ body }) => body.header?.event_type === type).map(({ body }) => body.event),
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
  feishu: FeishuEmulator
  /** the real SDK */
  sdk: Client
  clock: Clock
  url: string
  /** a raw call of the open API with a valid token */
  call(verb: string, path: string, body?: unknown): Promise<{ status: number; headers: Headers; body: Json }>
  /** a gesture over HTTP */
  gesture(name: string, given: unknown): Promise<Json>
  close(): Promise<void>
}

/** An emulator on its own port, an app that listens, and the real client between them. Time stands still. */
export async function startWorld(options: Partial<FeishuOptions> = {}): Promise<World> {
  const app = await startApp()
  const clock = manualClock()
  const feishu = createFeishuPlatform({
    seed: SEED,
    requestUrl: `${app.url}/feishu/events`,
    publicUrl: 'http://127.0.0.1:1',
    now: clock.now,
    monotonic: clock.monotonic,
    retryDelaysMs: [],
    ...options,
  })
  const server = Fastify({ forceCloseConnections: true })
  feishuOpenApi(server, feishu, { prefix: '/feishu' })
  feishuGestures(server, feishu, '/sandbox/feishu')
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  feishu.configure({ publicUrl: url })
  const json = { 'content-type': 'application/json; charset=utf-8' }
  return {
    app,
    feishu,
    sdk: client(url),
    clock,
    url,
    async call(verb, path, body) {
      const token = await tokenOf(url)
      const response = await fetch(`${url}/feishu/open-apis${path}`, {
        method: verb,
        headers: { ...json, authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, headers: response.headers, body: await response.json() }
    },
    async gesture(name, given) {
      const body = JSON.stringify(given)
      const init = { method: 'POST', headers: json, body }
      return (await fetch(`${url}/sandbox/feishu/gestures/${name}`, init)).json()
    },
    async close() {
      feishu.close()
      await server.close()
      await app.close()
    },
  }
}

/** A tenant access token, asked for without the SDK. */
export async function tokenOf(url: string): Promise<string> {
  const response = await fetch(`${url}/feishu/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: SEED.app.id, app_secret: SEED.app.secret }),
  })
  return ((await response.json()) as Json).tenant_access_token
}

const quiet = (): void => {}
export const silent = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet }

function ownHttp(): HttpInstance {
  const http = axios.create({ timeout: 5000, proxy: false })
  http.interceptors.response.use((response) => {
    const wantsHeaders = (response.config as { $return_headers?: boolean }).$return_headers
    return wantsHeaders ? { data: response.data, headers: response.headers } : response.data
  })
  return http as unknown as HttpInstance
}

/** The real client: its own cache, no proxy, no words on the console. */
export function client(url: string, appSecret = SEED.app.secret): Client {
  return new Client({
    appId: SEED.app.id,
    appSecret,
    domain: `${url}/feishu`,
    cache: new DefaultCache(),
    httpInstance: ownHttp(),
    logger: silent,
  })
}

/** The real long connection; resolves once it stands. */
export function socketClient(
  url: string,
  options: Partial<ConstructorParameters<typeof WSClient>[0]> = {},
): WSClient {
  return new WSClient({
    appId: SEED.app.id,
    appSecret: SEED.app.secret,
    domain: `${url}/feishu`,
    httpInstance: ownHttp(),
    logger: silent,
    ...options,
  })
}

/** The platform's code in a failed call of the SDK; fails when the call succeeds. */
export async function refusal(call: Promise<unknown>): Promise<number> {
  let value: unknown
  try {
    value = await call
  } catch (error) {
    return (error as Json).response?.data?.code ?? Number.NaN
  }
  const code = (value as { code?: number } | null)?.code
  if (code !== undefined && code !== 0) return code
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

/** A small card with a button and, if asked, a form. */
export function card(title = 'a ticket', more: object[] = []): { [name: string]: unknown } {
  return {
    schema: '2.0',
    config: { update_multi: true },
    header: { title: { tag: 'plain_text', content: title } },
    body: { elements: [button('Claim', { verb: 'claim' }), ...more] },
  }
}
export function button(label: string, value: unknown, more: object = {}): { [name: string]: unknown } {
  return {
    tag: 'button',
    text: { tag: 'plain_text', content: label },
    behaviors: [{ type: 'callback', value }],
    ...more,
  }
}

/** Sends as the app with the real SDK; answers the message id. */
export async function sendCard(sdk: Client, content: unknown = card(), receiveId = IT): Promise<string> {
  const answer = await sdk.im.v1.message.create({
    params: { receive_id_type: receiveId.startsWith('oc_') ? 'chat_id' : 'open_id' },
    data: { receive_id: receiveId, msg_type: 'interactive', content: JSON.stringify(content) },
  })
  return answer.data?.message_id ?? ''
}
export async function sendText(sdk: Client, text: string, receiveId = IT, uuid?: string): Promise<string> {
  const answer = await sdk.im.v1.message.create({
    params: { receive_id_type: receiveId.startsWith('oc_') ? 'chat_id' : 'open_id' },
    data: {
      receive_id: receiveId,
      msg_type: 'text',
      content: JSON.stringify({ text }),
      ...(uuid ? { uuid } : {}),
    },
  })
  return answer.data?.message_id ?? ''
}
