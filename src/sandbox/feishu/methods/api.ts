import { FeishuError } from '../feishu-error.js'
import { type Fields, textIn } from '../fields.js'
import type { Workspace } from '../workspace.js'

/** A file of a multipart body. */
export type Upload = { name: string; mimetype: string; bytes: Buffer }
export type ApiRequest = {
  params: { [name: string]: string }
  query: { [name: string]: string }
  /** every value of a name that stands in the query, however often */
  lists: { [name: string]: string[] }
  body: Fields
  upload?: Upload
}
/** Bytes instead of JSON. */
export type Download = { bytes: Buffer; mimetype: string; name: string }
/** `place`: ids for the call log. `beside`: what stands beside `data`, for the APIs that answer so. */
export type ApiAnswer = {
  data?: Fields
  beside?: Fields
  download?: Download
  place?: { [name: string]: string }
}
export type Api = {
  /** as the SDK names it */
  name: string
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** below `/open-apis`, with `:name` for what varies */
  path: string
  /** any one of these lets the app in */
  scopes?: readonly string[]
  /** without an access token */
  open?: true
  run(ws: Workspace, request: ApiRequest): ApiAnswer
}

/** A text that must stand in the body. Throws 230001. */
export function required(body: Fields, name: string): string {
  const value = textIn(body, name)
  if (value === undefined || value === '') throw new FeishuError(230001, { detail: `${name} is required` })
  return value
}

/** What stands in the path. */
export function param({ params }: ApiRequest, name: string): string {
  return params[name] ?? ''
}

/** Throws 99991672 unless the app has one of these scopes. */
export function requireScope(ws: Workspace, scopes: readonly string[]): void {
  if (scopes.length === 0 || scopes.some((scope) => ws.scopes.has(scope))) return
  throw new FeishuError(99991672, { detail: `one of [${scopes.join(', ')}] is required` })
}
