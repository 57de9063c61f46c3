import { expect } from 'chai'
import { type ServerProcess, until } from '../support/world.js'

/** Slack sends again at once, after one minute and after five: here sooner, and as often as a restart may take. */
export const RETRIES_MS: readonly number[] = Array.from({ length: 600 }, () => 200)

/** As far as the clock moves on while nothing runs: the dead server's leases are over then. */
export const LEASE_MS = 60_000

/** Waits for the end of a server that is to die at its checkpoint: by its own SIGKILL, and nothing else. */
export async function killed(server: ServerProcess): Promise<void> {
  let ended: Awaited<ServerProcess['exited']> | undefined
  void server.exited.then((how) => {
    ended = how
  })
  await until('the server is dead', () => ended, 60_000).catch((error: unknown) => {
    throw new Error(`it lives; its last lines: ${JSON.stringify(server.log.slice(-5))}`, { cause: error })
  })
  expect(ended).to.deep.equal({ code: null, signal: 'SIGKILL' })
}
