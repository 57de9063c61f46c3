/**
 * Any two of the slash, its full-width form, and what a Chinese keyboard writes for it. Invisible characters are skipped,
 * so that one copied along cannot turn a note public.
 */
const MARK = /^[\s\p{Cf}]*((?:@\{[^{}\s]{1,128}\}[\s\p{Cf}]*)*)[/／、､]\p{Cf}*[/／、､]/u

/**
 * Whether a message in a team's thread is marked to stay inside: `//`, `／／` or `、、` at its start, mentions skipped.
 * In doubt it is inside: a note sent by mistake cannot be unsent, a text kept inside can be sent with one click. So
 * `//cdn.example.com/x` is a note; `http://…` is not, because it does not start with the mark.
 *
 * @returns the text without the mark when inside, and as it was when not.
 */
export function isInside(text: string): { inside: boolean; text: string } {
  const match = MARK.exec(text)
  if (match === null) return { inside: false, text }
  const [mark, mentions = ''] = match
  const rest = text.slice(mark.length)
  return { inside: true, text: `${mentions}${mentions.endsWith(' ') ? rest.trimStart() : rest}`.trim() }
}
