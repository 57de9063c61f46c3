/**
 * Slack's own reading of its markup, written from its documentation and sharing nothing with the renderer: what is in
 * angle brackets is an entity, the three `&…;` are signs, everything else is words.
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export interface Read {
  /** `mention:U1`, `special:channel`, `channel:C1`, `date:123`, `link:https://…`, `broken` for a bracket without its mate. */
  entities: string[]
  /** What a reader sees. */
  shown: string
}

export function readMarkup(source: string): Read {
  const entities: string[] = []
  let shown = ''
  let rest = source
  while (rest !== '') {
    const at = rest.search(/[<>]/)
    if (at < 0) {
      shown += unescaped(rest)
      break
    }
    shown += unescaped(rest.slice(0, at))
    const end = rest.indexOf('>', at)
    if (rest[at] === '>' || end < 0) {
      // A bare `>` at the start of a line is a quotation; anywhere else it should have been escaped.
      const startsLine = rest[at] === '>' && /(^|\n)$/.test(source.slice(0, source.length - rest.length + at))
      if (!startsLine) entities.push('broken')
      rest = rest.slice(at + 1)
      continue
    }
    const [target = '', label] = split(rest.slice(at + 1, end))
    entities.push(entity(target))
    shown += unescaped(label ?? target)
    rest = rest.slice(end + 1)
  }
  return { entities, shown }
}

function split(inner: string): [string, string?] {
  const bar = inner.indexOf('|')
  return bar < 0 ? [inner] : [inner.slice(0, bar), inner.slice(bar + 1)]
}

function entity(target: string): string {
  if (target.startsWith('@')) return `mention:${target.slice(1)}`
  if (target.startsWith('#')) return `channel:${target.slice(1)}`
  if (target.startsWith('!date^')) return `date:${target.split('^')[1]}`
  if (target.startsWith('!')) return `special:${target.slice(1)}`
  return `link:${target}`
}

function unescaped(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
}

export interface TextObject {
  type: 'plain_text' | 'mrkdwn'
  text: string
  verbatim?: boolean
}

/** Every text object in blocks or a view, in order. */
export function textObjects(value: unknown): TextObject[] {
  if (Array.isArray(value)) return value.flatMap(textObjects)
  if (typeof value !== 'object' || value === null) return []
  const { type, text } = value as { type?: unknown; text?: unknown }
  if ((type === 'plain_text' || type === 'mrkdwn') && typeof text === 'string') return [value as TextObject]
  return Object.values(value).flatMap(textObjects)
}
