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
  const slackOn = Object.keys(SLACK.shape).some((name) => env[name] || env[`${name}_FILE`])
  const slack = slackOn ? read(SLACK) : undefined
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
    },
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
