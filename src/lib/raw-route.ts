import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from './logger.js'

export interface RawRoute {
  path: string
  maxBytes: number
  /** Is given the body as a Buffer. */
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
  /** Told of what HTTP itself refuses, as `http_413`. */
  onRefused: (reason: string) => void
  logger: Logger
}

/** Takes POST requests as bytes: where signatures are over raw bodies, nothing may parse one before. */
export function rawRoute(
  fastify: FastifyInstance,
  { path, maxBytes, handle, onRefused, logger }: RawRoute,
): void {
  // a scope of its own
  void fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: maxBytes },
      async (_request: unknown, raw: Buffer) => raw,
    )
    scope.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
      const status = error.statusCode ?? 500
      onRefused(`http_${status}`)
      if (status >= 500) logger.error('request failed', { path, cause: error })
      return reply.code(status).send()
    })
    scope.post(path, { bodyLimit: maxBytes }, handle)
  })
}
