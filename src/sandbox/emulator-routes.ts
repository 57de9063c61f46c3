import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

/** Ten files of 10 MB, in base64. */
const MAX_BODY_BYTES = 140 * 1024 * 1024
const since = z.object({ since: z.coerce.number().int().nonnegative().default(0) })
const named = z.object({ id: z.string() })
const down = z.strictObject({ ms: z.number().nonnegative(), mode: z.enum(['503', 'drop']).exactOptional() })
const slow = z.strictObject({ ms: z.number().nonnegative() })

type Numbered = { readonly n: number }
/** What every emulated messenger shows a page. */
export interface Emulated {
  readonly state: { version: number; files: { [id: string]: { name: string } } }
  readonly calls: readonly Numbered[]
  readonly deliveries: readonly Numbered[]
  readonly counters: unknown
  readonly faults: {
    view(): object
    down(ms: number, mode?: '503' | 'drop'): void
    slow(ms: number): void
    clear(): void
  }
  view(userId: string): unknown
  changesSince(version: number): unknown
  onChange(listener: (change: { version: number }) => void): () => void
  onClose(listener: () => void): () => void
  fileBytes(id: string): Buffer | undefined
}
export interface EmulatorRoutes {
  prefix: string
  /** What a person can do, by its name. */
  gesture(name: string): ((body: unknown) => unknown) | undefined
  /** Why the messenger's client refuses something; undefined when it is no refusal. */
  refusal(error: unknown): string | undefined
  /** What else can be made to go wrong, each below `/faults`; what it answers stands beside what is wrong now. */
  faults: { [name: string]: (body: unknown) => object | undefined }
}

class NotFound extends Error {}

/**
 * Mounts what a page needs at `prefix`; the list of routes stands at the head of each messenger's types.ts. Has no
 * authentication: mount it on a loopback server only.
 */
export function emulatorRoutes(
  fastify: FastifyInstance,
  emulator: Emulated,
  { prefix, gesture, refusal, faults }: EmulatorRoutes,
): void {
  const idOf = (request: FastifyRequest) => named.parse(request.params).id
  const sinceOf = (request: FastifyRequest) => since.parse(request.query).since
  fastify.register(
    async (routes) => {
      routes.setErrorHandler((error, _request, reply) => {
        const code = error instanceof NotFound ? error.message : refusal(error)
        return code === undefined ? explain(error, reply) : reply.code(404).send({ ok: false, error: code })
      })
      routes.get('/state', () => ({ version: emulator.state.version, state: emulator.state }))
      routes.get('/view/:id', (request) => emulator.view(idOf(request)))
      routes.get('/changes', (request) => emulator.changesSince(sinceOf(request)))
      routes.get('/stream', (request, reply) => stream(emulator, request, reply))
      routes.get('/calls', (request) => logSince(emulator, sinceOf(request)))
      routes.get('/files/:id', (request, reply) => download(emulator, idOf(request), reply))
      routes.post('/gestures/:id', { bodyLimit: MAX_BODY_BYTES }, async (request) => {
        const run = gesture(idOf(request))
        if (!run) throw new NotFound('unknown_gesture')
        return run(request.body)
      })
      faultRoutes(routes, emulator, faults)
    },
    { prefix },
  )
}

function explain(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof z.ZodError)
    return reply.code(400).send({ ok: false, error: 'bad_argument', issues: error.issues })
  const given: unknown = Reflect.get(Object(error), 'statusCode')
  const status = typeof given === 'number' ? given : 500
  return reply.code(status).send({ ok: false, error: status < 500 ? 'bad_request' : 'internal_error' })
}

function logSince({ calls, deliveries, counters }: Emulated, n: number) {
  return {
    calls: calls.filter((call) => call.n > n),
    deliveries: deliveries.filter((delivery) => delivery.n > n),
    counters,
  }
}

function download(emulator: Emulated, id: string, reply: FastifyReply): FastifyReply {
  const { files } = emulator.state
  const file = Object.hasOwn(files, id) ? files[id] : undefined
  const content = emulator.fileBytes(id)
  if (!file || !content) throw new NotFound('file_not_found')
  return reply
    .header('content-type', 'application/octet-stream')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(content)
}

function stream(emulator: Emulated, request: FastifyRequest, reply: FastifyReply): void {
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

/** What a page can make go wrong, below `/faults`. Each answers what is wrong now. */
function faultRoutes(routes: FastifyInstance, { faults }: Emulated, more: EmulatorRoutes['faults']): void {
  const common: EmulatorRoutes['faults'] = {
    down: (body) => {
      const { ms, mode } = down.parse(body)
      faults.down(ms, mode)
      return undefined
    },
    slow: (body) => {
      faults.slow(slow.parse(body).ms)
      return undefined
    },
    clear: () => {
      faults.clear()
      return undefined
    },
  }
  routes.get('/faults', () => faults.view())
  for (const [name, run] of Object.entries({ ...common, ...more })) {
    routes.post(`/faults/${name}`, (request) => ({ ...run(request.body), ...faults.view() }))
  }
}
