import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CHECKPOINTS } from './lib/crash.js'

/** The only reader of the environment. Each variable may also be given as `NAME_FILE`, a file that holds the value. */
const port = z.coerce.number().int().min(0).max(65535)
const url = z.url({ protocol: /^https?$/ })
const PAIDAN = z.object({
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'a mongodb:// or mongodb+srv:// address'),
  PORT: port.default(3000),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: url.optional(),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
  /** A checkpoint, or `checkpoint#n` for the n-th time it is passed. */
  PAIDAN_CRASH_AT: z
    .string()
    .regex(new RegExp(`^(${CHECKPOINTS.join('|')})(#[1-9]\\d*)?$`), `one of ${CHECKPOINTS.join(', ')}`)
    .optional(),
})
const SLACK = z.object({
  SLACK_BOT_TOKEN: z.string().regex(/^xoxb-/, 'a bot token, xoxb-…'),
  SLACK_SIGNING_SECRET: z.string().min(8, 'the signing secret of the app'),
  SLACK_API_URL: url.optional(),
})
const FEISHU_DOMAINS: Readonly<Record<string, string>> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
}
const FEISHU = z.object({
  FEISHU_APP_ID: z.string().regex(/^cli_[0-9a-fA-F]{16}$/, 'an app id, cli_ and 16 hexadecimal digits'),
  FEISHU_APP_SECRET: z.string().min(8, 'the secret of the app'),
  FEISHU_ENCRYPT_KEY: z.string().min(1).optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().min(1).optional(),
  FEISHU_DOMAIN: z
    .string()
    .transform((value) => FEISHU_DOMAINS[value] ?? value)
    .refine((value) => url.safeParse(value).success, 'feishu, lark, or an http(s) address')
    .optional(),
  FEISHU_MODE: z.enum(['webhook', 'websocket']).default('webhook'),
})
const TEAMS = z.object({
  TEAMS_AUTH: z.enum(['app', 'anonymous']).default('app'),
  TEAMS_APP_ID: z.string().min(1).optional(),
  TEAMS_APP_PASSWORD: z.string().min(1).optional(),
  TEAMS_TENANT_ID: z.string().min(1).optional(),
  TEAMS_THREADS: z.enum(['all', 'mentions']).default('all'),
  TEAMS_SERVICE_URLS: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine(
      (list) => list.every((one) => url.safeParse(one).success),
      'http(s) addresses with commas between',
    )
    .optional(),
  TEAMS_OPENID_METADATA_URL: url.optional(),
  TEAMS_LOGIN_URL: url.optional(),
})
const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

export interface FeishuConfig {
  appId: string
  appSecret: string
  encryptKey?: string
  verificationToken?: string
  domain?: string
  mode: 'webhook' | 'websocket'
}
export interface TeamsConfig {
  /** Anonymous: for Microsoft's own test client on this machine; nobody's identity is checked. */
  auth: { kind: 'app'; appId: string; appPassword: string; tenantId: string } | { kind: 'anonymous' }
  /** Further origins at which the Teams service may be. */
  serviceUrls?: string[]
  openIdMetadataUrl?: string
  loginUrl?: string
  /** False: Teams passes on mentions only, since the teams' owners do not grant more. */
  hearsThreads?: boolean
}

export interface Config {
  mongodbUri: string
  port: number
  host: string
  publicUrl: string
  logLevel: string
  /** What a child process of ours starts from. */
  inherited: NodeJS.ProcessEnv
  crashAt?: { checkpoint: (typeof CHECKPOINTS)[number]; nth: number }
  slack?: { botToken: string; signingSecret: string; apiUrl?: string }
  feishu?: FeishuConfig
  teams?: TeamsConfig
}
export type ConfigProblem = { name: string; expected: string }
export type ReadConfig = { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] }

