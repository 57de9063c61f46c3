import { FeishuError } from './feishu-error.js'
import type { Fields } from './fields.js'
import { type Api, type ApiRequest, type Download, requireScope } from './methods/api.js'
import { changingApis } from './methods/changes.js'
import { fileApis } from './methods/files.js'
import { identityApis } from './methods/identity.js'
import { sendingApis } from './methods/messages.js'
import { reactionApis } from './methods/reactions.js'
import { readingApis } from './methods/reading.js'
import type { Workspace } from './workspace.js'

export const APIS: readonly Api[] = [
  ...identityApis,
  ...sendingApis,
  ...changingApis,
  ...readingApis,
  ...fileApis,
  ...reactionApis,
]

export type CallAnswer = {
  status: number
  body: Fields
  headers: Record<string, string>
  download?: Download
  place: { [name: string]: string }
}

/** One call of the open API, from decoded arguments to the answer. Never throws for what the platform would answer. */
export function callApi(
  ws: Workspace,
  api: Api,
  request: ApiRequest,
  bearer: string | undefined,
): CallAnswer {
  try {
    admit(ws, api, bearer)
    const { data, beside, download, place = {} } = api.run(ws, request)
    const body = { code: 0, msg: 'success', ...beside, ...(data ? { data } : {}) }
    return { status: 200, body, headers: {}, place, ...(download ? { download } : {}) }
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error
    return {
      status: error.httpStatus,
      body: { code: error.code, msg: error.message },
      headers: error.headers,
      place: {},
    }
  }
}

function admit(ws: Workspace, api: Api, bearer: string | undefined): void {
  if (!api.open) {
    if (bearer === undefined) throw new FeishuError(99991661)
    if (!ws.tokens.isValid(bearer)) throw new FeishuError(99991663)
  }
  requireScope(ws, api.scopes ?? [])
  const met = ws.limits.takeCall(api.name)
  if (met) throw tooMany(met.limit, met.resetS)
}

/** What an app that calls too often is told. */
export function tooMany(limit: number, resetS: number): FeishuError {
  const headers = { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetS) }
  return new FeishuError(99991400, { httpStatus: 429, headers })
}
