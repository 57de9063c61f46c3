import { connect, type Socket } from 'node:net'

/** One kept-alive HTTP/1.1 connection, one request at a time, at next to no cost of our own. */
export interface Connection {
  /** Sends a whole request; resolves to the answer's status when all of the answer is there. */
  send(request: Buffer): Promise<number>
  close(): void
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = await connected(port)
  let received = ''
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    const end = endOfAnswer(received)
    if (end === undefined || !waiting) return
    const status = Number(received.slice(9, 12))
    received = received.slice(end)
    const { resolve } = waiting
    waiting = undefined
    resolve(status)
  })
  const lost = () => waiting?.reject(new Error('the server closed the connection'))
  socket.on('error', lost)
  socket.on('close', lost)
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Where the first answer in `text` ends; undefined when it is not whole yet. */
function endOfAnswer(text: string): number | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const bodyAt = headEnd + 4
  const head = text.slice(0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length) return text.length >= bodyAt + Number(length[1]) ? bodyAt + Number(length[1]) : undefined
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return bodyAt
  const last = text.startsWith('0\r\n\r\n', bodyAt) ? bodyAt : text.indexOf('\r\n0\r\n\r\n', bodyAt) + 2
  return last >= bodyAt ? last + 5 : undefined
}
