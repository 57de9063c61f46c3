import { isIn } from './store.js'
import type { Mention, TeamsConversation, TeamsState } from './types.js'

const AT = /<at>([^<]*)<\/at>/g

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function unescaped(html: string): string {
  return html
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

function mentionHtml(name: string, i: number): string {
  return `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${i}">${escaped(name)}</span>&nbsp;`
}

/** What somebody typed, both as text and as the HTML that repeats it. */
export type Typed = { text: string; html: string; mentions: Mention[] }

/** Reads `<at>Name</at>` as mentions of whoever is in the conversation; `html` stands for what was typed with formatting. */
export function readTyped(
  state: TeamsState,
  conversation: TeamsConversation,
  given: { text?: string; html?: string },
): Typed {
  const source = given.text ?? plainOf(given.html ?? '')
  const mentions: Mention[] = []
  for (const [text, name = ''] of source.matchAll(AT)) {
    const id = personNamed(state, conversation, name)
    if (id !== undefined) mentions.push({ id, name, text })
  }
  const known = new Set(mentions.map((mention) => mention.name))
  let n = 0
  const spanOf = (whole: string, name: string): string => {
    if (!known.has(name)) return whole
    n += 1
    return mentionHtml(name, n - 1)
  }
  if (given.html !== undefined) return { text: source, html: given.html.replaceAll(AT, spanOf), mentions }
  const parts = source.split(/(<at>[^<]*<\/at>)/).map((part) => {
    const name = /^<at>([^<]*)<\/at>$/.exec(part)?.[1]
    return name !== undefined && known.has(name) ? spanOf(part, name) : escaped(part)
  })
  const html = `<p>${parts.join('').replaceAll('&nbsp; ', '&nbsp;').replaceAll('\n', '<br>')}</p>`
  return { text: source, html, mentions }
}

function personNamed(state: TeamsState, conversation: TeamsConversation, name: string): string | undefined {
  if (name === state.bot.name) return state.bot.id
  const user = Object.values(state.users).find(
    (each) => each.name === name && isIn(state, conversation, each.aadObjectId),
  )
  return user?.mri
}

function plainOf(html: string): string {
  const lines = html.replaceAll(/<br\s*\/?>|<\/(p|div|li)>/g, '\n').replaceAll(AT, '\u0001$1\u0002')
  const bare = unescaped(lines.replaceAll(/<[^>]*>/g, '')).trim()
  return bare.replaceAll('\u0001', '<at>').replaceAll('\u0002', '</at>')
}
