const TOKEN = /<([^<>]*)>/g
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/**
 * A message's text as people wrote it: entities decoded, `<@U1>` as `@{U1}`, the bot's own mention removed, links as
 * `label (url)`. A literal `@{` that somebody typed is broken apart: only Slack's own markup names a person.
 */
export function plainFromWire(raw: string, botUserId: string | undefined): string {
  let out = ''
  let last = 0
  for (const match of raw.matchAll(TOKEN)) {
    out += literal(raw.slice(last, match.index))
    out += token(match[1] ?? '', botUserId)
    last = match.index + match[0].length
  }
  out += literal(raw.slice(last))
  return out.replace(/ *\uE000 */g, (_hit, at: number) => (at === 0 ? '' : ' ')).trim()
}

/** Whether the text mentions this user. */
export function mentions(raw: string, userId: string | undefined): boolean {
  return userId !== undefined && (raw.includes(`<@${userId}>`) || raw.includes(`<@${userId}|`))
}

/** Stands for the bot's own mention until the spaces around it are put right. Private use: nobody types it. */
const OWN_MENTION = '\uE000'

function token(inner: string, botUserId: string | undefined): string {
  const bar = inner.indexOf('|')
  const target = bar < 0 ? inner : inner.slice(0, bar)
  const label = bar < 0 ? '' : literal(inner.slice(bar + 1))
  if (target.startsWith('@')) {
    const userId = target.slice(1)
    return userId === botUserId ? OWN_MENTION : `@{${userId}}`
  }
  if (target.startsWith('#')) return `#${label || target.slice(1)}`
  if (target.startsWith('!')) return special(target.slice(1), label)
  return link(literal(target), label)
}

function special(target: string, label: string): string {
  if (target.startsWith('subteam^')) return label || `@${target.slice('subteam^'.length)}`
  if (target.startsWith('date^')) return label
  return label ? (label.startsWith('@') ? label : `@${label}`) : `@${target}`
}

function link(url: string, label: string): string {
  const bare = url.replace(/^(mailto|tel):/, '')
  if (!label || agrees(label, bare)) return label || bare
  return `${label} (${bare})`
}

/** Slack labels a bare address that somebody typed with the address itself, without the scheme. */
function agrees(label: string, url: string): boolean {
  const core = (s: string): string => s.replace(/^https?:\/\//i, '').replace(/\/$/, '')
  return core(label).toLowerCase() === core(url).toLowerCase()
}

function literal(text: string): string {
  return text
    .replace(/\uE000/g, '')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/@\{/g, '@ {')
}
