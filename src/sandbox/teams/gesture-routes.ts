import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { emulatorRoutes } from '../emulator-routes.js'
import type { TeamsEmulator } from './emulator.js'
import { own } from './fields.js'
import { GESTURES } from './gesture-arguments.js'
import type { CallName, FailMode } from './log-types.js'
import { GestureError } from './service-error.js'

const CALLS = [
  'token',
  'createConversation',
  'sendToConversation',
  'replyToActivity',
  'updateActivity',
  'deleteActivity',
  'getMembers',
  'getPagedMembers',
  'getMember',
  'getTeam',
  'getChannels',
  'getAttachment',
  'download',
  'upload',
  '*',
] as const satisfies readonly (CallName | '*')[]
const MODES = [
  '429',
  '412',
  '403',
  '404',
  '500',
  '502',
  'cut_after_accept',
  'cut_before',
  'hang',
] as const satisfies readonly FailMode[]

const deliverTwice = z.strictObject({
  which: z.enum(['last', 'next']).exactOptional(),
  variant: z.enum(['same', 'later_timestamp']).exactOptional(),
  copies: z.number().int().min(1).max(100).exactOptional(),
})
const failNext = z.strictObject({
  call: z.enum(CALLS),
  times: z.number().int().positive().exactOptional(),
  mode: z.enum(MODES),
  retryAfterS: z.number().nonnegative().exactOptional(),
})

/** Mounts what a page needs of the emulated Teams at `prefix`; on a loopback server only. */
export function teamsGestures(fastify: FastifyInstance, emulator: TeamsEmulator, prefix: string): void {
  const { gestures, faults } = emulator
  emulatorRoutes(fastify, emulator, {
    prefix,
    gesture: (name) => {
      const run = own(GESTURES, name)
      return run && ((body) => run(gestures, body))
    },
    refusal: (error) => (error instanceof GestureError ? error.code : undefined),
    faults: {
      deliverTwice: (body) => ({ activityIds: faults.deliverTwice(deliverTwice.parse(body ?? {})) }),
      failNext: (body) => {
        faults.failNext(failNext.parse(body))
        return undefined
      },
    },
  })
}
