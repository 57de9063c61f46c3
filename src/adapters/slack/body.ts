import { jsonBody, jsonText, mediaTypeOf, utf8 } from '../../lib/json-body.js'

export type DecodedBody =
  /** `form`: an interaction, a command or an options request, which Slack sends url-encoded. */
  { kind: 'json' | 'form'; value: unknown } | { kind: 'malformed'; reason: string }

/** The body of a verified request as data. Anything that cannot be read is `malformed`; nothing is thrown. */
export function decodeBody(rawBody: Uint8Array, contentType: string | undefined): DecodedBody {
  // The SDK's receiver compares the whole header and so refuses `; charset=utf-8`.
  const mediaType = mediaTypeOf(contentType)
  if (mediaType === 'application/json') return jsonBody(rawBody)
  const text = utf8(rawBody)
  if (text === undefined) return { kind: 'malformed', reason: 'not_utf8' }
  if (mediaType !== 'application/x-www-form-urlencoded') return { kind: 'malformed', reason: 'media_type' }
  const form = new URLSearchParams(text)
  const payload = form.get('payload')
  if (payload === null) return { kind: 'form', value: Object.fromEntries(form) }
  const read = jsonText(payload)
  return read.kind === 'json' ? { kind: 'form', value: read.value } : read
}
