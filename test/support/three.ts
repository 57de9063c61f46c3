import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastify from 'fastify'
import { glimpseDesk } from '../../src/sandbox/desk-glimpse.js'
import { createFeishuPlatform, type FeishuEmulator } from '../../src/sandbox/feishu/emulator.js'
import { feishuOpenApi } from '../../src/sandbox/feishu/open-api.js'
import { FEISHU_APP_ID, feishuSeed } from '../../src/sandbox/feishu-seed.js'
import { createSlackWorkspace, type SlackEmulator } from '../../src/sandbox/slack/emulator.js'
import { slackWebApi } from '../../src/sandbox/slack/web-api.js'
import { slackSeed } from '../../src/sandbox/slack-seed.js'
import { teamsConnector } from '../../src/sandbox/teams/connector.js'
import { createTeamsPlatform, type TeamsEmulator } from '../../src/sandbox/teams/emulator.js'
import { TEAMS_APP_ID, TEAMS_TENANT_ID, teamsSeed } from '../../src/sandbox/teams-seed.js'
import type { Client } from './clients/client.js'
import { feishuClient } from './clients/feishu.js'
import { slackClient } from './clients/slack.js'
import { teamsClient } from './clients/teams.js'
import { runCli, type ServerProcess, SIGNING_SECRET, spawnServer } from './world.js'

export const THREE_DESK = fileURLToPath(new URL('../fixtures/desks/three.yaml', import.meta.url))

/** People and channels of that desk, by messenger. */
export const WANG = { feishu: 'ou_wang0000000000000000000000000001', slack: 'U0WANG0001' }
export const EMMA = { teams: '11111111-1111-4111-8111-111111111111' }
export const OMAR = { slack: 'U0OMAR0001' }
export const CHEN = { teams: '22222222-2222-4222-8222-222222222222' }
export const LIU = { slack: 'U0LIUFANG1' }
export const HE = { feishu: 'ou_he000000000000000000000000000002' }
export const ZHAO = { slack: 'U0ZHAOJIN1', teams: '33333333-3333-4333-8333-333333333333' }
export const SUN = { feishu: 'ou_sun00000000000000000000000000003' }
export const TEAM = {
  slack: 'C0ITDESK01',
  teams: '19:itdesk@thread.tacv2',
  feishu: 'oc_itdesk00000000000000000000000001',
} as const

/** So many people more on each messenger, who are not on the desk's list. */
const GUESTS = 12
/** The account of the nth guest of a messenger, from 0. */
export function guestOf(platform: (typeof PLATFORMS)[number], n: number): string {
  const serial = String(n).padStart(4, '0')
  if (platform === 'slack') return `U0GUEST${serial}`
  if (platform === 'feishu') return `ou_guest${serial.padStart(28, '0')}`
  return `44444444-4444-4444-8444-44444444${serial}`
}

const BOT_TOKEN = 'xoxb-000000000000-three'
const FEISHU = {
  appSecret: 'an-app-secret-of-tests',
  encryptKey: 'an-encrypt-key',
  verificationToken: 'a-token',
}
const TEAMS = { appPassword: 'an-app-password-of-tests' }
/** Where links on cards lead, whichever server made them. */
export const FILES_URL = 'http://files.three.example'
export const PLATFORMS = ['slack', 'teams', 'feishu'] as const

export interface ThreeOptions {
  /** Real milliseconds before the copies of an event that was not acknowledged. */
  retryDelaysMs?: readonly number[]
  /** The messengers' own limits; off unless asked for. */
  rateLimits?: boolean
}

/** The three emulated messengers, and servers of the program against one database. */
export interface ThreeWorld {
  slack: SlackEmulator
  feishu: FeishuEmulator
  teams: TeamsEmulator
  /** Each as its people use it. */
  on: Readonly<Record<(typeof PLATFORMS)[number], Client>>
  servers: ServerProcess[]
  /** Starts a server; every messenger sends to the newest one. */
  serve(env?: NodeJS.ProcessEnv): Promise<ServerProcess>
  now(): Date
  /** Moves the clock of the messengers, of the servers that run and of those started later. */
  advance(ms: number): Promise<void>
  /** Resolves when every event has been acknowledged or given up, on every messenger. */
  idle(): Promise<void>
  close(): Promise<void>
}

