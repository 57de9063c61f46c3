import { parseFields } from './fields.js'
import { type Parts, readMultipart } from './multipart.js'

/** What a request's body holds; undefined for one that cannot be read. */
export function readBody(contentType: string, body: Buffer): Parts | undefined {
  if (body.length === 0) return { fields: {} }
  if (contentType.startsWith('multipart/form-data')) return readMultipart(contentType, body)
  const fields = parseFields(body.toString())
  return fields ? { fields } : undefined
}
