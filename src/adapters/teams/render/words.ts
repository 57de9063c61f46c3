import type { Inline, Text } from '../../../cards/text.js'
import { writtenOut } from '../../../cards/written-out.js'
import type { Words } from '../../../delivery/messenger.js'
import { beginning, oneLine, visible } from '../../../lib/shown-text.js'
import type { OutActivity } from '../connector.js'
import { LIMITS } from '../limits.js'
import { renderCard, sizeOf } from './card.js'
import { escapedHtml, plain } from './escape.js'
import { placeUrl, safeUrl } from './links.js'

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive'
type Entities = NonNullable<OutActivity['entities']>

/** A card as a message. */
export function cardActivity(content: unknown, summary: string): OutActivity {
  return {
    type: 'message',
    summary: plain(summary, LIMITS.summary),
    attachments: [{ contentType: CARD_TYPE, content }],
  }
}

/**
 * Somebody's words as a message. A bot cannot write under another name: the author's stands at the head. `mriOf` gives
 * people's names in mentions (`29:…`), which messages in words need.
 */
export function renderWords(
  { text, author, card, files }: Words,
  mriOf: ReadonlyMap<string, string> = new Map(),
): OutActivity {
  const entities: Entities = []
  const said = html(text, mriOf, entities)
  const names = (files ?? []).map(
    ({ name, bytes, url }) => `📎 ${linked(url, name.slice(0, 100))} · ${sizeOf(bytes, 'en')}`,
  )
  const head =
    author === undefined ? [] : [`<b>${escapedHtml(beginning(oneLine(author.name), 80).slice(0, 80))}</b>`]
  const lines = [...head, ...(said === '' ? [] : [said]), ...names]
  const attachments = card === undefined ? [] : [{ contentType: CARD_TYPE, content: renderCard(card) }]
  const words = lines.length > 0 || attachments.length > 0 ? lines.join('<br>') : '–'
  const summary = plain(card?.summary ?? plainText(text), LIMITS.summary)
  return {
    type: 'message',
    textFormat: 'xml',
    ...(words === '' ? {} : { text: words }),
    summary,
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(entities.length === 0 ? {} : { entities }),
  }
}

/** Whom a text notifies: their Entra ids. */
export function notified(text: Text): string[] {
  return text.flatMap((inline) => {
    if (typeof inline === 'string' || inline.kind !== 'person' || inline.notify !== true) return []
    return inline.userIds.teams ?? []
  })
}

function html(text: Text, mriOf: ReadonlyMap<string, string>, entities: Entities): string {
  let out = ''
  for (const inline of text) {
    const left = LIMITS.messageText - out.length
    if (left <= 0) return `${out}…`
    const made = inlineHtml(inline, { mriOf, entities, left })
    // an entity that lost its end would show as words
    out += made.length <= left ? made : `${made.slice(0, left).replace(/[&<][^;>]*$/, '')}…`
  }
  return out.trim()
}

interface Making {
  mriOf: ReadonlyMap<string, string>
  entities: Entities
  left: number
}

function inlineHtml(inline: Inline, { mriOf, entities, left }: Making): string {
  if (typeof inline === 'string') return escapedHtml(beginning(inline, left))
  switch (inline.kind) {
    case 'strong':
      return `<b>${escapedHtml(inline.text)}</b>`
    case 'quiet':
      return `<i>${escapedHtml(inline.text)}</i>`
    case 'code':
      return `<code>${escapedHtml(inline.text)}</code>`
    case 'instant':
      return escapedHtml(writtenOut(inline))
    case 'person':
      return person(inline, mriOf, entities)
    case 'link':
      return linked(inline.url, inline.text)
    case 'place':
      return linked(placeUrl(inline), inline.text)
    default:
      return inline satisfies never
  }
}

function person(
  { name, notify, userIds }: Extract<Inline, { kind: 'person' }>,
  mriOf: ReadonlyMap<string, string>,
  entities: Entities,
): string {
  const userId = userIds.teams
  const id = userId === undefined ? undefined : mriOf.get(userId)
  if (notify !== true || id === undefined) return escapedHtml(name)
  const text = `<at>${escapedHtml(oneLine(name))}</at>`
  const isOther = entities.some((entity) => entity.text === text && entity.mentioned.id !== id)
  if (isOther) return escapedHtml(name)
  entities.push({ type: 'mention', text, mentioned: { id, name: oneLine(name) } })
  return text
}

function linked(url: string | undefined, words: string): string {
  const target = safeUrl(url)
  const label = escapedHtml(oneLine(words)) || '…'
  return target === undefined ? label : `<a href="${escapedHtml(target)}">${label}</a>`
}

function plainText(text: Text): string {
  const said = text.map((inline) => {
    if (typeof inline === 'string') return inline
    if (inline.kind === 'instant') return writtenOut(inline)
    return inline.kind === 'person' ? inline.name : inline.text
  })
  return visible(said.join(''))
}
