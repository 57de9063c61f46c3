/** A piece of a line of Feishu's markdown. */
export type FeishuInline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: FeishuInline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; children: FeishuInline[] }
  | { kind: 'at'; id: string }
  | { kind: 'font' | 'tag'; colour: string; children: FeishuInline[] }
  | { kind: 'break' }
export type FeishuBlock =
  | { kind: 'line'; children: FeishuInline[] }
  | { kind: 'heading'; level: number; children: FeishuInline[] }
  | { kind: 'quote'; children: FeishuInline[] }
  | { kind: 'item'; mark: string; children: FeishuInline[] }
  | { kind: 'pre'; text: string }
  | { kind: 'rule' }

type Rule = [pattern: RegExp, made: (found: RegExpExecArray) => FeishuInline]
const RULES: Rule[] = [
  [/^`([^`\n]+)`/, ([, text = '']) => ({ kind: 'code', text: decoded(text) })],
  [/^\*\*(\S(?:[^\n]*?\S)??)\*\*/, ([, inner = '']) => ({ kind: 'bold', children: inlines(inner) })],
  [/^~~(\S(?:[^\n]*?\S)??)~~/, ([, inner = '']) => ({ kind: 'strike', children: inlines(inner) })],
  [/^\*(\S(?:[^\n*]*?\S)?)\*/, ([, inner = '']) => ({ kind: 'italic', children: inlines(inner) })],
  [
    /^\[([^\]\n]*)\]\(([^()\s]+)\)/,
    ([, words = '', url = '']) => ({ kind: 'link', url: decoded(url), children: inlines(words) }),
  ],
  [
    /^<at\s+(?:id|ids|user_id)=["']?([\w,-]+)["']?\s*>(?:[^<]*<\/at>)?/,
    ([, id = '']) => ({ kind: 'at', id }),
  ],
  [
    /^<(font|text_tag)\s+color=["']?([\w-]+)["']?\s*>([\s\S]*?)<\/\1>/,
    ([, tag, colour = '', inner = '']) => ({
      kind: tag === 'font' ? 'font' : 'tag',
      colour,
      children: inlines(inner),
    }),
  ],
  [/^<br\s*\/?>/, () => ({ kind: 'break' })],
]
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Reads markdown as Feishu's cards have it. What means nothing there stays as it is. */
export function parseFeishuMarkdown(text: string): FeishuBlock[] {
  const blocks: FeishuBlock[] = []
  const pieces = text.split(/^```[^\n]*\n([\s\S]*?)\n?```[ \t]*$/m)
  pieces.forEach((piece, i) => {
    if (i % 2 === 1) blocks.push({ kind: 'pre', text: decoded(piece) })
    else
      blocks.push(
        ...piece
          .replace(/^\n|\n$/g, i === 0 && pieces.length === 1 ? '$&' : '')
          .split('\n')
          .map(blockOf),
      )
  })
  return blocks
}

function blockOf(line: string): FeishuBlock {
  if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) return { kind: 'rule' }
  const heading = /^(#{1,6})\s+(.*)$/.exec(line)
  if (heading) return { kind: 'heading', level: heading[1]?.length ?? 1, children: inlines(heading[2] ?? '') }
  const quote = /^>\s?(.*)$/.exec(line)
  if (quote) return { kind: 'quote', children: inlines(quote[1] ?? '') }
  const item = /^\s*([-*+]|\d+[.)])\s+(.*)$/.exec(line)
  if (item) {
    const mark = /\d/.test(item[1] ?? '') ? (item[1] ?? '') : '•'
    return { kind: 'item', mark, children: inlines(item[2] ?? '') }
  }
  return { kind: 'line', children: inlines(line) }
}

function inlines(text: string): FeishuInline[] {
  const found: FeishuInline[] = []
  let plain = ''
  const flush = (): void => {
    if (plain !== '') found.push({ kind: 'text', text: decoded(plain) })
    plain = ''
  }
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const made = madeBy(rest)
    if (made) {
      flush()
      found.push(made.inline)
      at += made.length
    } else {
      plain += rest[0]
      at += 1
    }
  }
  flush()
  return found
}

function madeBy(rest: string): { inline: FeishuInline; length: number } | undefined {
  if (!/^[`*~[<]/.test(rest)) return undefined
  for (const [pattern, made] of RULES) {
    const found = pattern.exec(rest)
    if (found) return { inline: made(found), length: found[0].length }
  }
  return undefined
}

/** Entities mean their signs only after the marks have been looked for. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
