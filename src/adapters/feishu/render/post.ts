import type { Inline, Text } from '../../../cards/text.js'
import { writtenOut } from '../../../cards/written-out.js'
import type { Words } from '../../../delivery/messenger.js'
import { cut, visible } from '../../../lib/shown-text.js'
import { LIMITS } from '../limits.js'
import { bytesOf } from './elements.js'
import { clipped } from './escape.js'
import { pinged, placeUrl, safeUrl } from './links.js'

export type PostTag =
  | { tag: 'text'; text: string; style?: 'bold'[] }
  | { tag: 'a'; text: string; href: string }
  | { tag: 'at'; user_id: string }
/** A rich message. Its words are shown as they are: it knows no markup. */
export interface Post {
  zh_cn: { title: string; content: PostTag[][] }
}

/** A long message is cut, more and more, until Feishu takes it. */
const LENGTHS = [9000, 6000, 4000, 2000] as const

/** Somebody's words as a message, under their name: Feishu shows the bot's own beside it. */
export function renderPost({ text, author, files }: Words): Post {
  const names = (files ?? []).map((file) => `📎 ${clipped(file.name, 100)}`)
  const head: PostTag[][] = author === undefined ? [] : [[bold(clipped(author.name, LIMITS.authorName))]]
  let post: Post = { zh_cn: { title: '', content: [] } }
  for (const max of LENGTHS) {
    const lines = linesOf(text, max)
    const said = lines.some((line) => line.length > 0) ? lines : names.map((name) => [words(name)])
    const content = [...head.filter(([one]) => one?.tag !== 'text' || one.text !== ''), ...said]
    post = { zh_cn: { title: '', content: content.length > 0 ? content : [[words('–')]] } }
    if (bytesOf(post) <= LIMITS.postBytes) break
  }
  return post
}

function linesOf(text: Text, max: number): PostTag[][] {
  const lines: PostTag[][] = [[]]
  let left = max
  for (const inline of text) {
    if (left <= 0) break
    if (typeof inline !== 'string') {
      const tag = tagOf(inline)
      if (tag === undefined) continue
      lines.at(-1)?.push(tag)
      left -= tag.tag === 'at' ? 1 : tag.text.length
      continue
    }
    const said = cut(visible(inline), left)
    left -= said.length
    said.split('\n').forEach((line, i) => {
      if (i > 0) lines.push([])
      if (line !== '') lines.at(-1)?.push(words(line))
    })
  }
  return lines
}

function tagOf(inline: Exclude<Inline, string>): PostTag | undefined {
  switch (inline.kind) {
    case 'strong':
      return bold(visible(inline.text))
    case 'quiet':
    case 'code':
      return words(visible(inline.text))
    case 'instant':
      return words(writtenOut(inline))
    case 'person': {
      const openId = pinged(inline)
      return openId === undefined ? words(visible(inline.name)) : { tag: 'at', user_id: openId }
    }
    case 'link':
      return linkTo(safeUrl(inline.url), inline.text)
    case 'place':
      return linkTo(placeUrl(inline), inline.text)
    default:
      return inline satisfies never
  }
}

function linkTo(href: string | undefined, text: string): PostTag {
  const label = clipped(text, 300) || '…'
  return href === undefined ? words(label) : { tag: 'a', text: label, href }
}

const words = (text: string): PostTag => ({ tag: 'text', text })
const bold = (text: string): PostTag => ({ tag: 'text', text, style: ['bold'] })
