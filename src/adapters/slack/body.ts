/** Deeper than anything Slack sends; shallow enough that no walk over it can exhaust the stack. */
const MAX_DEPTH = 64

export type DecodedBody =
  | { kind: 'json'; value: unknown }
  /** An interaction, a command or an options request: Slack sends these url-encoded. */
  | { kind: 'form'; value: unknown }
  | { kind: 'malformed'; reason: string }

/** The body of a verified request as data. Anything that cannot be read is `malformed`; nothing is thrown. */
export function decodeBody(rawBody: Uint8Array, contentType: string | undefined): DecodedBody {
  // The SDK's receiver compares the whole header and so refuses `; charset=utf-8`.
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  const text = utf8(rawBody)
  if (text === undefined) return { kind: 'malformed', reason: 'not_utf8' }
  if (mediaType === 'application/json') return asJson(text, 'json')
  if (mediaType !== 'application/x-www-form-urlencoded') return { kind: 'malformed', reason: 'media_type' }
  const form = new URLSearchParams(text)
  const payload = form.get('payload')
  return payload === null ? { kind: 'form', value: Object.fromEntries(form) } : asJson(payload, 'form')
}

function asJson(text: string, kind: 'json' | 'form'): DecodedBody {
  if (depthOf(text) > MAX_DEPTH) return { kind: 'malformed', reason: 'too_deep' }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { kind, value }
    return { kind: 'malformed', reason: 'not_an_object' }
  } catch {
    return { kind: 'malformed', reason: 'not_json' }
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** How deep brackets nest outside of strings, looked at before anything recursive sees the text. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (inString) {
      if (c === '\\') i++
      else if (c === '"') inString = false
    } else if (c === '"') inString = true
    else if (c === '{' || c === '[') deepest = Math.max(deepest, ++depth)
    else if (c === '}' || c === ']') depth--
  }
  return deepest
}
