/** The first sentence of `text`, at most `max` characters (whole code points), with an ellipsis where cut. */
export function firstSentence(text: string, max: number): string {
  const line = text.trim().split(/\r?\n/, 1)[0] ?? ''
  const sentence = /^.*?(?:[。！？]|[.!?](?=\s|$))/u.exec(line)?.[0] ?? line
  return clip(sentence.trim(), max)
}

/** `text` in at most `max` characters, cut between code points, with an ellipsis where cut. */
export function clip(text: string, max: number): string {
  const points = [...text]
  return points.length <= max ? text : `${points.slice(0, Math.max(0, max - 1)).join('')}…`
}

/** `text` for comparing: width and case folded, spaces run together. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
