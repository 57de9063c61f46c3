import type { Text } from './text.js'

const URL_IN_TEXT = /https?:\/\/[^\s<>"'|\\^`{}\u3000-\u303F\uFF00-\uFFEF\p{Script=Han}\p{Cf}]+/gu

/**
 * Somebody's words, in which bare web addresses can be opened. A link always reads as the address it goes to: what a
 * person types can never hide one behind other words. Punctuation that ends a sentence is no part of the address.
 */
export function linkified(words: string): Text {
  const text: (string | { kind: 'link'; text: string; url: string })[] = []
  let end = 0
  for (const match of words.matchAll(URL_IN_TEXT)) {
    const url = match[0].replace(/[.,;:!?)\]*_~]+$/u, '')
    if (!URL.canParse(url)) continue
    if (match.index > end) text.push(words.slice(end, match.index))
    text.push({ kind: 'link', text: url, url })
    end = match.index + url.length
  }
  if (end < words.length) text.push(words.slice(end))
  return text
}
