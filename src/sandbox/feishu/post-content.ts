import { type Fields, fieldsIn, isFields } from './fields.js'

/** What may stand in a line of a rich text, and what each thing must have. */
export const POST_TAGS: { readonly [tag: string]: readonly string[] } = {
  text: ['text'],
  a: ['text', 'href'],
  at: ['user_id'],
  img: ['image_key'],
  media: ['file_key'],
  emotion: ['emoji_type'],
  code_block: ['text'],
  md: ['text'],
  hr: [],
}
const ALONE = new Set(['img', 'media', 'hr', 'md', 'code_block'])

/** What is wrong with a rich text that an app sends: by locale, a title and lines of tagged things. */
export function postProblems(body: Fields): string[] {
  const locales = Object.entries(body)
  if (locales.length === 0) return ['post has no locale']
  return locales.flatMap(([locale, value]) => {
    if (!isFields(value)) return [`${locale} is not an object`]
    if (!Array.isArray(value.content)) return [`${locale}.content is not a list of lines`]
    return value.content.flatMap((line, n) => lineProblems(line, `${locale}.content[${n}]`))
  })
}

function lineProblems(line: unknown, where: string): string[] {
  if (!Array.isArray(line)) return [`${where} is not a list`]
  const things = fieldsIn(line)
  const problems = things.flatMap((thing) => {
    const tag = String(thing.tag)
    const needs = Object.hasOwn(POST_TAGS, tag) ? POST_TAGS[tag] : undefined
    if (!needs) return [`${where} has the unknown tag ${tag}`]
    return needs
      .filter((name) => typeof thing[name] !== 'string')
      .map((name) => `${where} ${tag} lacks ${name}`)
  })
  const crowd = things.length > 1 ? things.filter((thing) => ALONE.has(String(thing.tag))) : []
  return [...problems, ...crowd.map((thing) => `${where} ${String(thing.tag)} must stand alone in its line`)]
}
