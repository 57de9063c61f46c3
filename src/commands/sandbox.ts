import { createLogger } from '../lib/logger.js'
import { startSandbox } from '../sandbox/main.js'
import { configOrExit } from './config-or-exit.js'
import { readDesk } from './desk.js'
import { applyDesk } from './desk-in-database.js'
import { opensOnOf } from './opens-on.js'

/** Runs the emulated messengers, their page, and the desk's server under them, until it is told to stop. */
export async function runSandbox(options: { port: string; data: string; desk: string }): Promise<void> {
  const config = configOrExit()
  const applied = await applyDesk(options.desk, { quiet: true })
  if (applied !== 0) process.exit(applied)
  const desk = readDesk(options.desk)?.desk
  const sandbox = await startSandbox({
    port: Number(options.port),
    dataDir: options.data,
    mongodbUri: config.mongodbUri,
    deskFile: options.desk,
    ...(desk ? { opensOn: opensOnOf(desk) } : {}),
    log: createLogger('warn'),
    env: config.inherited,
  })
  process.stdout.write(`${sandbox.url}\n`)
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}
