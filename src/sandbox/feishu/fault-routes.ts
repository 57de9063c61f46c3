import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { FeishuEmulator } from './emulator.js'

const deliverTwice = z.strictObject({
  which: z.enum(['last', 'next']).exactOptional(),
  variant: z.enum(['same_event', 'other_event_id']).exactOptional(),
  copies: z.number().int().min(1).max(100).exactOptional(),
})
const down = z.strictObject({ ms: z.number().nonnegative(), mode: z.enum(['503', 'drop']).exactOptional() })
const slow = z.strictObject({ ms: z.number().nonnegative() })
const failNext = z.strictObject({
  call: z.string(),
  times: z.number().int().positive().exactOptional(),
  mode: z.enum(['429', '500', 'cut_after_accept', 'cut_before', 'hang']),
  retryAfterS: z.number().nonnegative().exactOptional(),
})

/** What a page can make go wrong, below `/faults`. Each answers what is wrong now. */
export function faultRoutes(routes: FastifyInstance, { faults }: FeishuEmulator): void {
  routes.get('/faults', () => faults.view())
  routes.post('/faults/deliverTwice', (request) => {
    const eventIds = faults.deliverTwice(deliverTwice.parse(request.body ?? {}))
    return { eventIds, ...faults.view() }
  })
  routes.post('/faults/down', (request) => {
    const { ms, mode } = down.parse(request.body)
    faults.down(ms, mode)
    return faults.view()
  })
  routes.post('/faults/slow', (request) => {
    faults.slow(slow.parse(request.body).ms)
    return faults.view()
  })
  routes.post('/faults/failNext', (request) => {
    faults.failNext(failNext.parse(request.body))
    return faults.view()
  })
  for (const name of ['disconnect', 'revokeTokens', 'clear'] as const) {
    routes.post(`/faults/${name}`, () => {
      faults[name]()
      return faults.view()
    })
  }
}
