/**
 * Feishu's own reading of card markdown, written from its documentation and sharing nothing with the renderer: tags in
 * angle brackets, links in brackets, addresses and emoji codes are entities; numeric entities are signs, decoded last.
 */
export interface Read {
  /** `mention:ou_…`, `link:https://…`, `emoji:OK`, `tag:…` for any other bracket, in order. */
  entities: string[]
  /** What a reader sees. */
  shown: string
}

const MARKS =
  /<at id=([^>]*)><\/at>|<font color='grey'>|<\/font>|<([^>]*)>?|\[([^\]]*)\]\(([^)]*)\)|(https?:\/\/\S+)|:([A-Za-z]\w+):|\*\*|`/g

export function readMarkup(source: string): Read {
  const entities: string[] = []
  const shown = source.replace(
    MARKS,
    (
      mark: string,
      at?: string,
      tag?: string,
      label?: string,
      url?: string,
      bare?: string,
      emoji?: string,
    ) => {
      if (at !== undefined) {
        entities.push(`mention:${at}`)
        return '@'
      }
      if (tag !== undefined) {
        entities.push(`tag:${tag}`)
        return mark
      }
      if (label !== undefined) {
        entities.push(`link:${url}`)
        return label
      }
      if (bare !== undefined) entities.push(`link:${bare}`)
      if (emoji !== undefined) entities.push(`emoji:${emoji}`)
      return bare !== undefined || emoji !== undefined ? mark : ''
    },
  )
  return {
    entities,
    shown: shown.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code))),
  }
}

/** Every markdown text of a card, in order. */
export function markdownTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markdownTexts)
  if (typeof value !== 'object' || value === null) return []
  const { tag, content } = value as { tag?: unknown; content?: unknown }
  if (tag === 'markdown' && typeof content === 'string') return [content]
  return Object.values(value).flatMap(markdownTexts)
}

export interface Found {
  tag: string
  [attribute: string]: unknown
}
/** Every element with this tag, in order. */
export function elementsOf(value: unknown, tag: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((one) => elementsOf(one, tag))
  if (typeof value !== 'object' || value === null) return []
  const own = 'tag' in value && value.tag === tag ? [value as Found] : []
  return [...own, ...Object.values(value).flatMap((one) => elementsOf(one, tag))]
}
