import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { TeamsEmulator } from './emulator.js'
import { isFields, own } from './fields.js'
import { GESTURES } from './gesture-arguments.js'
import type { CallName, FailMode } from './log-types.js'
import { GestureError } from './service-error.js'

/** Ten files of 10 MB, in base64. */
const MAX_BODY_BYTES = 140 * 1024 * 1024

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

const since = z.object({ since: z.coerce.number().int().nonnegative().default(0) })
const fault = {
  deliverTwice: z.strictObject({
    which: z.enum(['last', 'next']).exactOptional(),
    variant: z.enum(['same', 'later_timestamp']).exactOptional(),
    copies: z.number().int().min(1).max(100).exactOptional(),
  }),
  down: z.strictObject({ ms: z.number().nonnegative(), mode: z.enum(['503', 'drop']).exactOptional() }),
  slow: z.strictObject({ ms: z.number().nonnegative() }),
  failNext: z.strictObject({
    call: z.enum(CALLS),
    times: z.number().int().positive().exactOptional(),
    mode: z.enum(MODES),
    retryAfterS: z.number().nonnegative().exactOptional(),
  }),
} as const

/**
 * Mounts what a page needs at `prefix`; the list of routes stands at the head of types.ts. Has no authentication: mount
 * it on a loopback server only.
 */
export function teamsGestures(fastify: FastifyInstance, emulator: TeamsEmulator, prefix: string): void {
  fastify.register(
    async (routes) => {
      routes.setErrorHandler((error, _request, reply) => explain(error, reply))
      routes.get('/state', () => ({ version: emulator.state.version, state: emulator.state }))
      routes.get('/view/:id', (request) => emulator.view(param(request)))
      routes.get('/changes', (request) => emulator.changesSince(since.parse(request.query).since))
      routes.get('/stream', (request, reply) => stream(emulator, request, reply))
      routes.get('/calls', (request) => logSince(emulator, since.parse(request.query).since))
      routes.get('/files/:id', (request, reply) => download(emulator, param(request), reply))
      routes.post('/gestures/:id', { bodyLimit: MAX_BODY_BYTES }, (request) =>
        gesture(emulator, param(request), request.body),
      )
      faultRoutes(routes, emulator)
    },
    { prefix },
  )
}

function param(request: FastifyRequest): string {
  const id = isFields(request.params) ? request.params.id : undefined
  return typeof id === 'string' ? id : ''
}

function explain(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof GestureError) return reply.code(404).send({ ok: false, error: error.code })
  if (error instanceof z.ZodError)
    return reply.code(400).send({ ok: false, error: 'bad_argument', issues: error.issues })
  const status = isFields(error) && typeof error.statusCode === 'number' ? error.statusCode : 500
  return reply.code(status).send({ ok: false, error: status < 500 ? 'bad_request' : 'internal_error' })
}

async function gesture(emulator: TeamsEmulator, name: string, body: unknown): Promise<unknown> {
  const run = own(GESTURES, name)
  if (!run) throw new GestureError('unknown_gesture')
  return run(emulator.gestures, body)
}

function logSince(emulator: TeamsEmulator, n: number) {
  return {
    calls: emulator.calls.filter((call) => call.n > n),
    deliveries: emulator.deliveries.filter((delivery) => delivery.n > n),
    counters: emulator.counters,
  }
}

function download(emulator: TeamsEmulator, id: string, reply: FastifyReply): FastifyReply {
  const file = own(emulator.state.files, id)
  const content = emulator.fileBytes(id)
  if (!file || !content) throw new GestureError('file_not_found')
  return reply
    .header('content-type', 'application/octet-stream')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(content)
}

function stream(emulator: TeamsEmulator, request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  })
  reply.raw.write(`retry: 500\nevent: hello\ndata: {"version":${emulator.state.version}}\n\n`)
  const stop = emulator.onChange((change) => {
    reply.raw.write(`id: ${change.version}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`)
  })
  const forget = emulator.onClose(() => reply.raw.end())
  request.raw.on('close', () => {
    stop()
    forget()
  })
}

function faultRoutes(routes: FastifyInstance, { faults }: TeamsEmulator): void {
  routes.get('/faults', () => faults.view())
  routes.post('/faults/deliverTwice', (request) => {
    const activityIds = faults.deliverTwice(fault.deliverTwice.parse(request.body ?? {}))
    return { activityIds, ...faults.view() }
  })
  routes.post('/faults/down', (request) => {
    const { ms, mode } = fault.down.parse(request.body)
    faults.down(ms, mode)
    return faults.view()
  })
  routes.post('/faults/slow', (request) => {
    faults.slow(fault.slow.parse(request.body).ms)
    return faults.view()
  })
  routes.post('/faults/failNext', (request) => {
    faults.failNext(fault.failNext.parse(request.body))
    return faults.view()
  })
  routes.post('/faults/clear', () => {
    faults.clear()
    return faults.view()
  })
}
