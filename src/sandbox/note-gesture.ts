import type { FastifyRequest } from 'fastify'
import type { SlackEmulator } from './slack/emulator.js'
import type { Fields } from './slack/types.js'
import type { Trace } from './trace.js'

/** What a person's client does by itself, or what changes nothing. */
const SILENT = new Set(['markRead', 'suggest', 'openDm', 'openHome', 'changeUser'])

/** Begins a new act in the trace when a request is something that somebody does. */
export function noteGesture(emulator: SlackEmulator, trace: Trace, request: FastifyRequest): void {
  const found = /^\/sandbox\/slack\/(gestures|faults)\/(\w+)/.exec(request.url)
  if (request.method !== 'POST' || !found) return
  const [, group, name = ''] = found
  if (group === 'faults') {
    // The button asks for two things at once: one act.
    const { which } = (request.body ?? {}) as Fields
    if (which !== 'next') trace.act({ gesture: name })
    return
  }
  if (SILENT.has(name)) return
  const body = (request.body ?? {}) as Fields
  const text = (key: string): string | undefined => (typeof body[key] === 'string' ? body[key] : undefined)
  const fields = {
    userId: text('userId'),
    channel: text('channel'),
    action: name === 'click' ? (labelOf(emulator, body) ?? text('actionId')) : undefined,
    text: text('text')?.slice(0, 80),
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  trace.act({ gesture: name, ...Object.fromEntries(given) })
}

/** What stands on the button that was clicked, or on the option that was chosen. */
function labelOf({ state }: SlackEmulator, click: Fields): string | undefined {
  const inChannel = state.messages[String(click.channel)] ?? []
  const surface =
    typeof click.viewId === 'string'
      ? state.views[click.viewId]
      : [...inChannel, ...state.ephemerals].find((message) => message.ts === click.messageTs)
  const element = find(surface, (each) => each.action_id === click.actionId && each.type !== undefined)
  const chosen =
    typeof click.value === 'string'
      ? find(element, (each) => each.value === click.value && each !== element)
      : undefined
  const label = (chosen ?? element)?.text
  const text = typeof label === 'object' && label !== null ? (label as Fields).text : undefined
  return typeof text === 'string' ? text : undefined
}

/** The first object within a value that fits. */
function find(within: unknown, fits: (fields: Fields) => boolean): Fields | undefined {
  if (typeof within !== 'object' || within === null) return undefined
  if (!Array.isArray(within) && fits(within as Fields)) return within as Fields
  for (const each of Object.values(within)) {
    const found = find(each, fits)
    if (found) return found
  }
  return undefined
}
