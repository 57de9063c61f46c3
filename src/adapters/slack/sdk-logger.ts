import { LogLevel, type Logger as SdkLogger } from '@slack/bolt'
import type { Logger } from '../../lib/logger.js'

/**
 * Our logger as the SDK wants one. Below warnings nothing passes: at those levels the SDK logs whole requests, people's
 * words included. Only the first argument passes, for the same reason.
 */
export function sdkLogger(logger: Logger): SdkLogger {
  const said = (args: unknown[]): string => String(args[0]).slice(0, 300)
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...args) => logger.warn('slack sdk', { said: said(args) }),
    error: (...args) => logger.warn('slack sdk failed', { said: said(args) }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
