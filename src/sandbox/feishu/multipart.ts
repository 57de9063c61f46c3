import type { Fields } from './fields.js'
import type { Upload } from './methods/api.js'

const CRLF = Buffer.from('\r\n')
const HEAD_END = Buffer.from('\r\n\r\n')

export type Parts = { fields: Fields; upload?: Upload }

/**
 * The parts of a multipart body; undefined when it is none. Read by hand: the SDK sends bytes without a file name, which
 * the platform takes as a file and a browser's reader would take as text.
 */
export function readMultipart(contentType: string, body: Buffer): Parts | undefined {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary === undefined) return undefined
  const parts: Parts = { fields: {} }
  for (const part of split(body, Buffer.from(`--${boundary}`))) {
    const headEnd = part.indexOf(HEAD_END)
    if (headEnd < 0) return undefined
    const head = part.subarray(0, headEnd).toString()
    const bytes = part.subarray(headEnd + HEAD_END.length)
    const name = /[; ]name="([^"]*)"/i.exec(head)?.[1] ?? ''
    const fileName = /[; ]filename="([^"]*)"/i.exec(head)?.[1]
    const mimetype = /^content-type: *(.+)$/im.exec(head)?.[1]?.trim()
    const isFile = fileName !== undefined || (mimetype !== undefined && !mimetype.startsWith('text/plain'))
    if (!isFile) parts.fields[name] = bytes.toString()
    else {
      parts.upload ??= {
        name: fileName ?? name,
        mimetype: mimetype ?? 'application/octet-stream',
        bytes: Buffer.from(bytes),
      }
    }
  }
  return parts
}

/** What lies between the boundaries, without the line ends that belong to them. */
function split(body: Buffer, boundary: Buffer): Buffer[] {
  const found: Buffer[] = []
  let from = body.indexOf(boundary)
  while (from >= 0) {
    const start = from + boundary.length + CRLF.length
    const next = body.indexOf(boundary, start)
    if (next < 0) break
    found.push(body.subarray(start, next - CRLF.length))
    from = next
  }
  return found
}
