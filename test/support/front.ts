import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerProcess } from './world.js'

/** What stands before several servers, as a load balancer does. */
export interface Front {
  /** Where events go. */
  requestUrl: string
  /** Requests in turn go to these. */
  spread(servers: readonly ServerProcess[]): void
  close(): Promise<void>
}

/** Hands each request to the next server, untouched. A server that cannot be reached breaks the connection off. */
export async function startFront(): Promise<Front> {
  let targets: readonly ServerProcess[] = []
  let turn = 0
  const http = createServer(async (request, response) => {
    const target = targets[turn++ % Math.max(1, targets.length)]
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { connection: _, host: __, 'content-length': ___, ...headers } = request.headers
    try {
      if (!target) throw new Error('nobody serves')
      const answer = await fetch(`${target.url}${request.url}`, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      })
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(Buffer.from(await answer.arrayBuffer()))
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
    spread: (servers) => {
      targets = [...servers]
    },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}
