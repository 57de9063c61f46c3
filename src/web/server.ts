import Fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from '../lib/logger.js'
import { type FilesDeps, registerFiles } from './files.js'
import { type HealthDeps, registerHealth } from './health.js'

export interface WebDeps extends HealthDeps, FilesDeps {
  logger: Logger
}

/** The one HTTP server: health, files, and whatever the messengers' adapters mount before it listens. */
export function createWebServer(deps: WebDeps): FastifyInstance {
  const fastify = Fastify({
    logger: false,
    bodyLimit: 1024 * 1024,
    // longer than the idle time of the usual balancers, so that it is they who close
    keepAliveTimeout: 75_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  })
  registerHealth(fastify, deps)
  registerFiles(fastify, deps)
  fastify.setNotFoundHandler((_, reply) => reply.code(404).send())
  fastify.setErrorHandler((error: { statusCode?: number }, _, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) deps.logger.error('request failed', { error })
    return reply.code(status).send()
  })
  return fastify
}
