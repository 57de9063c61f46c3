import type { Activity, Mention } from './wire.js'

const AT = /<at(?:\s[^<>]*)?>(.*?)<\/at>/gis
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
/** Stands for the bot's own mention until the spaces around it are put right. Private use: nobody types it. */
const OWN_MENTION = '\uE000'

/** Whether the bot is among those an activity mentions. */
export function mentionsUs({ entities, recipient }: Pick<Activity, 'entities' | 'recipient'>): boolean {
  return recipient != null && entities.some(({ mentioned }) => mentioned.id === recipient.id)
}

/**
 * A message's text as people wrote it: entities of markup decoded (in plain text they are what somebody typed), people mentioned as `@{aadObjectId}`, every mention of the bot
 * removed (the SDK's helper removes the first only). Whoever cannot be named by an id is named by their name. A literal
 * `@{` that somebody typed is broken apart: only what Teams itself says is a mention names a person.
 */
export function plainText(
  { text, textFormat, entities, recipient }: Pick<Activity, 'text' | 'textFormat' | 'entities' | 'recipient'>,
  aadOf: ReadonlyMap<string, string>,
): string {
  const raw = textFormat === 'xml' || textFormat === 'html' ? withoutTags(text ?? '') : (text ?? '')
  const literal = textFormat === 'plain' ? asTyped : fromMarkup
  const waiting = [...entities]
  let out = ''
  let last = 0
  for (const match of raw.matchAll(AT)) {
    out += literal(raw.slice(last, match.index), last > 0)
    out += mentionOf(match, waiting, recipient?.id, aadOf)
    last = match.index + match[0].length
  }
  out += literal(raw.slice(last), last > 0)
  return out.replace(/[ \n]*\uE000[ \n]*/g, (_hit, at: number) => (at === 0 ? '' : ' ')).trim()
}

function mentionOf(
  [whole, name = '']: RegExpExecArray | RegExpMatchArray,
  waiting: Mention[],
  botId: string | undefined,
  aadOf: ReadonlyMap<string, string>,
): string {
  // Two people of one name come as two entities with one text, in the order of the text.
  const at = waiting.findIndex((entity) => entity.text === whole)
  const [entity] = at < 0 ? [] : waiting.slice(at, at + 1)
  if (entity === undefined) return fromMarkup(name)
  if (entity.mentioned.id === botId) return OWN_MENTION
  if (waiting.filter((each) => each.text === whole).length > 1) waiting.splice(at, 1)
  const userId = entity.mentioned.aadObjectId ?? aadOf.get(entity.mentioned.id)
  return userId === undefined ? `@${fromMarkup(name)}` : `@{${userId}}`
}

/** Lines as tags made them; what else is a tag goes. Mentions stay. */
function withoutTags(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6]|tr)>/gi, '\n')
    .replace(/<(?!\/?at[\s>])\/?[a-z][^<>]*>/gi, '')
}

function fromMarkup(text: string): string {
  const bare = text.replaceAll(OWN_MENTION, '')
  return harmless(bare.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, decoded))
}

/** Of entities only the blank counts that Teams itself puts behind a mention. */
function asTyped(text: string, isBehindMention: boolean): string {
  const bare = text.replaceAll(OWN_MENTION, '')
  return harmless(isBehindMention ? bare.replace(/^&nbsp;/, ' ') : bare)
}

function harmless(text: string): string {
  return text.replaceAll('\u00A0', ' ').replace(/\r\n?/g, '\n').replace(/@\{/g, '@ {')
}

function decoded(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point).replace(OWN_MENTION, '') : whole
}
