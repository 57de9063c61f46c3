import type { FastifyReply } from 'fastify'

/** Everybody who has the page open. */
export type EventStream = {
  add(reply: FastifyReply): void
  send(event: string, data: unknown): void
  close(): void
}

/** A broadcast of server-sent events. */
export function createEventStream(): EventStream {
  const open = new Set<FastifyReply>()
  const beat = setInterval(() => {
    for (const reply of open) reply.raw.write(': \n\n')
  }, 15_000)
  beat.unref()
  return {
    add(reply) {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      reply.raw.write('retry: 1000\n\n')
      open.add(reply)
      reply.raw.on('close', () => open.delete(reply))
    },
    send(event, data) {
      const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
      for (const reply of open) reply.raw.write(text)
    },
    close() {
      clearInterval(beat)
      for (const reply of open) reply.raw.end()
    },
  }
}
