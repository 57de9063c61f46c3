import winston from 'winston'

/** What the program logs with. Fields are ids, codes and numbers; a person's words and secrets have no place here. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  child(fields: LogFields): Logger
}
export type LogFields = Readonly<Record<string, unknown>>

const SECRET_KEY = /token|secret|password|authorization|cookie|signature|^text$|^body$|^title$|excerpt|email/i
const SECRET_VALUE =
  /xox[a-z](\.[a-z]+)?-[\w-]+|xapp-[\w-]+|Bearer\s+[\w.~+/=-]+|mongodb(\+srv)?:\/\/[^@\s/]+@|[\w.+-]+@[\w-]+(\.[\w-]+)+/g

/** A copy of `value` in which secrets and people's words are replaced by `[redacted]`, errors by plain data. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(SECRET_VALUE, '[redacted]').slice(0, 2000)
  if (value instanceof Date || value === null || typeof value !== 'object') return value
  if (ArrayBuffer.isView(value)) return '[bytes]'
  if (depth > 5) return '[deep]'
  if (value instanceof Error) {
    const { name, message, stack, cause } = value
    const code = (value as { code?: unknown }).code
    return redacted({ name, message, code, stack, ...(cause === undefined ? {} : { cause }) }, depth)
  }
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redacted(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [
      key,
      SECRET_KEY.test(key) ? '[redacted]' : redacted(v, depth + 1),
    ]),
  )
}

/** JSON lines on standard output, redacted. `level` is one of winston's npm levels, or `silent`. */
export function createLogger(level: string): Logger {
  const redact = winston.format((info) => {
    for (const key of Object.keys(info)) {
      if (key !== 'level' && key !== 'message')
        info[key] = SECRET_KEY.test(key) ? '[redacted]' : redacted(info[key])
    }
    return info
  })
  return winston.createLogger({
    level: level === 'silent' ? 'error' : level,
    silent: level === 'silent',
    format: winston.format.combine(redact(), winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console()],
  })
}
