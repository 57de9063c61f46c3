import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import { FeishuError } from './feishu-error.js'
import { parseFields } from './fields.js'
import { CLIENT_CONFIG, MAX_CONNECTIONS } from './long-connections.js'
import type { Workspace } from './workspace.js'

const SOCKET_PATH = '/callback/ws/connect'
export const ENDPOINT_CALL = 'callback.ws.endpoint'

/** Mounts where a client asks for its socket's address, and the socket itself. */
export function longConnection(routes: FastifyInstance, ws: Workspace): void {
  const sockets = new WebSocketServer({ noServer: true })
  routes.post('/callback/ws/endpoint', (request, reply) => {
    const { status, body } = endpoint(ws, Buffer.isBuffer(request.body) ? request.body.toString() : '')
    return reply.code(status).send(body)
  })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const url = new URL(request.url ?? '/', 'http://emulator')
    // Other emulators on this server have sockets of their own.
    if (url.pathname !== ws.addresses.prefix + SOCKET_PATH) return
    const ticket = url.searchParams.get('ticket') ?? ''
    const welcome = (): WebSocket => {
      let client: WebSocket | undefined
      // Without a callback of its own `ws` calls back before it returns.
      sockets.handleUpgrade(request, socket, head, (opened) => {
        client = opened
      })
      if (!client) throw new TypeError('the client left during its handshake')
      return client
    }
    try {
      if (ws.faults.downMode() === undefined && ws.connections.accept(ticket, welcome)) return
    } catch {
      // falls through to the refusal
    }
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
  }
  routes.server.on('upgrade', upgrade)
  routes.addHook('onClose', async () => {
    routes.server.off('upgrade', upgrade)
    ws.connections.disconnect()
  })
}

function endpoint(ws: Workspace, text: string): { status: number; body: unknown } {
  const { app, addresses, faults, connections } = ws
  const rule = faults.ruleFor(ENDPOINT_CALL)
  const given = parseFields(text) ?? {}
  const refusal =
    faults.downMode() !== undefined || rule
      ? new FeishuError(1000040343)
      : given.AppID !== app.id || given.AppSecret !== app.secret
        ? new FeishuError(514)
        : connections.size >= MAX_CONNECTIONS
          ? new FeishuError(1000040350)
          : undefined
  const isOk = refusal === undefined
  ws.log.call({
    method: ENDPOINT_CALL,
    at: ws.now().toISOString(),
    ms: 0,
    httpStatus: faults.downMode() === undefined ? 200 : 503,
    ok: isOk,
    ...(isOk ? {} : { error: String(refusal.code) }),
    args: {},
  })
  if (faults.downMode() !== undefined) return { status: 503, body: 'Service Unavailable' }
  if (!isOk) return { status: 200, body: { code: refusal.code, msg: refusal.message, data: {} } }
  const origin = addresses.publicUrl.replace(/^http/, 'ws')
  const query = new URLSearchParams({ device_id: 'emulated', service_id: '1', ticket: connections.admit() })
  const url = `${origin}${addresses.prefix}${SOCKET_PATH}?${query}`
  return { status: 200, body: { code: 0, msg: 'success', data: { URL: url, ClientConfig: CLIENT_CONFIG } } }
}
