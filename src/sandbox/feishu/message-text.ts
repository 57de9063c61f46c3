import { type Fields, fieldsIn, isFields, parseFields, textIn } from './fields.js'
import type { FeishuMessage, Mention } from './types.js'

type Spoken = Pick<FeishuMessage, 'msgType' | 'content' | 'mentions'>

/** The words of a message with the people in it by name; undefined when it has none. */
export function spokenText({ msgType, content, mentions }: Spoken): string | undefined {
  const body = parseFields(content)
  if (!body) return undefined
  if (msgType === 'text') return named(textIn(body, 'text') ?? '', mentions)
  if (msgType === 'post') return named(richText(body), mentions)
  return undefined
}

function named(text: string, mentions: readonly Mention[]): string {
  const byKey = new Map(mentions.map(({ key, name }) => [key, name]))
  return text.replace(/@_(?:user_\d+|all)/g, (key) => {
    const name = key === '@_all' ? 'all' : byKey.get(key)
    return name === undefined ? key : `@${name}`
  })
}

/** A rich text of an app has a level of locales that a person's has not. */
function articleOf(body: Fields): Fields | undefined {
  return Array.isArray(body.content) ? body : Object.values(body).find(isFields)
}

function richText(body: Fields): string {
  const article = articleOf(body)
  if (!article) return ''
  const lines = Array.isArray(article.content) ? article.content : []
  const title = textIn(article, 'title')
  return [...(title ? [title] : []), ...lines.map((line) => fieldsIn(line).map(partText).join(''))].join('\n')
}

/** The lines of a rich text, each of what stands in it, with the people in it by name; undefined for anything else. */
export function richLines({ msgType, content, mentions }: Spoken): Fields[][] | undefined {
  const body = msgType === 'post' ? parseFields(content) : undefined
  const article = body && articleOf(body)
  if (!article || !Array.isArray(article.content)) return undefined
  const title = textIn(article, 'title')
  const lines = article.content.map((line) => fieldsIn(line).map((part) => partShown(part, mentions)))
  return [...(title ? [[{ tag: 'text', text: title, style: ['bold'] }]] : []), ...lines]
}

function partShown(part: Fields, mentions: readonly Mention[]): Fields {
  if (part.tag !== 'at') return part
  const name = named(partText(part), mentions)
  // An app names people by their ids, which each client shows by the names that it knows.
  return name.startsWith('@') ? { ...part, text: name } : part
}

function partText(part: Fields): string {
  switch (part.tag) {
    case 'at':
      return String(part.user_id ?? '')
    case 'hr':
      return '———'
    case 'emotion':
      return `[${String(part.emoji_type ?? '')}]`
    default:
      return textIn(part, 'text') ?? ''
  }
}

/** The keys of the pictures and files that a message holds. */
export function resourceKeys({ msgType, content }: Pick<FeishuMessage, 'msgType' | 'content'>): string[] {
  if (msgType === 'interactive') return []
  const keys: string[] = []
  const body = parseFields(content) ?? {}
  JSON.stringify(body, (name, value: unknown) => {
    if ((name === 'image_key' || name === 'file_key') && typeof value === 'string') keys.push(value)
    return value
  })
  return keys
}
