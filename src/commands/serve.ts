import { AppError } from '../lib/errors.js'
import { createLogger, type Logger } from '../lib/logger.js'
import { clockOffsetMs, now, setClockOffset } from '../lib/now.js'
import { type Running, startPaidan } from '../main.js'
import { configOrExit, EX_CONFIG } from './config-or-exit.js'
import { DATABASE_AWAY } from './with-database.js'

/** How long what is under way may take after the first signal, in ms; a second signal ends it at once. */
const GRACE_MS = 15_000

export interface ServeOptions {
  /** Only the sandbox's server has it: how far its clock is ahead, and a parent that may move it. */
  clockOffsetMs?: number
}

/** Runs the desk until it is told to stop. */
export async function serve({ clockOffsetMs }: ServeOptions): Promise<void> {
  const config = configOrExit()
  const logger = createLogger(config.logLevel)
  if (clockOffsetMs !== undefined) setClockOffset(clockOffsetMs)
  process.on('unhandledRejection', (error) => logger.error('unhandled rejection', { error }))
  process.on('uncaughtException', (error) => {
    logger.error('uncaught exception', { error })
    process.exit(1)
  })
  const running = await startPaidan(config, logger).catch((error: unknown) => fail(logger, error))
  if (clockOffsetMs !== undefined) obeyParent(running, logger)
  stopOnSignal(running, logger)
}

function fail(logger: Logger, error: unknown): never {
  const code = error instanceof AppError ? error.code : 'internal.bug'
  logger.error('cannot start', { code, error })
  const hint = HINTS[code]
  if (hint) process.stderr.write(`${hint}\n`)
  process.exit(code === 'desk.absent' ? EX_CONFIG : 1)
}
const HINTS: Record<string, string> = {
  'desk.absent': 'No desk is set up in this database yet: run `paidan desk apply FILE` first.',
  'database.unavailable': DATABASE_AWAY,
}

function stopOnSignal(running: Running, logger: Logger): void {
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) process.exit(1)
    stopping = true
    logger.info('stopping', { signal })
    setTimeout(() => {
      logger.warn('stopped before everything was finished')
      process.exit(1)
    }, GRACE_MS).unref()
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('stopping failed', { error })
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}

/** The sandbox moves the clock of the server it started, over the channel only a parent has; it ends with its parent. */
function obeyParent(running: Running, logger: Logger): void {
  process.on('disconnect', () => process.exit(0))
  let moving = Promise.resolve()
  process.on('message', (message: { type?: unknown; id?: unknown; offsetMs?: unknown }) => {
    if (message.type !== 'clock' || typeof message.offsetMs !== 'number') return
    const { offsetMs } = message
    moving = moving
      .then(() => advance(running, offsetMs))
      .catch((error: unknown) => logger.error('sweep failed', { error }))
      .finally(() => process.send?.({ type: 'clock_moved', id: message.id }))
  })
}

/** A move of days must not take for ever. */
const MAX_STEPS = 300

/**
 * Moves the clock as time would: from one thing that comes due to the next, so that what would have been said in between
 * is said in between, and not late and all at once.
 */
async function advance(running: Running, offsetMs: number): Promise<void> {
  for (let step = 0; step < MAX_STEPS; step++) {
    const dueAt = await running.nextDueAt()
    const aheadMs = dueAt ? dueAt.getTime() - now().getTime() : Number.POSITIVE_INFINITY
    if (clockOffsetMs() + aheadMs >= offsetMs) break
    // what is due already and stays so is set aside by the sweep
    if (aheadMs <= 0 && step > 0) break
    setClockOffset(clockOffsetMs() + Math.max(0, aheadMs) + 1)
    await running.sweep()
  }
  setClockOffset(offsetMs)
  await running.sweep()
}
