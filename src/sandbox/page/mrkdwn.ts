/** A piece of a line. Text is decoded: what was escaped on the wire stands here as it was written. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'user'; id: string; label?: string }
  | { kind: 'channel'; id: string; label?: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'date'; epochS: number; format: string; fallback: string; url?: string }
  | { kind: 'emoji'; name: string }
  | { kind: 'break' }

export type Paragraph =
  | { kind: 'lines'; children: Inline[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'pre'; text: string }

const FENCE = '```'

/**
 * Reads Slack's mrkdwn. Only a bare `<` begins a reference: `&lt;!channel&gt;` is somebody's own words and stays text.
 * As in Slack, `*`, `_` and `~` count only at the edge of a word, and Chinese characters are part of words.
 */
export function parseMrkdwn(source: string): Paragraph[] {
  return source.split(FENCE).flatMap((part, i, all): Paragraph[] => {
    // A fence that is never closed is only three backticks.
    if (i % 2 === 1 && i < all.length - 1)
      return [{ kind: 'pre', text: decode(part.replace(/^\n|\n$/g, '')) }]
    return paragraphs(i % 2 === 1 ? FENCE + part : part)
  })
}

function paragraphs(part: string): Paragraph[] {
  if (part === '' || part === '\n') return []
  const found: { quote: boolean; lines: string[] }[] = []
  let restIsQuote = false
  for (const raw of part.replace(/^\n|\n$/g, '').split('\n')) {
    if (raw.startsWith('&gt;&gt;&gt;')) restIsQuote = true
    const mark = /^(?:&gt;&gt;&gt;|&gt;) ?/.exec(raw)?.[0]
    const quote = restIsQuote || mark !== undefined
    const line = mark === undefined ? raw : raw.slice(mark.length)
    const last = found.at(-1)
    if (last?.quote === quote) last.lines.push(line)
    else found.push({ quote, lines: [line] })
  }
  return found.map(({ quote, lines }) => ({
    kind: quote ? 'quote' : 'lines',
    children: lines.flatMap((line, i): Inline[] => [
      ...(i > 0 ? [{ kind: 'break' } as const] : []),
      ...inline(line),
    ]),
  }))
}

type Token = { raw: string; node?: Inline }

const REFERENCE = /<([@#!][^<>]*|(?:https?:|mailto:|tel:|slack:)[^<>]*)>|`([^`\n]+)`|:([a-z0-9_+-]+):/gi

function inline(line: string): Inline[] {
  const tokens: Token[] = []
  let from = 0
  for (const match of line.matchAll(REFERENCE)) {
    const [whole, reference, code, emoji] = match
    if (match.index > from) tokens.push({ raw: line.slice(from, match.index) })
    if (reference !== undefined) tokens.push({ raw: whole, node: referenced(reference) })
    else if (code !== undefined) tokens.push({ raw: whole, node: { kind: 'code', text: decode(code) } })
    else tokens.push({ raw: whole, node: { kind: 'emoji', name: (emoji ?? '').toLowerCase() } })
    from = match.index + whole.length
  }
  if (from < line.length) tokens.push({ raw: line.slice(from) })
  return styled(tokens)
}

function referenced(reference: string): Inline {
  const [target = '', ...labels] = reference.split('|')
  const label = labels.length > 0 ? decode(labels.join('|')) : undefined
  if (target.startsWith('@'))
    return { kind: 'user', id: target.slice(1), ...(label === undefined ? {} : { label }) }
  if (target.startsWith('#'))
    return { kind: 'channel', id: target.slice(1), ...(label === undefined ? {} : { label }) }
  if (target.startsWith('!date^')) return date(target, label ?? '')
  if (target.startsWith('!')) return { kind: 'broadcast', range: label ?? target.slice(1) }
  return { kind: 'link', url: decode(target), label: label ?? decode(target).replace(/^mailto:/, '') }
}

function date(target: string, fallback: string): Inline {
  const [, seconds, format = '', url] = target.split('^')
  return {
    kind: 'date',
    epochS: Number(seconds),
    format: decode(format),
    fallback,
    ...(url === undefined ? {} : { url: decode(url) }),
  }
}

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const
type Mark = keyof typeof STYLES
const WORD = /[\p{L}\p{N}]/u

/** Single characters, with references as one unit, so that a style can span them. */
function styled(tokens: Token[]): Inline[] {
  const units = tokens.flatMap((token): Token[] =>
    token.node ? [token] : [...token.raw].map((raw) => ({ raw })),
  )
  return runs(units)
}

function runs(units: Token[]): Inline[] {
  const out: Inline[] = []
  let plain = ''
  const flush = (): void => {
    if (plain !== '') out.push({ kind: 'text', text: decode(plain) })
    plain = ''
  }
  for (let i = 0; i < units.length; i += 1) {
    const unit = units[i]
    if (!unit) continue
    const end = unit.node ? -1 : closing(units, i)
    if (end > 0) {
      flush()
      out.push({ kind: STYLES[unit.raw as Mark], children: runs(units.slice(i + 1, end)) })
      i = end
    } else if (unit.node) {
      flush()
      out.push(unit.node)
    } else {
      plain += unit.raw
    }
  }
  flush()
  return out
}

/** Where the style that opens at `at` closes; -1 when it does not open there. */
function closing(units: Token[], at: number): number {
  const mark = units[at]?.raw ?? ''
  if (!(mark in STYLES)) return -1
  const before = units[at - 1]
  const next = units[at + 1]
  if (before && !before.node && WORD.test(before.raw)) return -1
  if (!next || (!next.node && (/\s/.test(next.raw) || next.raw === mark))) return -1
  for (let i = at + 2; i < units.length; i += 1) {
    const unit = units[i]
    const inner = units[i - 1]
    const after = units[i + 1]
    if (unit?.raw !== mark || unit.node) continue
    const endsWord = inner && (inner.node || !/\s/.test(inner.raw))
    if (endsWord && (!after || after.node || !WORD.test(after.raw))) return i
  }
  return -1
}

/** The three characters that the wire escapes. */
export function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
