// A parent that supervises the stand-in server and is meant to be killed. Prints the server's address when it is up.
import { fileURLToPath } from 'node:url'
import { createLogger } from '../../src/lib/logger.js'
import { supervise } from '../../src/sandbox/supervisor.js'

const server = supervise({
  args: (offsetMs) => [fileURLToPath(new URL('stand-in-server.mjs', import.meta.url)), String(offsetMs)],
  cwd: process.cwd(),
  env: process.env,
  clockOffsetMs: 0,
  logFile: process.argv[2] ?? '',
  log: createLogger('silent'),
  onLine: () => {},
  onState: () => {},
  onAddress: () => {},
})
await server.whenUp(30_000)
console.log(server.url)
