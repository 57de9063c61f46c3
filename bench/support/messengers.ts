import { fileURLToPath } from 'node:url'
import { freePort } from '../../src/sandbox/free-port.js'
import * as feishu from './feishu-events.js'
import type { Identity } from './people.js'
import { type ServerProcess, startServer } from './server-process.js'
import * as slack from './slack-events.js'
import * as teams from './teams-events.js'

/** A messenger's stand-in, which answers at once, and what the program and those beside it must know of it. */
export interface OnMessenger {
  name: string
  /** What stands beside the program: a title, the script's name, and how much faster it is, roughly. */
  beside: readonly { title: string; start(): Promise<ServerProcess> }[]
  /** How the program is switched on. */
  environment: NodeJS.ProcessEnv
  /** The n-th employee's message, as a whole HTTP request. */
  requestOf(n: number, port: number, at: Date): Buffer
  /** Who the n-th employee is there. */
  identityOf(n: number): Identity
  stop(): Promise<void>
}

/** Starts one of the scripts beside this file on a port of its own. */
async function start(name: string, folder: string, env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const options = { port: await freePort(), logFile: `${folder}/${name}.log`, path: '/' }
  return await startServer(['--import', 'tsx', script], env, options)
}

async function onSlack(folder: string): Promise<OnMessenger> {
  const env = { SLACK_SIGNING_SECRET: slack.SIGNING_SECRET, SLACK_BOT_TOKEN: slack.BOT_TOKEN }
  const stub = await start('slack-stub', folder, env)
  return {
    name: 'Slack',
    beside: [
      { title: 'node:http, signature only', start: () => start('plain-server', folder, env) },
      { title: 'Bolt, empty listener', start: () => start('bolt-server', folder, env) },
    ],
    environment: { ...env, SLACK_API_URL: `http://127.0.0.1:${stub.port}/api/` },
    requestOf: slack.signedRequest,
    identityOf(n) {
      const { userId, channel } = slack.dmOf(n)
      return { platform: 'slack', userId, conversation: channel }
    },
    stop: () => stub.stop(),
  }
}

async function onTeams(folder: string): Promise<OnMessenger> {
  const stub = await start('teams-stub', folder, { BENCH_TEAMS_KEY: teams.publicJwk() })
  const origin = `http://127.0.0.1:${stub.port}`
  const metadata = `${origin}/openidconfiguration`
  return {
    name: 'Teams',
    beside: [
      {
        title: 'botbuilder, empty handler',
        start: () => start('teams-sdk-server', folder, { BENCH_TEAMS_METADATA: metadata }),
      },
    ],
    environment: {
      TEAMS_APP_ID: teams.APP_ID,
      TEAMS_APP_PASSWORD: teams.APP_PASSWORD,
      TEAMS_TENANT_ID: teams.TENANT_ID,
      TEAMS_SERVICE_URLS: `${origin}/`,
      TEAMS_OPENID_METADATA_URL: metadata,
      TEAMS_LOGIN_URL: origin,
    },
    requestOf: teams.teamsRequests(`${origin}/`),
    identityOf: (n) => ({ platform: 'teams', userId: teams.entraIdOf(n), conversation: teams.chatOf(n) }),
    stop: () => stub.stop(),
  }
}

async function onFeishu(folder: string): Promise<OnMessenger> {
  const stub = await start('feishu-stub', folder)
  return {
    name: 'Feishu',
    beside: [{ title: 'Feishu SDK, empty handler', start: () => start('feishu-sdk-server', folder) }],
    environment: {
      FEISHU_APP_ID: feishu.APP_ID,
      FEISHU_APP_SECRET: feishu.APP_SECRET,
      FEISHU_ENCRYPT_KEY: feishu.ENCRYPT_KEY,
      FEISHU_VERIFICATION_TOKEN: feishu.VERIFICATION_TOKEN,
      FEISHU_DOMAIN: `http://127.0.0.1:${stub.port}`,
    },
    requestOf: feishu.feishuRequest,
    identityOf: (n) => ({ platform: 'feishu', userId: feishu.openIdOf(n), conversation: feishu.chatOf(n) }),
    stop: () => stub.stop(),
  }
}

/** By the name that `--on=` takes. */
export const MESSENGERS = { slack: onSlack, teams: onTeams, feishu: onFeishu } as const
