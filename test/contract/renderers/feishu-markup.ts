import MarkdownIt from 'markdown-it'
import { readMarkup } from '../../adapters/feishu/entities.js'

const reader = new MarkdownIt({ html: false, linkify: false })
const CALM = new Set([
  'paragraph_open',
  'paragraph_close',
  'inline',
  'text',
  'text_special',
  'softbreak',
  'hardbreak',
])
const OURS = /<at id=[^>]*><\/at>|<font color='grey'>|<\/font>/g

/** What Feishu shows of a text, and what in it is more than words: tags, links, pictures of emoji, styles, blocks. */
export function readFeishu(source: string): { shown: string; marks: string[] } {
  const { shown, entities } = readMarkup(source)
  const marks: string[] = [...entities]
  for (const block of reader.parse(source.replace(OURS, ''), {})) {
    const opens = (type: string): boolean =>
      !CALM.has(type) && !type.endsWith('_close') && type !== 'link_open'
    if (opens(block.type)) marks.push(block.type)
    for (const piece of block.children ?? []) if (opens(piece.type)) marks.push(piece.type)
  }
  return { shown, marks }
}
