/** Deeper than anything a messenger sends; shallow enough that no walk over it can exhaust the stack. */
const MAX_DEPTH = 64

export type JsonBody =
  | { kind: 'json'; value: Record<string, unknown> }
  | { kind: 'malformed'; reason: string }

/** An object out of a request's bytes. Anything else is `malformed`; nothing is thrown. */
export function jsonBody(bytes: Uint8Array): JsonBody {
  const text = utf8(bytes)
  return text === undefined ? { kind: 'malformed', reason: 'not_utf8' } : jsonText(text)
}

/** An object out of JSON that came as text. */
export function jsonText(text: string): JsonBody {
  if (depthOf(text) > MAX_DEPTH) return { kind: 'malformed', reason: 'too_deep' }
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? { kind: 'json', value } : { kind: 'malformed', reason: 'not_an_object' }
  } catch {
    return { kind: 'malformed', reason: 'not_json' }
  }
}

/** The media type of a request, without its parameters. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase()
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text out of UTF-8, or nothing when it is none. */
export function utf8(bytes: Uint8Array): string | undefined {
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