/** The configuration, or everything that is wrong with it at once. Values are never part of a problem. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ReadConfig {
  const problems: ConfigProblem[] = []
  const read = <S extends z.ZodObject>(schema: S): z.output<S> | undefined => {
    const values = Object.fromEntries(
      Object.keys(schema.shape).map((name) => [name, valueIn(env, name, problems)]),
    )
    const parsed = schema.safeParse(values)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0])
      // its file cannot be read: that is said already
      if (problems.some((problem) => problem.name === `${name}_FILE`)) continue
      problems.push({
        name,
        expected: values[name] === undefined ? `${name} (or ${name}_FILE) to be set` : issue.message,
      })
    }
    return undefined
  }
  const paidan = read(PAIDAN)
  // a messenger with none of its variables set is off
  const isOn = (schema: z.ZodObject) =>
    Object.keys(schema.shape).some((name) => env[name] || env[`${name}_FILE`])
  const slack = isOn(SLACK) ? read(SLACK) : undefined
  const feishu = isOn(FEISHU) ? feishuOf(read(FEISHU), problems) : undefined
  const teams = isOn(TEAMS) ? teamsOf(read(TEAMS), paidan?.HOST, problems) : undefined
  if (paidan?.PAIDAN_CRASH_AT && paidan.NODE_ENV === 'production') {
    problems.push({ name: 'PAIDAN_CRASH_AT', expected: 'not to be set in production' })
  }
  if (problems.length > 0 || !paidan) return { ok: false, problems }
  const [checkpoint, nth] = (paidan.PAIDAN_CRASH_AT ?? '').split('#')
  const known = CHECKPOINTS.find((one) => one === checkpoint)
  return {
    ok: true,
    config: {
      mongodbUri: paidan.MONGODB_URI,
      port: paidan.PORT,
      host: paidan.HOST,
      publicUrl:
        paidan.PUBLIC_URL ?? `http://${paidan.HOST === '0.0.0.0' ? '127.0.0.1' : paidan.HOST}:${paidan.PORT}`,
      logLevel: paidan.LOG_LEVEL,
      inherited: env,
      ...(known ? { crashAt: { checkpoint: known, nth: Number(nth ?? 1) } } : {}),
      ...(slack
        ? {
            slack: {
              botToken: slack.SLACK_BOT_TOKEN,
              signingSecret: slack.SLACK_SIGNING_SECRET,
              ...(slack.SLACK_API_URL ? { apiUrl: slack.SLACK_API_URL } : {}),
            },
          }
        : {}),
      ...(feishu ? { feishu } : {}),
      ...(teams ? { teams } : {}),
    },
  }
}

/** Requires what the mode needs: a webhook nobody could check would let everybody in. */
function feishuOf(
  read: z.output<typeof FEISHU> | undefined,
  problems: ConfigProblem[],
): FeishuConfig | undefined {
  if (!read) return undefined
  if (read.FEISHU_MODE === 'webhook') {
    requireAll(read, ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'], problems)
  }
  return {
    appId: read.FEISHU_APP_ID,
    appSecret: read.FEISHU_APP_SECRET,
    mode: read.FEISHU_MODE,
    ...(read.FEISHU_ENCRYPT_KEY ? { encryptKey: read.FEISHU_ENCRYPT_KEY } : {}),
    ...(read.FEISHU_VERIFICATION_TOKEN ? { verificationToken: read.FEISHU_VERIFICATION_TOKEN } : {}),
    ...(read.FEISHU_DOMAIN ? { domain: read.FEISHU_DOMAIN } : {}),
  }
}

function teamsOf(
  read: z.output<typeof TEAMS> | undefined,
  host: string | undefined,
  problems: ConfigProblem[],
): TeamsConfig | undefined {
  if (!read) return undefined
  const isAnonymous = read.TEAMS_AUTH === 'anonymous'
  if (isAnonymous && !LOOPBACK.includes(host ?? '')) {
    problems.push({ name: 'TEAMS_AUTH', expected: 'anonymous only where HOST is a loopback address' })
  }
  if (!isAnonymous) requireAll(read, ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'], problems)
  const {
    TEAMS_APP_ID: appId = '',
    TEAMS_APP_PASSWORD: appPassword = '',
    TEAMS_TENANT_ID: tenantId = '',
  } = read
  return {
    auth: isAnonymous ? { kind: 'anonymous' } : { kind: 'app', appId, appPassword, tenantId },
    ...(read.TEAMS_SERVICE_URLS ? { serviceUrls: read.TEAMS_SERVICE_URLS } : {}),
    ...(read.TEAMS_OPENID_METADATA_URL ? { openIdMetadataUrl: read.TEAMS_OPENID_METADATA_URL } : {}),
    ...(read.TEAMS_LOGIN_URL ? { loginUrl: read.TEAMS_LOGIN_URL } : {}),
    ...(read.TEAMS_THREADS === 'mentions' ? { hearsThreads: false } : {}),
  }
}

function requireAll(read: object, names: readonly string[], problems: ConfigProblem[]): void {
  for (const name of names) {
    const value: unknown = Reflect.get(read, name)
    if (value === undefined) problems.push({ name, expected: `${name} (or ${name}_FILE) to be set` })
  }
}

function valueIn(env: NodeJS.ProcessEnv, name: string, problems: ConfigProblem[]): string | undefined {
  const direct = env[name]
  if (direct !== undefined && direct !== '') return direct
  const file = env[`${name}_FILE`]
  if (!file) return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    problems.push({ name: `${name}_FILE`, expected: 'the path of a file that can be read' })
    return undefined
  }
}
