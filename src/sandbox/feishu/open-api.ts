import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { APIS, type CallAnswer, callApi, tooMany } from './call-api.js'
import { type FeishuEmulator, workspaceOf } from './emulator.js'
import { type Fields, isFields } from './fields.js'
import { readBody } from './http-body.js'
import { mintSecret } from './ids.js'
import { longConnection } from './long-connection-routes.js'
import type { Api } from './methods/api.js'
import type { Workspace } from './workspace.js'

const MAX_BODY_BYTES = 64 * 1024 * 1024
/** Arguments that name a place; a text never enters the log. */
const LOGGED = ['receive_id', 'receive_id_type', 'uuid', 'msg_type', 'user_id_type', 'container_id', 'type']

/**
 * Mounts the open API at `<prefix>/open-apis` and the long connection beside it, so that the SDK's `domain` is the
 * server's origin and `prefix`. Register it once per server; it has its own body parsers and disturbs nobody else's.
 */
export function feishuOpenApi(
  fastify: FastifyInstance,
  emulator: FeishuEmulator,
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
      for (const api of APIS) {
        routes.route({
          method: api.verb,
          url: `/open-apis${api.path}`,
          bodyLimit: MAX_BODY_BYTES,
          handler: (request, reply) => serve(ws, api, request, reply),
        })
      }
      longConnection(routes, ws)
      routes.setNotFoundHandler((_request, reply) =>
        reply.code(404).type('text/plain').send('404 page not found'),
      )
    },
    { prefix },
  )
}

function strings(value: unknown): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(isFields(value) ? value : {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  )
}

function lists(value: unknown): { [name: string]: string[] } {
  const entries = Object.entries(isFields(value) ? value : {})
  return Object.fromEntries(entries.map(([name, given]) => [name, [given].flat().map(String)]))
}

function cut(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.destroy()
  return reply
}

async function serve(
  ws: Workspace,
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const startMs = ws.monotonic()
  const params = strings(request.params)
  const query = strings(request.query)
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const read = readBody(request.headers['content-type'] ?? '', raw)
  const body = read?.fields ?? {}
  const answer = (): CallAnswer => {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const given = {
      params,
      query,
      lists: lists(request.query),
      body,
      ...(read?.upload ? { upload: read.upload } : {}),
    }
    return callApi(ws, api, given, bearer)
  }
  const log = (httpStatus: number, answered?: CallAnswer, fault?: string): void => {
    const code = answered?.body.code
    const messageId = answered?.place.message_id ?? params.message_id
    ws.log.call({
      method: api.name,
      at: ws.now().toISOString(),
      ms: ws.monotonic() - startMs,
      httpStatus,
      ok: code === 0,
      ...(code === 0 || code === undefined ? {} : { error: String(code) }),
      ...(fault === undefined ? {} : { fault }),
      args: { ...named({ ...query, ...body }), ...params, ...answered?.place },
      ...(messageId === undefined ? {} : { messageId }),
    })
  }

  const away = ws.faults.downMode()
  if (away !== undefined) {
    log(503, undefined, 'down')
    return away === 'drop' ? cut(reply) : reply.code(503).type('text/plain').send('Service Unavailable')
  }
  if (ws.faults.slowMs() > 0) await wait(ws.faults.slowMs())
  const rule = ws.faults.ruleFor(api.name)
  if (!rule) {
    const answered = answer()
    log(answered.status, answered)
    return send(reply, answered)
  }
  switch (rule.mode) {
    case '429': {
      const { code, message, headers } = tooMany(50, rule.retryAfterS)
      const refused = { status: 429, body: { code, msg: message }, headers, place: {} }
      log(429, refused, rule.mode)
      return send(reply, refused)
    }
    case '500':
      log(500, undefined, rule.mode)
      return reply.code(500).send({ code: 2200, msg: 'Internal Error' })
    case 'cut_before':
      log(0, undefined, rule.mode)
      return cut(reply)
    case 'cut_after_accept':
      log(0, answer(), rule.mode)
      return cut(reply)
    case 'hang':
      log(0, undefined, rule.mode)
      return reply.hijack()
    default:
      return rule.mode satisfies never
  }
}

function send(reply: FastifyReply, { status, body, headers, download }: CallAnswer): FastifyReply {
  const logId = mintSecret(16)
  reply.code(status).headers({ 'x-tt-logid': logId, ...headers })
  if (!download) return reply.send(status === 200 ? body : { ...body, error: { log_id: logId } })
  return reply
    .type(download.mimetype)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(download.name)}`)
    .send(download.bytes)
}

function named(fields: Fields): { [name: string]: string } {
  const found = LOGGED.flatMap((name) => {
    const value = fields[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return Object.fromEntries(found)
}
