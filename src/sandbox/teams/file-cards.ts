import { fieldsIn, isFields, own, textIn } from './fields.js'
import type { Fields, TeamsConversation, TeamsFile, TeamsMessage, TeamsState } from './types.js'

export const CONSENT_TYPE = 'application/vnd.microsoft.teams.card.file.consent'
export const INFO_TYPE = 'application/vnd.microsoft.teams.card.file.info'
const CONSENT_FIELDS = new Set(['description', 'sizeInBytes', 'acceptContext', 'declineContext'])
const INFO_FIELDS = new Set(['uniqueId', 'fileType', 'etag'])

/** What is wrong with an attached file card; nothing of other attachments. Both exist in personal chats only. */
export function fileCardProblems(
  state: TeamsState,
  attachment: Fields,
  { kind }: TeamsConversation,
): string[] {
  const type = textIn(attachment, 'contentType')
  if (type !== CONSENT_TYPE && type !== INFO_TYPE) return []
  if (kind !== 'direct') return [`${type}: in personal chats only`]
  const content = isFields(attachment.content) ? attachment.content : {}
  const named = (textIn(attachment, 'name') ?? '').trim() === '' ? ['name: missing'] : []
  const rest = type === CONSENT_TYPE ? consentProblems(content) : infoProblems(state, attachment, content)
  return [...named, ...rest]
}

function consentProblems(content: Fields): string[] {
  const { description, sizeInBytes, acceptContext, declineContext } = content
  const isSize = typeof sizeInBytes === 'number' && Number.isInteger(sizeInBytes) && sizeInBytes > 0
  return [
    ...unknown(content, CONSENT_FIELDS),
    ...(description === undefined || typeof description === 'string' ? [] : ['description: must be text']),
    ...(isSize ? [] : ['sizeInBytes: must be a whole number above 0']),
    ...(isFields(acceptContext) ? [] : ['acceptContext: must be an object']),
    ...(isFields(declineContext) ? [] : ['declineContext: must be an object']),
  ]
}

/** It shows a file that is there: one that was uploaded. */
function infoProblems(state: TeamsState, attachment: Fields, content: Fields): string[] {
  const file = own(state.files, textIn(content, 'uniqueId') ?? '')
  const isAddress = /^https:\/\//.test(textIn(attachment, 'contentUrl') ?? '')
  return [
    ...unknown(content, INFO_FIELDS),
    ...(isAddress ? [] : ['contentUrl: must be an https address']),
    ...(typeof content.fileType === 'string' ? [] : ['fileType: must be text']),
    ...(file !== undefined && file.size > 0 ? [] : ['uniqueId: no such file']),
  ]
}

function unknown(content: Fields, known: ReadonlySet<string>): string[] {
  return Object.keys(content).flatMap((name) => (known.has(name) ? [] : [`${name}: unknown property`]))
}

/** The file that a message offers. */
export function offeredIn(message: TeamsMessage): Fields | undefined {
  return message.attachments.find((each) => textIn(each, 'contentType') === CONSENT_TYPE)
}

/** The files that a message of the bot shows as taken. */
export function shownIn(state: TeamsState, { attachments }: TeamsMessage): TeamsFile[] {
  return fieldsIn(attachments).flatMap((each) => {
    if (textIn(each, 'contentType') !== INFO_TYPE) return []
    return own(state.files, textIn(each.content, 'uniqueId') ?? '') ?? []
  })
}
