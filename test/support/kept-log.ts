import type { LogFields, Logger } from '../../src/lib/logger.js'

/** A logger that keeps what it is given. */
export interface KeptLog extends Logger {
  lines: { level: string; message: string; fields: LogFields | undefined }[]
}
export function keptLog(): KeptLog {
  const lines: KeptLog['lines'] = []
  const at =
    (level: string) =>
    (message: string, fields?: LogFields): void => {
      lines.push({ level, message, fields })
    }
  const logger: KeptLog = {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => logger,
  }
  return logger
}
