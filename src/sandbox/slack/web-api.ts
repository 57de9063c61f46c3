import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { callMethod, type MethodAnswer } from './call-method.js'
import { type SlackEmulator, workspaceOf } from './emulator.js'
import { type Fields, isFields } from './fields.js'
import { maySee } from './files.js'
import { readArguments, readUpload } from './http-body.js'
import { receiveUpload } from './methods/files.js'
import { respond } from './respond.js'
import { own } from './store.js'
import type { Workspace } from './workspace.js'

const MAX_BODY_BYTES = 64 * 1024 * 1024
/** Arguments that name a place; a text never enters the log. */
const LOGGED = [
  'channel',
  'ts',
  'thread_ts',
  'user',
  'users',
  'view_id',
  'user_id',
  'trigger_id',
  'file',
  'message_ts',
]

/**
 * Mounts the Web API at `prefix` (`POST <prefix>/<method>`), with uploads, file downloads and response URLs beside it
 * under `<prefix>/-/`. Register it once per server; it has its own body parsers and disturbs nobody else's.
 */
export function slackWebApi(
  fastify: FastifyInstance,
  emulator: SlackEmulator,
  { prefix }: { prefix: string },
): void {
  const ws = workspaceOf(emulator)
  ws.addresses.prefix = prefix
  fastify.register(
    async (routes) => {
      routes.removeAllContentTypeParsers()
      routes.addContentTypeParser(
        '*',
        { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
        (_request, body, done) => done(null, body),
      )
      routes.post('/-/upload/:secret', (request, reply) => upload(ws, request, reply))
      routes.get('/-/files/:id/*', (request, reply) => download(ws, request, reply))
      routes.post('/-/response/:secret', (request, reply) => answerLater(ws, request, reply))
      routes.route({
        method: ['GET', 'POST'],
        url: '/:method',
        bodyLimit: MAX_BODY_BYTES,
        handler: (request, reply) => serve(ws, request, reply),
      })
    },
    { prefix },
  )
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

function param(request: FastifyRequest, name: string): string {
  const value = isFields(request.params) ? request.params[name] : undefined
  return typeof value === 'string' ? value : ''
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function cut(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.destroy()
  return reply
}

/** Slack is away: true when the reply has been dealt with. */
function isDown(ws: Workspace, reply: FastifyReply): boolean {
  const mode = ws.faults.downMode()
  if (mode === undefined) return false
  if (mode === 'drop') cut(reply)
  else reply.code(503).send('Service Unavailable')
  return true
}

async function serve(ws: Workspace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const startMs = ws.monotonic()
  const name = param(request, 'method')
  const query = isFields(request.query) ? request.query : {}
  const raw = { ...query, ...(await readArguments(request.headers['content-type'] ?? '', bodyOf(request))) }
  const log = (httpStatus: number, body: Fields, fault?: string): void =>
    ws.log.call({
      method: name,
      at: ws.now().toISOString(),
      ms: ws.monotonic() - startMs,
      httpStatus,
      ok: body.ok === true,
      ...(typeof body.error === 'string' ? { error: body.error } : {}),
      ...(fault === undefined ? {} : { fault }),
      args: namesOf(raw, body),
      ...(typeof body.ts === 'string' ? { ts: body.ts } : {}),
    })

  if (isDown(ws, reply)) {
    log(503, {}, 'down')
    return reply
  }
  if (ws.faults.slowMs() > 0) await wait(ws.faults.slowMs())
  const rule = ws.faults.ruleFor(name)
  if (!rule) {
    const answer = callMethod(ws, name, raw, bearerOf(request))
    log(answer.status, answer.body)
    return send(reply, answer)
  }
  switch (rule.mode) {
    case '429':
      log(429, { error: 'ratelimited' }, rule.mode)
      return reply
        .code(429)
        .header('retry-after', String(rule.retryAfterS))
        .send({ ok: false, error: 'ratelimited' })
    case '500':
      log(500, {}, rule.mode)
      return reply.code(500).send({ ok: false, error: 'internal_error' })
    case 'cut_before':
      log(0, {}, rule.mode)
      return cut(reply)
    case 'cut_after_accept': {
      const answer = callMethod(ws, name, raw, bearerOf(request))
      log(0, answer.body, rule.mode)
      return cut(reply)
    }
    case 'hang':
      log(0, {}, rule.mode)
      return reply.hijack()
    default:
      return rule.mode satisfies never
  }
}

function send(reply: FastifyReply, { status, body, headers }: MethodAnswer): FastifyReply {
  return reply
    .code(status)
    .headers({ 'x-slack-req-id': 'emulated', ...headers })
    .send(body)
}

/** The names in a call, and the channel its message really went to (a post may name a person). */
function namesOf(raw: Fields, body: Fields): Record<string, string> {
  const given = LOGGED.flatMap((name) => {
    const value = raw[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return {
    ...Object.fromEntries(given),
    ...(typeof body.channel === 'string' ? { channel: body.channel } : {}),
  }
}

async function upload(ws: Workspace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (isDown(ws, reply)) return reply
  const content = await readUpload(request.headers['content-type'] ?? '', bodyOf(request))
  if (!receiveUpload(ws, param(request, 'secret'), content)) return reply.code(404).send('not found')
  return reply.code(200).send(`OK - ${content.length}`)
}

/** Without a token that may see the file Slack sends its sign-in page, with 200: a trap for whoever only looks at the status. */
function download(ws: Workspace, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isDown(ws, reply)) return reply
  const file = own(ws.state.files, param(request, 'id'))
  const content = file && ws.store.bytes.get(file.id)
  if (!file || !content) return reply.code(404).send('not found')
  const mayRead = bearerOf(request) === ws.state.bot.token && ws.scopes.has('files:read')
  if (!mayRead || !maySee(ws, file, ws.state.bot.userId)) {
    return reply
      .code(200)
      .type('text/html; charset=utf-8')
      .send('<!DOCTYPE html><html><body>Sign in to Slack</body></html>')
  }
  return reply.code(200).type(file.mimetype).header('content-length', String(content.length)).send(content)
}

async function answerLater(
  ws: Workspace,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (isDown(ws, reply)) return reply
  const raw = await readArguments(request.headers['content-type'] ?? '', bodyOf(request))
  const { status, body } = respond(ws, param(request, 'secret'), raw)
  return reply.code(status).send(body)
}
