import MarkdownIt from 'markdown-it'
import type { AdaptiveCard } from '../../../src/adapters/teams/render/elements.js'

const reader = new MarkdownIt({ html: false, linkify: false })
const AT = /<at>(.*?)<\/at>/g

/** The texts of a card that are read as Markdown, in order. */
export function markdownTexts(card: AdaptiveCard): string[] {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      const node = value as Record<string, unknown>
      if (node.type === 'TextBlock') found.push(String(node.text))
      for (const fact of Array.isArray(node.facts) ? node.facts : []) {
        found.push(String((fact as { title: unknown }).title), String((fact as { value: unknown }).value))
      }
      for (const part of [node.body, node.items, node.columns]) walk(part)
    }
  }
  walk(card)
  return found
}

/** What a reader sees of a text: words, and marks that are more than words, in order. Mentions only where listed. */
export function readMarkup(text: string, card: AdaptiveCard): { shown: string; entities: string[] } {
  const entities: string[] = []
  const listed = new Map((card.msteams?.entities ?? []).map((each) => [each.text, each.mentioned.id]))
  const marked = text.replace(AT, (whole, name: string) => {
    const id = listed.get(whole)
    if (id === undefined) return whole
    entities.push(`mention:${id}`)
    return `\uE000${name}\uE000`
  })
  for (const date of marked.match(/\{\{(?:DATE|TIME)\([^)]*\)\}\}/g) ?? []) entities.push(`instant:${date}`)
  let shown = ''
  for (const block of reader.parse(marked, {})) {
    if (!['paragraph_open', 'paragraph_close', 'inline'].includes(block.type)) entities.push(block.type)
    for (const piece of block.children ?? []) {
      if (piece.type === 'text' || piece.type === 'text_special') shown += piece.content
      else if (piece.type === 'softbreak' || piece.type === 'hardbreak') shown += '\n'
      else if (piece.type === 'link_open') entities.push(`link:${piece.attrGet('href')}`)
      else if (piece.type !== 'link_close') entities.push(piece.type)
    }
    if (block.type === 'paragraph_close') shown += '\n'
  }
  return { shown: shown.replaceAll('\uE000', ''), entities }
}
