import { cardProblems } from './card-schema.js'
import { type Fields, fieldsIn, isFields, textIn } from './fields.js'
import { CONSENT_TYPE, fileCardProblems, INFO_TYPE } from './file-cards.js'
import { findPerson } from './people.js'
import { badArgument, badSyntax, ServiceError } from './service-error.js'
import type { Mention, TeamsConversation, TeamsState } from './types.js'
import { CARD_TYPE } from './user-view.js'

/** About 100 KB of JSON in all, attachments included. */
export const MAX_MESSAGE_BYTES = 100 * 1024
/** What may be attached besides Adaptive Cards and pictures. */
const OTHER_TYPES = [
  'application/vnd.microsoft.card.hero',
  'application/vnd.microsoft.card.thumbnail',
  CONSENT_TYPE,
  INFO_TYPE,
  'application/vnd.microsoft.teams.file.download.info',
]

const TEXT_FORMATS = ['markdown', 'plain', 'xml']

/** What a bot wants to say, looked through. */
export type SentActivity = {
  type: 'message' | 'typing'
  text: string
  /** the text, when it was sent as HTML (`xml`) */
  html?: string
  attachments: Fields[]
  mentions: Mention[]
  summary?: string
}

/** Throws 413 when the request is larger than a message may be. */
export function checkSize(bytes: number): void {
  if (bytes > MAX_MESSAGE_BYTES) throw new ServiceError(413, 'MessageSizeTooBig', 'Message size too large.')
}

/** The activity in a request's body. Throws 400 for what Teams does not take there. */
export function readSent(state: TeamsState, conversation: TeamsConversation, body: unknown): SentActivity {
  if (!isFields(body)) throw badSyntax('The activity is missing.')
  if (body.type === 'typing') return { type: 'typing', text: '', attachments: [], mentions: [] }
  if (body.type !== 'message') throw badSyntax('Unknown activity type.')
  const text = textIn(body, 'text') ?? ''
  const format = textIn(body, 'textFormat') ?? 'markdown'
  if (!TEXT_FORMATS.includes(format)) throw badSyntax('Unknown text format.')
  if (body.attachments !== undefined && !Array.isArray(body.attachments))
    throw badSyntax('Activity attachments must be a list.')
  const attachments = fieldsIn(body.attachments)
  if (text.trim() === '' && attachments.length === 0)
    throw badSyntax('Activity must include non empty text or attachments.')
  const problems = attachments.flatMap((attachment) => [
    ...attachmentProblems(attachment),
    ...fileCardProblems(state, attachment, conversation),
  ])
  if (problems.length > 0) throw badArgument(`Bad attachment: ${problems.join('; ')}`)
  const summary = textIn(body, 'summary')
  return {
    type: 'message',
    text,
    ...(format === 'xml' && text !== '' ? { html: text } : {}),
    attachments,
    mentions: fieldsIn(body.entities).flatMap((entity) => mentionIn(state, entity, text)),
    ...(summary === undefined ? {} : { summary }),
  }
}

function attachmentProblems(attachment: Fields): string[] {
  const type = textIn(attachment, 'contentType') ?? ''
  if (type === CARD_TYPE) return cardProblems(attachment.content)
  if (type.startsWith('image/')) {
    const isAddress = /^(https?:\/\/|data:image\/)/.test(textIn(attachment, 'contentUrl') ?? '')
    return isAddress ? [] : ['contentUrl: a picture needs an address']
  }
  return OTHER_TYPES.includes(type) ? [] : [`contentType: unknown (${type.slice(0, 60)})`]
}

function mentionIn(state: TeamsState, entity: Fields, said: string): Mention[] {
  if (entity.type !== 'mention') return []
  const id = textIn(entity.mentioned, 'id')
  const name = textIn(entity.mentioned, 'name')
  const text = textIn(entity, 'text')
  if (id === undefined || name === undefined || text === undefined)
    throw badSyntax('A mention needs mentioned.id, mentioned.name and text.')
  if (!said.includes(text)) throw badArgument('The text of a mention does not occur in the message.')
  const person = findPerson(state, id)
  if (!person) throw badArgument('A mention names nobody of this tenant.')
  return [{ id: person.aadObjectId, name, text }]
}
