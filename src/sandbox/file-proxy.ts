import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'

const PASSED_ON = ['content-type', 'content-disposition', 'content-length', 'x-content-type-options']

/**
 * The program's own downloads under the sandbox's address: cards link to them, and the server gets another port each
 * time it is started.
 */
export function fileProxy(app: FastifyInstance, serverUrl: () => string): void {
  app.get<{ Params: { '*': string } }>('/files/*', async (request, reply) => {
    const url = new URL(`/files/${encodeURIComponent(request.params['*'])}`, serverUrl())
    const answer = await fetch(url).catch(() => undefined)
    if (!answer?.body) return reply.code(answer?.status ?? 502).send()
    for (const name of PASSED_ON) {
      const value = answer.headers.get(name)
      if (value !== null) reply.header(name, value)
    }
    return reply.code(answer.status).send(Readable.from(answer.body))
  })
}
