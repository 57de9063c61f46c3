import type { FastifyInstance, FastifyReply } from 'fastify'
import { ACCESS_TOKEN_LIFE_S, BOT_SCOPE } from './auth.js'
import type { CallName } from './log-types.js'
import type { Response } from './rest/operation.js'
import type { Tenant } from './tenant.js'

type Guarded = (call: CallName, reply: FastifyReply, run: () => Response) => Promise<FastifyReply>

function refused(status: number, error: string, aadsts: string): Response {
  return { status, body: { error, error_description: aadsts } }
}

/** The token endpoint of the identity platform: client credentials of the one bot, in the one tenant. */
export function loginRoutes(routes: FastifyInstance, tenant: Tenant, guarded: Guarded): void {
  routes.post<{ Params: { tenantId: string } }>('/login/:tenantId/oauth2/v2.0/token', (request, reply) => {
    const text = Buffer.isBuffer(request.body) ? request.body.toString() : ''
    return guarded('token', reply, () => token(tenant, request.params.tenantId, new URLSearchParams(text)))
  })
}

function token(tenant: Tenant, tenantId: string, form: URLSearchParams): Response {
  if (tenantId !== tenant.state.tenantId)
    return refused(400, 'invalid_request', 'AADSTS90002: Tenant not found.')
  if (form.get('grant_type') !== 'client_credentials')
    return refused(400, 'unsupported_grant_type', 'AADSTS70003: The grant type is not supported.')
  if (form.get('client_id') !== tenant.state.bot.appId)
    return refused(400, 'unauthorized_client', 'AADSTS700016: Application not found in the directory.')
  if (!tenant.auth.knows(form.get('client_id') ?? '', form.get('client_secret') ?? ''))
    return refused(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
  if (form.get('scope') !== BOT_SCOPE)
    return refused(400, 'invalid_scope', 'AADSTS70011: The provided value for scope is not valid.')
  const life = { expires_in: ACCESS_TOKEN_LIFE_S, ext_expires_in: ACCESS_TOKEN_LIFE_S }
  return { status: 200, body: { token_type: 'Bearer', ...life, access_token: tenant.auth.accessToken() } }
}
