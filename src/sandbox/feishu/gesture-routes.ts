import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { emulatorRoutes } from '../emulator-routes.js'
import type { FeishuEmulator } from './emulator.js'
import { ClientRefusal } from './feishu-error.js'
import { own } from './fields.js'
import { GESTURES } from './gesture-arguments.js'

const deliverTwice = z.strictObject({
  which: z.enum(['last', 'next']).exactOptional(),
  variant: z.enum(['same_event', 'other_event_id']).exactOptional(),
  copies: z.number().int().min(1).max(100).exactOptional(),
})
const failNext = z.strictObject({
  call: z.string(),
  times: z.number().int().positive().exactOptional(),
  mode: z.enum(['429', '500', 'cut_after_accept', 'cut_before', 'hang']),
  retryAfterS: z.number().nonnegative().exactOptional(),
})

/** Mounts what a page needs of the emulated Feishu at `prefix`; on a loopback server only. */
export function feishuGestures(fastify: FastifyInstance, emulator: FeishuEmulator, prefix: string): void {
  const { gestures, faults } = emulator
  const plain = (name: 'disconnect' | 'revokeTokens') => () => {
    faults[name]()
    return undefined
  }
  emulatorRoutes(fastify, emulator, {
    prefix,
    gesture: (name) => {
      const run = own(GESTURES, name)
      return run && ((body) => run(gestures, body))
    },
    refusal: (error) => (error instanceof ClientRefusal ? error.reason : undefined),
    faults: {
      deliverTwice: (body) => ({ eventIds: faults.deliverTwice(deliverTwice.parse(body ?? {})) }),
      failNext: (body) => {
        faults.failNext(failNext.parse(body))
        return undefined
      },
      disconnect: plain('disconnect'),
      revokeTokens: plain('revokeTokens'),
    },
  })
}
