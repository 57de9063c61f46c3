import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody's server that would like to have a file. */
export interface Trap {
  server: Server
  url: string
  /** What it was sent, with the headers. */
  got: { headers: NodeJS.Dict<string | string[]>; method: string | undefined; body: string }[]
}

/** Takes everything, unless told what to answer. */
export async function startTrap(
  answer: RequestListener = (_, response) => void response.writeHead(201).end(),
) {
  const trap: Trap = { server: createServer(), url: '', got: [] }
  trap.server.on('request', async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    trap.got.push({ headers: request.headers, method: request.method, body })
    answer(request, response)
  })
  await new Promise<void>((resolve) => trap.server.listen(0, '127.0.0.1', resolve))
  trap.url = `http://127.0.0.1:${(trap.server.address() as AddressInfo).port}/upload`
  return trap
}
