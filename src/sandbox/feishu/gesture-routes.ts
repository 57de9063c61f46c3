import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { FeishuEmulator } from './emulator.js'
import { faultRoutes } from './fault-routes.js'
import { ClientRefusal } from './feishu-error.js'
import { isFields, own } from './fields.js'
import { GESTURES } from './gesture-arguments.js'

/** Ten files of 10 MB, in base64. */
const MAX_BODY_BYTES = 140 * 1024 * 1024

const since = z.object({ since: z.coerce.number().int().nonnegative().default(0) })

/**
 * Mounts what a page needs at `prefix`; the list of routes stands at the head of types.ts. Has no authentication: mount
 * it on a loopback server only.
 */
export function feishuGestures(fastify: FastifyInstance, emulator: FeishuEmulator, prefix: string): void {
  fastify.register(
    async (routes) => {
      routes.setErrorHandler((error, _request, reply) => explain(error, reply))
      routes.get('/state', () => ({ version: emulator.state.version, state: emulator.state }))
      routes.get('/view/:id', (request) => emulator.view(param(request)))
      routes.get('/changes', (request) => emulator.changesSince(since.parse(request.query).since))
      routes.get('/stream', (request, reply) => stream(emulator, request, reply))
      routes.get('/calls', (request) => logSince(emulator, since.parse(request.query).since))
      routes.get('/files/:id', (request, reply) => download(emulator, param(request), reply))
      routes.post('/gestures/:id', { bodyLimit: MAX_BODY_BYTES }, (request) => gesture(emulator, request))
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
  if (error instanceof ClientRefusal) return reply.code(404).send({ ok: false, error: error.reason })
  if (error instanceof z.ZodError) {
    return reply.code(400).send({ ok: false, error: 'bad_argument', issues: error.issues })
  }
  const status = isFields(error) && typeof error.statusCode === 'number' ? error.statusCode : 500
  return reply.code(status).send({ ok: false, error: status < 500 ? 'bad_request' : 'internal_error' })
}

async function gesture(emulator: FeishuEmulator, request: FastifyRequest): Promise<unknown> {
  const run = own(GESTURES, param(request))
  if (!run) throw new ClientRefusal('unknown_gesture')
  return run(emulator.gestures, request.body)
}

function logSince(emulator: FeishuEmulator, n: number) {
  return {
    calls: emulator.calls.filter((call) => call.n > n),
    deliveries: emulator.deliveries.filter((delivery) => delivery.n > n),
    counters: emulator.counters,
  }
}

function download(emulator: FeishuEmulator, key: string, reply: FastifyReply): FastifyReply {
  const file = own(emulator.state.files, key)
  const content = emulator.fileBytes(key)
  if (!file || !content) throw new ClientRefusal('file_not_found')
  return reply
    .header('content-type', 'application/octet-stream')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(content)
}

function stream(emulator: FeishuEmulator, request: FastifyRequest, reply: FastifyReply): void {
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
