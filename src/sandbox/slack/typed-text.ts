import type { Fields } from './fields.js'
import { mintBlockId } from './ids.js'
import type { SlackState } from './types.js'

type Piece = { text: string; rich: Fields }

const LINK = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]}'"，。；：！？）】]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/**
 * What Slack makes of a text that a person typed: `@Name` becomes a mention when somebody has that name, `#channel`
 * and links become references, and everything else is escaped, so that a typed `<!channel>` reaches nobody.
 */
export function typedText(state: SlackState, typed: string): { text: string; blocks: Fields[] } {
  const pieces = mentions(state, typed)
  const section = { type: 'rich_text_section', elements: pieces.map((piece) => piece.rich) }
  const blocks = typed === '' ? [] : [{ type: 'rich_text', block_id: mintBlockId(), elements: [section] }]
  return { text: pieces.map((piece) => piece.text).join(''), blocks }
}

function mentions(state: SlackState, typed: string): Piece[] {
  const names = pickable(state)
  const pieces: Piece[] = []
  let from = 0
  for (let at = 0; at < typed.length; at += 1) {
    const sign = typed[at]
    if (sign !== '@' && sign !== '#') continue
    if (at > 0 && /[\w.]/.test(typed[at - 1] ?? '')) continue
    const rest = typed.slice(at).toLowerCase()
    const found = names.find(([name]) => rest.startsWith(name) && !/^\w/.test(rest.slice(name.length)))
    if (!found) continue
    pieces.push(...links(typed.slice(from, at)), found[1])
    at += found[0].length - 1
    from = at + 1
  }
  return [...pieces, ...links(typed.slice(from))]
}

/** What may be picked, the longest name first: people by either name, channels, and the broadcasts. */
function pickable(state: SlackState): [string, Piece][] {
  const people = Object.values(state.users).flatMap((user) => {
    const piece = { text: `<@${user.id}>`, rich: { type: 'user', user_id: user.id } }
    return [user.realName, user.name].map((name): [string, Piece] => [`@${name.toLowerCase()}`, piece])
  })
  const channels = Object.values(state.channels)
    .filter((channel) => channel.name !== '')
    .map((channel): [string, Piece] => {
      const text = `<#${channel.id}|${channel.name}>`
      return [`#${channel.name.toLowerCase()}`, { text, rich: { type: 'channel', channel_id: channel.id } }]
    })
  const broadcasts = ['channel', 'here', 'everyone'].map((range): [string, Piece] => {
    return [`@${range}`, { text: `<!${range}>`, rich: { type: 'broadcast', range } }]
  })
  return [...people, ...channels, ...broadcasts].sort(([a], [b]) => b.length - a.length)
}

function links(plain: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const found of plain.matchAll(LINK)) {
    if (found.index > from) pieces.push(words(plain.slice(from, found.index)))
    const shown = found[0]
    const isMail = !shown.startsWith('http')
    const url = isMail ? `mailto:${shown}` : shown
    const text = isMail ? `<${url}|${shown}>` : `<${escapeText(url)}>`
    pieces.push({ text, rich: { type: 'link', url, ...(isMail ? { text: shown } : {}) } })
    from = found.index + shown.length
  }
  if (from < plain.length) pieces.push(words(plain.slice(from)))
  return pieces
}

function words(text: string): Piece {
  return { text: escapeText(text), rich: { type: 'text', text } }
}

/** The three characters that Slack escapes. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
