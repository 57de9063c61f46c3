import { randomInt } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Answer } from '../post-out.js'
import { parseFields, textIn } from './fields.js'
import { decodeFrame, encodeFrame } from './frames.js'
import { mintSecret } from './ids.js'
import { ANSWER_DEADLINE_MS } from './push.js'

/** So many clients of one app may be connected at once. */
export const MAX_CONNECTIONS = 50
/** What a client is told about itself, in seconds; short where the platform has minutes, so that a test sees the client return. */
export const CLIENT_CONFIG = {
  PingInterval: 120,
  ReconnectCount: -1,
  ReconnectInterval: 1,
  ReconnectNonce: 1,
}

export type LongConnections = {
  readonly size: number
  /** A one-time word with which a client may connect. */
  admit(): string
  /** Takes a client that shows its word; false when it has none. */
  accept(ticket: string, socket: () => WebSocket): boolean
  /** Sends a text to one client drawn at random and waits for its answer; status 0 when there is none. */
  push(text: string): Promise<Answer>
  disconnect(): void
}

type Deps = { monotonic: () => number; fragmentBytes: number; onChange: (detail: string) => void }
type Waiting = { socket: WebSocket; done: (status: number, body: string, timedOut: boolean) => void }

/** The clients of the app that keep a long connection. */
export function createLongConnections({ monotonic, fragmentBytes, onChange }: Deps): LongConnections {
  const clients = new Set<WebSocket>()
  const tickets = new Set<string>()
  const waiting = new Map<string, Waiting>()
  let seqId = 0

  function receive(socket: WebSocket, raw: Buffer): void {
    const frame = decodeFrame(raw)
    if (frame.method === 0) {
      if (frame.headers.type !== 'ping') return
      const payload = Buffer.from(JSON.stringify(CLIENT_CONFIG))
      socket.send(encodeFrame({ ...frame, headers: { type: 'pong' }, payload }))
      return
    }
    const answer = parseFields(frame.payload.toString()) ?? {}
    const data = textIn(answer, 'data')
    const body = data === undefined ? '{}' : Buffer.from(data, 'base64').toString()
    const status = typeof answer.code === 'number' ? answer.code : 0
    waiting.get(frame.headers.message_id ?? '')?.done(status, body, false)
  }

  function leave(socket: WebSocket): void {
    clients.delete(socket)
    for (const each of waiting.values()) if (each.socket === socket) each.done(0, '', false)
    onChange('closed')
  }

  function parts(text: string): Buffer[] {
    const bytes = Buffer.from(text)
    const count = Math.max(1, Math.ceil(bytes.length / fragmentBytes))
    return Array.from({ length: count }, (_, i) => bytes.subarray(i * fragmentBytes, (i + 1) * fragmentBytes))
  }

  function write(socket: WebSocket, messageId: string, text: string): void {
    const fragments = parts(text)
    for (const [seq, payload] of fragments.entries()) {
      seqId += 1
      const headers = {
        type: 'event',
        message_id: messageId,
        sum: String(fragments.length),
        seq: String(seq),
        trace_id: mintSecret(8),
      }
      socket.send(encodeFrame({ seqId, logId: seqId, service: 1, method: 1, headers, payload }))
    }
  }

  return {
    get size() {
      return clients.size
    },
    admit() {
      const ticket = mintSecret(16)
      tickets.add(ticket)
      return ticket
    },
    accept(ticket, socket) {
      if (!tickets.delete(ticket) || clients.size >= MAX_CONNECTIONS) return false
      const client = socket()
      clients.add(client)
      client.on('message', (data: Buffer) => {
        try {
          receive(client, data)
        } catch {
          client.close(1002)
        }
      })
      client.on('close', () => leave(client))
      client.on('error', () => client.terminate())
      onChange('opened')
      return true
    },
    push(text) {
      const startMs = monotonic()
      const socket = [...clients][clients.size > 0 ? randomInt(clients.size) : 0]
      if (!socket) return Promise.resolve({ status: 0, ms: 0, body: '', timedOut: false })
      const messageId = mintSecret(16)
      return new Promise((resolve) => {
        const done = (status: number, body: string, timedOut: boolean): void => {
          clearTimeout(timer)
          waiting.delete(messageId)
          resolve({ status, ms: monotonic() - startMs, body, timedOut })
        }
        const timer = setTimeout(() => done(0, '', true), ANSWER_DEADLINE_MS)
        waiting.set(messageId, { socket, done })
        write(socket, messageId, text)
      })
    },
    disconnect() {
      for (const client of [...clients]) client.terminate()
    },
  }
}
