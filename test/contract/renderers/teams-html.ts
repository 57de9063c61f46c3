const TAG = /<(\/?)([a-z]+)((?:\s[^>]*)?)>/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
/** What we write of HTML; any other bracket is a mark that somebody made. */
const KNOWN = new Set(['b', 'i', 'code', 'a', 'at'])

/** What Teams shows of a message in its kind of HTML, and what in it is more than words. */
export function readHtml(source: string): { shown: string; marks: string[] } {
  const marks: string[] = []
  const shown = source.replace(TAG, (_tag, closes: string, name: string, rest: string) => {
    if (name === 'br') return '\n'
    const href = /href="([^"]*)"/.exec(rest)?.[1]
    if (closes === '')
      marks.push(KNOWN.has(name) ? `${name}${href === undefined ? '' : `:${href}`}` : `tag:${name}`)
    return ''
  })
  if (/[<>]/.test(shown)) marks.push('broken')
  return { shown: shown.replace(/&(amp|lt|gt|quot);/g, (_all, name: string) => ENTITIES[name] ?? ''), marks }
}
