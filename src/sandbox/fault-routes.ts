import type { FastifyInstance } from 'fastify'
import type { Parts } from './parts.js'

const MAX_DOWN_MS = 600_000

/** What goes wrong everywhere at once; each messenger's own routes make it go wrong there alone. */
export function faultRoutes(app: FastifyInstance, { messengers, trace, server }: Parts): void {
  app.post('/sandbox/faults/plug', () => {
    trace.act({ gesture: 'pull_the_plug' })
    server().pullThePlug()
    return { state: server().state }
  })
  app.post('/sandbox/faults/deliverTwice', () => {
    trace.act({ gesture: 'deliverTwice' })
    for (const { faults } of messengers) faults.deliverTwice()
    return {}
  })
  app.post('/sandbox/faults/down', (request, reply) => {
    const { ms } = (request.body ?? {}) as { ms?: unknown }
    if (typeof ms !== 'number' || !(ms >= 0 && ms <= MAX_DOWN_MS)) {
      return reply.code(400).send({ error: 'bad_argument', expected: `{ ms } of at most ${MAX_DOWN_MS}` })
    }
    if (ms > 0) trace.act({ gesture: 'down' })
    for (const { faults } of messengers) faults.down(ms)
    return reply.send({ downMsLeft: ms })
  })
}
