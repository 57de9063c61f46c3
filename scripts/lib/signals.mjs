import { killAllGuarded, stopAllGuarded } from './guarded.mjs'
import { endRunning } from './run.mjs'

/**
 * Ends the program on Ctrl-C, SIGTERM or SIGHUP with nothing left behind. npm passes Ctrl-C on, so it comes twice within
 * moments; pressed again later it means: now.
 */
export function endOnSignals({ exitCode = 0, atEnd = () => {} } = {}) {
  let since
  const onSignal = async () => {
    if (since !== undefined) {
      if (performance.now() - since > 500) await killAllGuarded()
      return
    }
    since = performance.now()
    const code = await endAll(exitCode)
    atEnd()
    process.exit(code)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal)
  return { isEnding: () => since !== undefined }
}

/** Stops every process that was started, and returns the exit code it was given. */
export async function endAll(exitCode) {
  endRunning()
  await stopAllGuarded()
  return exitCode
}
