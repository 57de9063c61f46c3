import { type Fields, isFields } from './fields.js'
import { mintBlockId } from './ids.js'

const INTERACTIVE = /button|select|picker|overflow|checkboxes|input$/

/** Blocks as Slack stores and returns them: every block and interactive element named, text flags filled in. */
export function storedBlocks(blocks: readonly Fields[]): Fields[] {
  return blocks.map((block) => {
    const stored = filled(block)
    return { ...stored, block_id: stored.block_id ?? mintBlockId() }
  })
}

function filled(value: Fields): Fields {
  const copy = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledAny(each)]))
  switch (copy.type) {
    case 'plain_text':
      return { ...copy, emoji: copy.emoji ?? true }
    case 'mrkdwn':
      return { ...copy, text: escapeStray(String(copy.text ?? '')), verbatim: copy.verbatim ?? false }
    default:
      break
  }
  const isElement = typeof copy.type === 'string' && copy.type !== 'input' && INTERACTIVE.test(copy.type)
  return isElement ? { ...copy, action_id: copy.action_id ?? mintBlockId() } : copy
}

function filledAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filledAny)
  return isFields(value) ? filled(value) : value
}

/** Text as Slack keeps it: a bare `&`, and a `<` or `>` that opens no control sequence, come back escaped. */
export function escapeStray(text: string): string {
  const sequence = /<(?:[@#!][^<>]*|[a-z][a-z0-9+.-]*:[^<>]*)>/gi
  let stored = ''
  let from = 0
  for (const found of text.matchAll(sequence)) {
    stored += escapeBare(text.slice(from, found.index)) + found[0]
    from = found.index + found[0].length
  }
  return stored + escapeBare(text.slice(from))
}

function escapeBare(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
