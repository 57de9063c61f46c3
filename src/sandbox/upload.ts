import type { FastifyInstance } from 'fastify'
import { type SlackEmulator, workspaceOf } from './slack/emulator.js'
import { keepFile } from './slack/files.js'

const MAX_BODY_BYTES = 20 * 1024 * 1024

/** A file chosen in a modal's file input: uploaded at once, shared with nobody until the form is submitted. */
export function uploadRoute(app: FastifyInstance, emulator: SlackEmulator): void {
  app.post('/sandbox/upload', { bodyLimit: MAX_BODY_BYTES }, (request, reply) => {
    const { userId, name, base64 } = (request.body ?? {}) as Record<string, unknown>
    if (typeof userId !== 'string' || typeof name !== 'string' || typeof base64 !== 'string') {
      return reply.code(400).send({ error: 'bad_argument', expected: '{ userId, name, base64 }' })
    }
    if (!emulator.state.users[userId]) return reply.code(404).send({ error: 'user_not_found' })
    const file = keepFile(workspaceOf(emulator), {
      name,
      user: userId,
      content: Buffer.from(base64, 'base64'),
    })
    return reply.send({ id: file.id, name: file.name, size: file.size })
  })
}
