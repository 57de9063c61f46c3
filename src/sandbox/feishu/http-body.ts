import { type Fields, parseFields } from './fields.js'
import type { Upload } from './methods/api.js'

/** What a request's body holds; undefined for one that cannot be read. */
export async function readBody(
  contentType: string,
  body: Buffer,
): Promise<{ fields: Fields; upload?: Upload } | undefined> {
  if (body.length === 0) return { fields: {} }
  if (contentType.startsWith('multipart/form-data')) return readMultipart(contentType, body)
  const fields = parseFields(body.toString())
  return fields ? { fields } : undefined
}

async function readMultipart(contentType: string, body: Buffer) {
  try {
    const headers = { 'content-type': contentType }
    const form = await new Response(new Uint8Array(body), { headers }).formData()
    const fields: Fields = {}
    let upload: Upload | undefined
    for (const [name, value] of form) {
      if (typeof value === 'string') {
        fields[name] = value
        continue
      }
      const bytes = Buffer.from(await value.arrayBuffer())
      upload ??= { name: value.name, mimetype: value.type || 'application/octet-stream', bytes }
    }
    return { fields, ...(upload ? { upload } : {}) }
  } catch {
    return undefined
  }
}