export async function startThree(mongodbUri: string, options: ThreeOptions = {}): Promise<ThreeWorld> {
  const { retryDelaysMs = [100, 1000, 3000], rateLimits = false } = options
  const api = fastify({ forceCloseConnections: true })
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  const desk = glimpseDesk(readFileSync(THREE_DESK, 'utf8'))
  const nowhere = { requestUrl: 'http://127.0.0.1:9/', publicUrl: 'http://127.0.0.1:9' }
  const common = { ...nowhere, now, retryDelaysMs, rateLimits }
  const slackPeople = slackSeed(desk, BOT_TOKEN)
  const slack = createSlackWorkspace({
    ...common,
    seed: { ...slackPeople, users: [...slackPeople.users, ...guests('slack').map(slackGuest)] },
    signingSecret: SIGNING_SECRET,
  })
  const feishuPeople = feishuSeed(desk, FEISHU)
  const feishu = createFeishuPlatform({
    ...common,
    seed: { ...feishuPeople, users: [...feishuPeople.users, ...guests('feishu').map(feishuGuest)] },
  })
  const teamsPeople = teamsSeed(desk, TEAMS)
  const teams = createTeamsPlatform({
    ...common,
    seed: { ...teamsPeople, users: [...teamsPeople.users, ...guests('teams').map(teamsGuest)] },
  })
  slackWebApi(api, slack, { prefix: '/slack/api' })
  feishuOpenApi(api, feishu, { prefix: '/feishu' })
  teamsConnector(api, teams, { prefix: '/teams' })
  const origin = await api.listen({ port: 0, host: '127.0.0.1' })
  for (const emulator of [slack, feishu, teams]) emulator.configure({ publicUrl: origin })
  await runCli(['desk', 'apply', THREE_DESK], { MONGODB_URI: mongodbUri }).catch(async (error: unknown) => {
    await api.close()
    throw error
  })
  const environment: NodeJS.ProcessEnv = {
    MONGODB_URI: mongodbUri,
    PUBLIC_URL: FILES_URL,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: `${origin}/slack/api/`,
    FEISHU_APP_ID,
    FEISHU_APP_SECRET: FEISHU.appSecret,
    FEISHU_ENCRYPT_KEY: FEISHU.encryptKey,
    FEISHU_VERIFICATION_TOKEN: FEISHU.verificationToken,
    FEISHU_DOMAIN: `${origin}/feishu`,
    TEAMS_APP_ID,
    TEAMS_APP_PASSWORD: TEAMS.appPassword,
    TEAMS_TENANT_ID,
    TEAMS_SERVICE_URLS: `${origin}/teams/`,
    TEAMS_OPENID_METADATA_URL: `${origin}/teams/openid/.well-known/openidconfiguration`,
    TEAMS_LOGIN_URL: `${origin}/teams/login`,
  }
  const servers: ServerProcess[] = []
  const on = { slack: slackClient(slack), feishu: feishuClient(feishu), teams: teamsClient(teams) }
  return {
    slack,
    feishu,
    teams,
    on,
    servers,
    now,
    async serve(env = {}) {
      const command = ['sandbox-server', '--clock-offset-ms', String(offsetMs)]
      const server = await spawnServer(command, { ...environment, ...env })
      servers.push(server)
      slack.configure({ requestUrl: `${server.url}/slack/events` })
      feishu.configure({ requestUrl: `${server.url}/feishu/events` })
      teams.configure({ requestUrl: `${server.url}/teams/messages` })
      await server.ready()
      return server
    },
    async advance(ms) {
      offsetMs += ms
      await Promise.all(servers.map((server) => server.moveClock(offsetMs)))
    },
    idle: async () => void (await Promise.all(PLATFORMS.map((one) => on[one].idle()))),
    async close() {
      for (const emulator of [slack, feishu, teams]) emulator.close()
      await Promise.all(servers.map((server) => server.stop()))
      await api.close()
    },
  }
}

const guests = (platform: (typeof PLATFORMS)[number]): string[] =>
  Array.from({ length: GUESTS }, (_, n) => guestOf(platform, n))
const named = (id: string) => ({ name: `guest${id.slice(-4)}`, email: `${id.slice(-12)}@elsewhere.example` })
const slackGuest = (id: string) => ({
  ...{ id, ...named(id), realName: named(id).name },
  ...{ locale: 'en-US', tz: 'Europe/London' },
})
const feishuGuest = (id: string) => ({
  ...{ openId: id, userId: id.slice(-12), unionId: id.replace('ou_', 'on_'), locale: 'zh-CN' },
  ...named(id),
})
const teamsGuest = (id: string) => ({
  ...{ aadObjectId: id, mri: `29:${id}`, locale: 'en-US', zone: 'Europe/London' },
  ...named(id),
})
