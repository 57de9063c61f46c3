import { type Fields, isFields } from './fields.js'

/** Arguments as the body carries them: form, JSON or multipart. Returns undefined for a body that cannot be read. */
export async function readArguments(contentType: string, body: Buffer): Promise<Fields | undefined> {
  if (body.length === 0) return {}
  const type = contentType.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return readJson(body.toString())
  if (type === 'multipart/form-data') return (await readMultipart(contentType, body))?.fields
  return Object.fromEntries(new URLSearchParams(body.toString()))
}

/** The bytes of an upload: the first file of a multipart body, or the body itself. */
export async function readUpload(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body
  return (await readMultipart(contentType, body))?.file ?? Buffer.alloc(0)
}

function readJson(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

async function readMultipart(
  contentType: string,
  body: Buffer,
): Promise<{ fields: Fields; file?: Buffer } | undefined> {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData()
    const fields: Fields = {}
    let file: Buffer | undefined
    for (const [name, value] of form) {
      if (typeof value === 'string') fields[name] = value
      else file ??= Buffer.from(await value.arrayBuffer())
    }
    return { fields, ...(file ? { file } : {}) }
  } catch {
    return undefined
  }
}
