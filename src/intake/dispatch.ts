import { type Answer, NOTHING } from '../flows/answer.js'
import {
  CLICKS,
  followDeletion,
  followEdit,
  followPerson,
  knowCard,
  type Services,
  showHome,
  type Taken,
  takeMessage,
  type WrittenMessage,
  welcome,
} from '../flows/entry.js'
import type { InboxDoc } from '../models/mongo/inbox-doc.js'
import type { Person } from '../models/people/person.js'
import type { Opening } from './accept.js'
import { identify, introduce, type LookUp } from './identify.js'
import type { InboundClick, InboundEvent, InboundMessage, InboundPresence } from './inbound.js'

export interface DispatchDeps {
  services: Services
  lookUp: LookUp
}

/** After so many tries what could be waited for is not going to come: the flow does without. */
export const LAST_TRY = 6

/** Hands one stored arrival to the flow it means. */
export async function dispatchEvent(deps: DispatchDeps, row: InboxDoc<InboundEvent>): Promise<Taken> {
  const { event } = row
  if (event.kind === 'presence') return { kind: 'done' }
  const { services, lookUp } = deps
  const deskId = services.desk().id
  const lastTry = row.attempts >= LAST_TRY
  const found = await identify(services.people, lookUp, deskId, event, lastTry)
  if (found === 'later') return { kind: 'later', reason: 'profile' }
  if (!found) return { kind: 'done' }
  const person = await introduce(services.people, lookUp, found, event)
  const direct = event.conversation.kind === 'direct' ? event.conversation.id : undefined
  await services.people.seen(person, event.platform, direct)
  if (person.aliases) await followPerson(services, person)
  const base = { ...event, id: row._id, person, lastTry }
  switch (event.kind) {
    case 'message':
      return await takeMessage(services, written(row._id, event, person, lastTry))
    case 'edit':
      return await followEdit(services, { ...base, text: event.text })
    case 'delete':
      return await followDeletion(services, base)
    default:
      return event satisfies never
  }
}

/** Hands a click to the flow of its verb. The answer is for the person who clicked, inside the request. */
export async function dispatchClick(
  { services, lookUp }: DispatchDeps,
  click: InboundClick,
): Promise<Answer> {
  const deskId = services.desk().id
  const person = await identify(services.people, lookUp, deskId, click)
  if (!person || person === 'later') return NOTHING
  if (person.aliases) await followPerson(services, person)
  const submitted = click.kind === 'submit' ? { submitted: { values: click.values, files: click.files } } : {}
  const { key, platform, action } = click
  if (click.kind === 'action' && click.on) await knowCard(services, { platform, action, on: click.on })
  return await CLICKS[action.verb](services, { key, platform, person, action, ...submitted })
}

/** What the page of the app shows to whoever has opened it. Nothing for bots. */
export async function dispatchHome(
  { services, lookUp }: DispatchDeps,
  opened: Pick<InboundPresence, 'platform' | 'userId'>,
): Promise<Answer> {
  const person = await identify(services.people, lookUp, services.desk().id, opened)
  return person && person !== 'later' ? await showHome(services, person) : NOTHING
}

/** Sees to whoever opened their chat with the bot. Rejects when it is not known yet who that is. */
export async function dispatchOpening(
  { services, lookUp }: DispatchDeps,
  { platform, userId, conversation }: Opening,
): Promise<void> {
  const person = await identify(services.people, lookUp, services.desk().id, { platform, userId }, false)
  if (person === 'later') throw new Error('not known yet')
  if (person) await welcome(services, person, { platform, conversation })
}

/** A stored message as flows see it; for those that look back at one, too. */
export function written(id: string, event: InboundMessage, person: Person, lastTry: boolean): WrittenMessage {
  const { platform, at, conversation, messageId, thread, text, mentionsBot, files } = event
  return {
    id,
    platform,
    person,
    at,
    conversation,
    messageId,
    text,
    mentionsBot,
    files,
    lastTry,
    ...(event.threadIsOurs === undefined ? {} : { threadIsOurs: event.threadIsOurs }),
    ...(thread === undefined ? {} : { thread }),
  }
}
