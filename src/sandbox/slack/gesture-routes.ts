import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { emulatorRoutes } from '../emulator-routes.js'
import type { SlackEmulator } from './emulator.js'
import { GESTURES } from './gesture-arguments.js'
import { SlackError } from './slack-error.js'
import { own } from './store.js'

const deliverTwice = z.strictObject({
  which: z.enum(['last', 'next']).exactOptional(),
  variant: z.enum(['same_event', 'other_event_id']).exactOptional(),
  copies: z.number().int().min(1).max(100).exactOptional(),
})
const failNext = z.strictObject({
  method: z.string(),
  times: z.number().int().positive().exactOptional(),
  mode: z.enum(['429', '500', 'cut_after_accept', 'cut_before', 'hang']),
  retryAfterS: z.number().nonnegative().exactOptional(),
})

/** Mounts what a page needs of the emulated Slack at `prefix`; on a loopback server only. */
export function slackGestures(fastify: FastifyInstance, emulator: SlackEmulator, prefix: string): void {
  const { gestures, faults } = emulator
  emulatorRoutes(fastify, emulator, {
    prefix,
    gesture: (name) => {
      const run = own(GESTURES, name)
      return run && ((body) => run(gestures, body))
    },
    refusal: (error) => (error instanceof SlackError ? error.code : undefined),
    faults: {
      deliverTwice: (body) => ({ eventIds: faults.deliverTwice(deliverTwice.parse(body ?? {})) }),
      failNext: (body) => {
        const { method, ...how } = failNext.parse(body)
        faults.failNext(method, how)
        return undefined
      },
    },
  })
}
