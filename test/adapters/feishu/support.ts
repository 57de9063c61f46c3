import { createCipheriv, createHash } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  createFeishuAdapter,
  type FeishuAdapter,
  type FeishuOptions,
} from '../../../src/adapters/feishu/index.js'
import { createFeishuPlatform, type FeishuEmulator } from '../../../src/sandbox/feishu/emulator.js'
import { feishuOpenApi } from '../../../src/sandbox/feishu/open-api.js'
import type { FeishuSeed } from '../../../src/sandbox/feishu/types.js'
import { type Heard, heard } from '../heard.js'

export const APP_ID = 'cli_0123456789abcdef'
export const APP_SECRET = 'an-app-secret'
export const KEY = 'an-encrypt-key'
export const TOKEN = 'a-verification-token'
export const TENANT = 'tenant-acme'
export const AT = new Date('2026-11-20T08:00:00Z')
export const BOT = 'ou_bot00000000000000000000000000001'
export const MEI = 'ou_mei00000000000000000000000000001'
export const TOM = 'ou_tom00000000000000000000000000001'
export const ANN = 'ou_ann00000000000000000000000000001'
export const IT_DESK = 'oc_itdesk000000000000000000000001'
export const ELSEWHERE = 'oc_elsewhere0000000000000000000001'

const person = (openId: string, name: string, locale: string): FeishuSeed['users'][number] => ({
  openId,
  userId: openId.slice(3, 9),
  unionId: openId.replace('ou_', 'on_'),
  name,
  email: `${openId.slice(3, 6)}@acme.example`,
  locale,
})
const SEED: FeishuSeed = {
  tenantKey: TENANT,
  app: {
    id: APP_ID,
    secret: APP_SECRET,
    encryptKey: KEY,
    verificationToken: TOKEN,
    name: 'Paidan',
    botOpenId: BOT,
  },
  users: [person(MEI, '李梅', 'zh-CN'), person(TOM, 'Tom Berg', 'en-US'), person(ANN, 'Ann Lee', 'en-US')],
  chats: [
    { chatId: IT_DESK, name: 'IT desk', members: [TOM, ANN], botIsMember: true },
    { chatId: ELSEWHERE, name: 'elsewhere', members: [TOM] },
  ],
}

/** An adapter on a server of its own beside the emulator. `accept` and `click` can be replaced at any time. */
export interface World extends Heard {
  feishu: FeishuEmulator
  adapter: FeishuAdapter
  url: string
  domain: string
  clock: { at: Date }
  /** Called when the adapter has decided its answer to a request. */
  hooks: { answering: () => void }
  close(): Promise<void>
}

export interface WorldOptions extends Partial<FeishuOptions> {
  /** The emulator's; no encryption when empty. */
  emulatorKey?: string
}

/** Starts both, each on a port of its own. Who we are is not asked: call `adapter.start()` for it. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { emulatorKey = KEY, ...given } = options
  const clock = { at: AT }
  const feishu = createFeishuPlatform({
    seed: { ...SEED, app: { ...SEED.app, encryptKey: emulatorKey } },
    requestUrl: 'http://127.0.0.1:1/',
    publicUrl: 'http://127.0.0.1:1',
    now: () => clock.at,
    rateLimits: false,
    retryDelaysMs: [0, 0],
    via: given.mode ?? 'webhook',
  })
  const api = Fastify()
  feishuOpenApi(api, feishu, { prefix: '/feishu' })
  const apiOrigin = await api.listen({ port: 0, host: '127.0.0.1' })
  const { log, accepted, clicks, refused, intake } = heard()
  const domain = `${apiOrigin}/feishu`
  const adapter = createFeishuAdapter({
    appId: APP_ID,
    appSecret: APP_SECRET,
    encryptKey: KEY,
    verificationToken: TOKEN,
    domain,
    mode: 'webhook',
    logger: log,
    now: () => clock.at,
    store: memory(),
    intake: { accept: (events) => intake.accept(events), click: (click) => intake.click(click) },
    onRefused: (reason) => refused.push(reason),
    ...given,
  })
  const server: FastifyInstance = Fastify()
  const hooks = { answering: (): void => undefined }
  server.addHook('onSend', async () => hooks.answering())
  adapter.register(server)
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  feishu.configure({ publicUrl: apiOrigin, requestUrl: `${url}/feishu/events` })
  return {
    feishu,
    adapter,
    url,
    domain,
    log,
    accepted,
    clicks,
    refused,
    intake,
    clock,
    hooks,
    async close() {
      feishu.close()
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
  key?: string
}
/** Headers that prove `body`, made independently of both the adapter and the emulator. */
export function signed(body: string | Buffer, { at = AT, key = KEY }: Signing = {}): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const nonce = '0123456789'
  const digest = createHash('sha256')
    .update(timestamp + nonce + key)
    .update(body)
    .digest('hex')
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': digest,
  }
}

/** A body as Feishu encrypts it. */
export function encrypted(value: unknown, key = KEY): string {
  const iv = Buffer.alloc(16, 7)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const bytes = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
  return JSON.stringify({ encrypt: bytes.toString('base64') })
}

export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const response = await fetch(`${url}/feishu/events`, { method: 'POST', body, headers })
  return { status: response.status, body: await response.text() }
}

/** What a database keeps for the adapter, in memory. */
export function memory(): FeishuOptions['store'] {
  const kept = new Map<string, string>()
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
  }
}

let eventCount = 0
/** An event in its envelope. */
export function envelope(
  type: string,
  event: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Record<string, unknown> {
  eventCount += 1
  return {
    schema: '2.0',
    header: {
      event_id: `ev-${eventCount}`,
      event_type: type,
      create_time: String(AT.getTime()),
      token: TOKEN,
      app_id: APP_ID,
      tenant_key: TENANT,
      ...header,
    },
    event,
  }
}

/** A message as `im.message.receive_v1` brings it. */
export function message(
  more: Record<string, unknown> = {},
  sender: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    sender: {
      sender_id: { union_id: 'on_1', user_id: 'u1', open_id: MEI },
      sender_type: 'user',
      tenant_key: TENANT,
      ...sender,
    },
    message: {
      message_id: 'om_1',
      create_time: String(AT.getTime()),
      chat_id: 'oc_p2p1',
      chat_type: 'p2p',
      message_type: 'text',
      content: '{"text":"printer is on fire"}',
      ...more,
    },
  }
}

/** A click on a card. */
export function cardAction(
  action: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Record<string, unknown> {
  return envelope(
    'card.action.trigger',
    {
      operator: { tenant_key: TENANT, open_id: TOM, user_id: 'u2', union_id: 'on_2' },
      token: 'c-0123',
      action: { tag: 'button', ...action },
      host: 'im_message',
      context: { open_message_id: 'om_card', open_chat_id: IT_DESK },
    },
    header,
  )
}

export function deliver(world: World, body: unknown): Promise<{ status: number; body: string }> {
  const raw = encrypted(body)
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
