import { createPrivateKey, sign } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  createTeamsAdapter,
  type TeamsAdapter,
  type TeamsOptions,
} from '../../../src/adapters/teams/index.js'
import { teamsConnector } from '../../../src/sandbox/teams/connector.js'
import { createTeamsPlatform, type TeamsEmulator } from '../../../src/sandbox/teams/emulator.js'
import type { TeamsSeed, VisibleMessage } from '../../../src/sandbox/teams/types.js'
import { type Heard, heard } from '../heard.js'

export const AT = new Date('2026-11-20T08:00:00Z')
export const TENANT = '11111111-0000-4000-8000-000000000001'
export const APP_ID = '22222222-0000-4000-8000-000000000002'
export const PASSWORD = 'a-password-for-tests'
export const BOT_ID = `28:${APP_ID}`
export const MEI = 'aaaaaaaa-0000-4000-8000-00000000000a'
export const TOM = 'bbbbbbbb-0000-4000-8000-00000000000b'
export const ANN = 'cccccccc-0000-4000-8000-00000000000c'
/** Has not got the app. */
export const BOB = 'dddddddd-0000-4000-8000-00000000000d'
export const IT_DESK = '19:itdesk@thread.tacv2'

const person = (aadObjectId: string, mri: string, name: string, locale: string, zone: string) => ({
  aadObjectId,
  mri,
  name,
  email: `${mri.slice(3)}@acme.example`,
  locale,
  zone,
})
const SEED: TeamsSeed = {
  tenantId: TENANT,
  bot: { id: BOT_ID, name: 'Paidan', appId: APP_ID, appPassword: PASSWORD },
  users: [
    person(MEI, '29:mei', '李梅', 'zh-CN', 'Asia/Shanghai'),
    person(TOM, '29:tom', 'Tom Berg', 'en-US', 'Europe/Berlin'),
    person(ANN, '29:ann', 'Ann Lee', 'en-US', 'America/Sao_Paulo'),
    { ...person(BOB, '29:bob', 'Bob', 'en-US', 'Etc/UTC'), hasApp: false },
  ],
  teams: [
    {
      id: '19:general@thread.tacv2',
      name: 'Service desk',
      channels: [
        { id: '19:general@thread.tacv2', name: 'General' },
        { id: IT_DESK, name: 'IT desk' },
      ],
      members: [TOM, ANN],
    },
  ],
}

/** A store in memory. */
export function mapStore(kept = new Map<string, string>()): TeamsOptions['store'] & { kept: typeof kept } {
  return {
    kept,
    get: async (key) => kept.get(key),
    set: async (key, value) => {
      kept.set(key, value)
    },
  }
}

/** An adapter on a server of its own beside the emulator. `accept` and `click` can be replaced at any time. */
export interface World extends Heard {
  teams: TeamsEmulator
  adapter: TeamsAdapter
  server: FastifyInstance
  url: string
  store: ReturnType<typeof mapStore>
  clock: { at: Date }
  /** Another adapter for the same app, as after a restart. */
  another(): TeamsAdapter
  close(): Promise<void>
}

/** Starts both, each on a port of its own. */
export async function startWorld(options: Partial<TeamsOptions> = {}): Promise<World> {
  const clock = { at: AT }
  const teams = createTeamsPlatform({
    seed: structuredClone(SEED),
    requestUrl: 'http://127.0.0.1:1/',
    publicUrl: 'http://127.0.0.1:1',
    now: () => clock.at,
    rateLimits: false,
    retryDelaysMs: [0],
  })
  const api = Fastify()
  teamsConnector(api, teams, { prefix: '/teams' })
  const apiOrigin = await api.listen({ port: 0, host: '127.0.0.1' })
  const { log, accepted, clicks, refused, intake } = heard()
  const store = mapStore()
  const another = () =>
    createTeamsAdapter({
      auth: { kind: 'app', appId: APP_ID, appPassword: PASSWORD, tenantId: TENANT },
      serviceUrls: [`${apiOrigin}/teams/`],
      openIdMetadataUrl: `${apiOrigin}/teams/openid/.well-known/openidconfiguration`,
      loginUrl: `${apiOrigin}/teams/login`,
      store,
      logger: log,
      now: () => clock.at,
      intake: { accept: (events) => intake.accept(events), click: (click) => intake.click(click) },
      onRefused: (reason) => refused.push(reason),
      ...options,
    })
  const adapter = another()
  const server = Fastify()
  adapter.register(server)
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  teams.configure({ publicUrl: apiOrigin, requestUrl: `${url}/teams/messages` })
  return {
    teams,
    adapter,
    another,
    server,
    url,
    log,
    store,
    accepted,
    clicks,
    refused,
    intake,
    clock,
    async close() {
      teams.close()
      await adapter.stop()
      for (const each of [server, api]) {
        each.server.closeAllConnections()
        await each.close()
      }
    },
  }
}

export interface Claims {
  aud?: string
  iss?: string
  serviceurl?: string | undefined
  exp?: number | undefined
  nbf?: number
}
/** A token as the service signs it, made independently of both the adapter and the emulator. */
export function token(world: World, claims: Claims = {}, alter: { kid?: string; alg?: string } = {}): string {
  const { key } = world.teams.snapshot()
  const seconds = Math.floor(Date.now() / 1000)
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = part({ typ: 'JWT', alg: 'RS256', kid: key.kid, ...alter })
  const body = part({
    iss: 'https://api.botframework.com',
    aud: APP_ID,
    serviceurl: world.teams.serviceUrl,
    nbf: seconds - 60,
    exp: seconds + 3600,
    ...claims,
  })
  const signer = createPrivateKey({ key: key as Record<string, string>, format: 'jwk' })
  return `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), signer).toString('base64url')}`
}

/** A message of a person to the bot, as the wire has it. */
export function activity(world: World, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: '1763625600123',
    timestamp: AT.toISOString(),
    channelId: 'msteams',
    serviceUrl: world.teams.serviceUrl,
    from: { id: '29:mei', name: '李梅', aadObjectId: MEI },
    recipient: { id: BOT_ID, name: 'Paidan' },
    conversation: { conversationType: 'personal', tenantId: TENANT, id: 'a:1mei' },
    channelData: { tenant: { id: TENANT } },
    text: 'printer is on fire',
    textFormat: 'plain',
    locale: 'zh-CN',
    localTimezone: 'Asia/Shanghai',
    ...more,
  }
}

export async function post(
  world: World,
  body: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${token(world)}` },
): Promise<{ status: number; body: string }> {
  const response = await fetch(`${world.url}/teams/messages`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
  return { status: response.status, body: await response.text() }
}

/** What somebody sees in a conversation. */
export function seenBy(world: World, userId: string, conversation: string): VisibleMessage[] {
  return world.teams.view(userId).conversations.find(({ id }) => id === conversation)?.messages ?? []
}

/** Waits until something holds, as long as mocha allows. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2))
}
