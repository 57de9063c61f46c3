import type { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'

export interface FilesDeps {
  /** A kept file by the unguessable id that its card's link carries. */
  readFile(id: string): Promise<{ name: string; bytes: number; stream: Readable } | undefined>
}

/** `GET /files/<id>`: always a download, never something a browser shows or runs. */
export function registerFiles(fastify: FastifyInstance, { readFile }: FilesDeps): void {
  fastify.get<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
    const { id } = request.params
    const file = /^[0-9a-z]{26}$/.test(id) ? await readFile(id) : undefined
    if (!file) return reply.code(404).send()
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', file.bytes)
      .header('content-disposition', `attachment; filename*=UTF-8''${extValue(file.name)}`)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, no-store')
      .send(file.stream)
  })
}

/** RFC 8187: what `encodeURIComponent` leaves alone and a header may not hold is encoded as well. */
function extValue(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
