import type { FastifyRequest } from 'fastify'
import type { Messenger } from './messenger.js'
import type { Trace } from './trace.js'

/** What a person's client does by itself, or what changes nothing. */
const SILENT = new Set(['markRead', 'suggest', 'openDm', 'openDirect', 'openHome', 'changeUser'])

/** Begins a new act in the trace when a request is something that somebody does. */
export function noteGesture(messengers: readonly Messenger[], trace: Trace, request: FastifyRequest): void {
  const found = /^\/sandbox\/(\w+)\/gestures\/(\w+)/.exec(request.url)
  const [, platform, name = ''] = found ?? []
  const messenger = messengers.find((each) => each.platform === platform)
  if (request.method !== 'POST' || !messenger || SILENT.has(name)) return
  const body = (request.body ?? {}) as Record<string, unknown>
  const text = (key: string): string | undefined => (typeof body[key] === 'string' ? body[key] : undefined)
  const fields = {
    platform: messenger.platform,
    userId: text('userId'),
    channel: text('channel') ?? text('conversation'),
    action: name === 'click' && messenger.knows(String(body.userId)) ? messenger.labelOf(body) : undefined,
    text: text('text')?.slice(0, 80),
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  trace.act({ gesture: name, ...Object.fromEntries(given) })
}
