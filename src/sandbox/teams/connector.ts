import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TeamsEmulator, tenantOf } from './emulator.js'
import { isFields } from './fields.js'
import { presignedFile, takeUpload } from './files.js'
import type { ApiCall, CallName, FailMode } from './log-types.js'
import { loginRoutes } from './login.js'
import { activityOperations } from './rest/activities.js'
import { attachmentOperations } from './rest/attachments.js'
import { conversationOperations } from './rest/conversations.js'
import type { Operation, Response } from './rest/operation.js'
import { rosterOperations } from './rest/rosters.js'
import { activityNotFound, notInRoster, ServiceError } from './service-error.js'
import { serviceUrlOf, type Tenant } from './tenant.js'

/** More than a message may have, so that 413 is said by the service itself. */
const MAX_BODY_BYTES = 8 * 1024 * 1024
const OPERATIONS: readonly Operation[] = [
  ...conversationOperations,
  ...activityOperations,
  ...rosterOperations,
  ...attachmentOperations,
]

/**
 * Mounts the Bot Connector at `<prefix>/v3`, the key list at `<prefix>/openid`, the login at `<prefix>/login` and
 * pre-signed downloads at `<prefix>/download`. Register it once per server; it has its own body parser.
 */
export function teamsConnector(
  fastify: FastifyInstance,
  emulator: TeamsEmulator,
  { prefix }: { prefix: string },
): void {
  const tenant = tenantOf(emulator)
  tenant.addresses.prefix = prefix
  fastify.register(
    async (routes) => {
      routes.removeAllContentTypeParsers()
      routes.addContentTypeParser(
        '*',
        { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
        (_request, body, done) => done(null, body),
      )
      routes.route({
        method: ['GET', 'POST', 'PUT', 'DELETE'],
        url: '/v3/*',
        handler: (request, reply) => serve(tenant, request, reply, prefix),
      })
      routes.get('/download/*', (request, reply) => download(tenant, request, reply, prefix))
      routes.put('/upload/*', (request, reply) => upload(tenant, request, reply, prefix))
      routes.get('/openid/.well-known/openidconfiguration', () => ({
        issuer: 'https://api.botframework.com',
        authorization_endpoint: 'https://invalid.botframework.com',
        jwks_uri: `${serviceUrlOf(tenant.addresses)}openid/.well-known/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      }))
      routes.get('/openid/.well-known/keys', () => tenant.auth.jwks())
      loginRoutes(routes, tenant, (call, reply, run) => guarded(tenant, call, reply, run))
    },
    { prefix },
  )
}

/** The parts of the path behind `<prefix>/<section>/`, decoded one by one: ids hold `:`, `@` and `;`. */
function partsOf(request: FastifyRequest, before: string): string[] {
  const [path = ''] = (request.raw.url ?? '').split('?')
  try {
    return path.slice(before.length).split('/').map(decodeURIComponent)
  } catch {
    return []
  }
}

function match(operation: Operation, method: string, parts: readonly string[]): string[] | undefined {
  const pattern = operation.path.split('/')
  if (operation.method !== method || pattern.length !== parts.length) return undefined
  const fits = pattern.every((each, i) => (each === ':' ? parts[i] !== '' : each === parts[i]))
  return fits ? parts.filter((_part, i) => pattern[i] === ':') : undefined
}

async function serve(
  tenant: Tenant,
  request: FastifyRequest,
  reply: FastifyReply,
  prefix: string,
): Promise<FastifyReply> {
  const parts = partsOf(request, `${prefix}/v3/`)
  for (const operation of OPERATIONS) {
    const ids = match(operation, request.method, parts)
    if (!ids) continue
    return guarded(tenant, operation.call, reply, () => {
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      if (!tenant.auth.accepts(bearer)) return unauthorized()
      const query = isFields(request.query) ? request.query : {}
      return operation.run({ tenant, ids, query, body: bodyOf(request) })
    })
  }
  return reply.code(404).send({ message: 'No HTTP resource was found that matches the request URI.' })
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

function unauthorized(): Response {
  return { status: 401, body: { message: 'Authorization has been denied for this request.' } }
}

function cut(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.destroy()
  return reply
}

/** One call, under whatever is wrong just now; noted in the log. */
async function guarded(
  tenant: Tenant,
  call: CallName,
  reply: FastifyReply,
  run: () => Response,
): Promise<FastifyReply> {
  const startMs = tenant.monotonic()
  const log = (httpStatus: number, rest: Partial<ApiCall> = {}): void =>
    tenant.log.call({
      call,
      at: tenant.now().toISOString(),
      ms: tenant.monotonic() - startMs,
      httpStatus,
      ok: httpStatus >= 200 && httpStatus < 300,
      ...rest,
    })
  const away = tenant.faults.downMode()
  if (away !== undefined) {
    log(503, { fault: 'down' })
    return away === 'drop' ? cut(reply) : reply.code(503).send(errorBody('ServiceUnavailable'))
  }
  if (tenant.faults.slowMs() > 0) await wait(tenant.faults.slowMs())
  const rule = tenant.faults.ruleFor(call)
  if (!rule) {
    const { response, headers } = answered(run)
    log(response.status, namesOf(response))
    return send(reply, response, headers)
  }
  switch (rule.mode) {
    case 'cut_before':
      log(0, { fault: rule.mode })
      return cut(reply)
    case 'cut_after_accept': {
      const { response } = answered(run)
      log(0, { fault: rule.mode, ...namesOf(response) })
      return cut(reply)
    }
    case 'hang':
      log(0, { fault: rule.mode })
      return reply.hijack()
    case '429':
    case '412':
    case '403':
    case '404':
    case '500':
    case '502': {
      log(Number(rule.mode), { fault: rule.mode })
      if (rule.retryAfterS !== undefined) reply.header('retry-after', String(rule.retryAfterS))
      return reply.code(Number(rule.mode)).send(FAULT_BODIES[rule.mode])
    }
    default:
      return rule.mode satisfies never
  }
}

function errorBody(code: string): unknown {
  return { error: { code, message: code } }
}

const FAULT_BODIES: Record<Exclude<FailMode, 'cut_before' | 'cut_after_accept' | 'hang'>, unknown> = {
  '429': errorBody('Throttled'),
  '412': errorBody('PreconditionFailed'),
  '403': notInRoster().body,
  '404': activityNotFound().body,
  '500': errorBody('ServiceError'),
  '502': errorBody('BadGateway'),
}

function answered(run: () => Response): { response: Response; headers: Readonly<Record<string, string>> } {
  try {
    return { response: run(), headers: {} }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return { response: { status: error.status, body: error.body }, headers: error.headers }
  }
}

function namesOf(response: Response): Partial<ApiCall> {
  const error =
    isFields(response.body) && isFields(response.body.error) ? response.body.error.code : undefined
  return {
    ...(response.conversation === undefined ? {} : { conversation: response.conversation }),
    ...(response.messageId === undefined ? {} : { messageId: response.messageId }),
    ...(typeof error === 'string' ? { error } : {}),
  }
}

function send(
  reply: FastifyReply,
  { status, body, type }: Response,
  headers: Readonly<Record<string, string>>,
): FastifyReply {
  reply.code(status).headers(headers)
  if (type !== undefined) return reply.type(type).send(body)
  return body === undefined
    ? reply.send()
    : reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
}

function download(
  tenant: Tenant,
  request: FastifyRequest,
  reply: FastifyReply,
  prefix: string,
): Promise<FastifyReply> {
  const [id = ''] = partsOf(request, `${prefix}/download/`)
  const { tempauth } = isFields(request.query) ? request.query : {}
  return guarded(tenant, 'download', reply, () => {
    const found = presignedFile(tenant, id, typeof tempauth === 'string' ? tempauth : '')
    if (!found) throw new ServiceError(401, 'unauthenticated', 'The address is not valid any more.')
    return { status: 200, body: found.bytes, type: found.file.mimetype }
  })
}

function upload(
  tenant: Tenant,
  request: FastifyRequest,
  reply: FastifyReply,
  prefix: string,
): Promise<FastifyReply> {
  const [id = ''] = partsOf(request, `${prefix}/upload/`)
  return guarded(tenant, 'upload', reply, () => {
    const file = takeUpload(tenant, id, request.headers['content-range'], bodyOf(request))
    return { status: 201, body: { id: file.id, name: file.name, size: file.size } }
  })
}
