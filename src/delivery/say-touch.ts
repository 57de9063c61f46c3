import { deletedMirror, mirrorForRequester, mirrorForTeam } from '../cards/chat/mirror.js'
import type { Spoken } from '../cards/spoken.js'
import { isPublic } from '../cards/views/public-touch.js'
import type { Address, MessageRef } from '../models/ids.js'
import type { MessageItem } from '../models/ticket/effects.js'
import type { Place, Ticket } from '../models/ticket/ticket.js'
import type { PresentTouch } from '../models/ticket/touches.js'
import { attempt, persistently } from './attempt.js'
import type { Deps } from './deps.js'
import type { Outcome, OutFile } from './messenger.js'
import { earlier, type Held, postOnce, type Said } from './post-once.js'
import { viewContext } from './view-context.js'

export interface Shown {
  ticket: Ticket
  touch: PresentTouch
}

/** Shows a touch in another place, as it stands now. */
export async function sayMirror(
  deps: Deps,
  held: Held,
  { ticket, touch, place, to }: Shown & { place: Place; to: Address },
): Promise<Said> {
  const gone = touch.deletedAt !== undefined || touch.withdrawnAt !== undefined
  const words = gone ? undefined : await mirrorWords(deps, ticket, touch, place)
  if (!words) {
    // what an earlier try may have posted must be known, so that it can be deleted
    const posted = await earlier(deps, held, to, true)
    if (posted?.kind === 'found') await record(deps, held, touch, place, posted.value)
    // where the conversation is gone, so is what was tried there
    return !posted || posted.kind === 'gone' ? { kind: 'moot' } : posted
  }
  const files = touch.files.map((file): OutFile => {
    const read = async () => {
      const bytes = await deps.files.bytes(deps.deskId, file.id)
      if (!bytes) throw new Error(`file ${file.id} is not there`)
      return bytes
    }
    const { id, name, bytes, mediaType } = file
    return { id, url: deps.fileUrl(id), name, bytes, mediaType, read }
  })
  const said = files.length > 0 ? { ...words, files } : words
  const posted = await postOnce(deps, held, to, (messenger) => messenger.postWords(to, said, held.key))
  if (posted.kind === 'sent' || posted.kind === 'found') await record(deps, held, touch, place, posted.value)
  return posted
}

/** The words of a touch for those who read in `place`; undefined when they may not read it. */
async function mirrorWords(
  deps: Deps,
  ticket: Ticket,
  touch: PresentTouch,
  place: Place,
): Promise<Spoken | undefined> {
  const edited = touch.editedAt !== undefined
  if (place.audience === 'requester') {
    if (!isPublic(touch)) return undefined
    const requester = await deps.people.get(deps.deskId, ticket.requesterId)
    return mirrorForRequester(touch, await viewContext(deps, requester ?? {}, [ticket], [touch.authorId]), {
      edited,
    })
  }
  const team = deps.desk().teams[place.teamId ?? ticket.teamId] ?? {}
  const ctx = await viewContext(deps, team, [ticket], [touch.authorId])
  return mirrorForTeam(touch, ticket, ctx, { edited, withdrawn: touch.withdrawnAt !== undefined })
}

async function record(
  deps: Deps,
  { rows: [row] }: Held,
  touch: PresentTouch,
  place: Place,
  ref: MessageRef,
): Promise<void> {
  await persistently(deps, () =>
    deps.messages.record({
      deskId: deps.deskId,
      ticketId: row.ticketId,
      touchId: touch.id,
      placeId: place.id,
      platform: ref.platform,
      conversation: ref.conversation,
      messageId: ref.messageId,
      authorId: touch.authorId,
      side: touch.side,
      visibility: touch.visibility,
      direction: 'out',
    }),
  )
}

/** Brings the messages that show a touch up to its present words. */
export async function sayEdit(deps: Deps, { ticket, touch }: Shown): Promise<Said> {
  if (touch.deletedAt) return { kind: 'moot' }
  const shown = (await mirrorsOf(deps, ticket, touch)).filter(
    ({ place }) => place.audience !== 'requester' || !touch.withdrawnAt,
  )
  return await forEach(shown, async ({ message, place }) => {
    const words = await mirrorWords(deps, ticket, touch, place)
    return words ? await edit(deps, message, words) : { kind: 'moot' }
  })
}

/**
 * Takes back what shows a touch: everywhere when its author deleted it; from the requester's side only, when it was
 * withdrawn, and there the sign that it went out changes.
 */
export async function sayDeletion(deps: Deps, { ticket, touch }: Shown): Promise<Said> {
  const { authorId } = touch
  const everywhere = touch.deletedAt !== undefined
  const shown = await mirrorsOf(deps, ticket, touch)
  const outcome = await forEach(shown, async ({ message, place }) => {
    const messenger = deps.messengers[message.platform]
    if (!messenger) return { kind: 'moot' }
    if (!everywhere && place.audience !== 'requester') {
      const words = await mirrorWords(deps, ticket, touch, place)
      return words ? await edit(deps, message, words) : { kind: 'moot' }
    }
    const deleted = await attempt(deps, () => messenger.deleteMessage(message))
    if (deleted.kind === 'sent' || deleted.kind === 'gone') {
      await deps.messages.remove(message)
      return deleted
    }
    if (deleted.kind !== 'rejected') return deleted
    const requester = await deps.people.get(deps.deskId, ticket.requesterId)
    const team = deps.desk().teams[place.teamId ?? ticket.teamId]
    const reader = (place.audience === 'requester' ? requester : team) ?? {}
    const words = deletedMirror(touch, await viewContext(deps, reader, [ticket], [authorId]))
    return await edit(deps, message, words)
  })
  if (!everywhere && isDone(outcome)) await unmark(deps, { ticket, touch })
  return outcome
}

async function unmark(deps: Deps, { ticket, touch }: Shown): Promise<void> {
  const place = ticket.places.find((one) => one.id === touch.source?.placeId)
  if (!place || !touch.source) return
  const { messageId } = touch.source
  const ref = { ...place.address, messageId }
  const messenger = deps.messengers[place.address.platform]
  // a sign that stays is no harm: the words are gone
  if (messenger) await attempt(deps, () => messenger.unmark(ref))
}

async function mirrorsOf(
  deps: Deps,
  ticket: Ticket,
  touch: PresentTouch,
): Promise<{ message: MessageItem; place: Place }[]> {
  const messages = await deps.messages.ofTouch(deps.deskId, ticket.id, touch.id)
  return messages.flatMap((message) => {
    const place = ticket.places.find((one) => one.id === message.placeId)
    return message.direction === 'out' && place ? [{ message, place }] : []
  })
}

async function edit(deps: Deps, message: MessageItem, words: Spoken): Promise<Said> {
  const messenger = deps.messengers[message.platform]
  if (!messenger) return { kind: 'moot' }
  const ms = deps.pacing.take('update', message)
  if (ms > 0) return { kind: 'wait', ms }
  const outcome: Outcome = await attempt(deps, () => messenger.editWords(message, words))
  // an edit repeated is no harm, and a message that is gone needs none
  if (outcome.kind === 'gone') return { kind: 'moot' }
  if (outcome.kind === 'rate_limited') deps.pacing.block(message, outcome.retryAfterMs)
  return outcome
}

/** Does it for each; the first that is not done speaks for all, and the whole is done again. */
async function forEach<T>(items: readonly T[], act: (item: T) => Promise<Said>): Promise<Said> {
  let last: Said = { kind: 'moot' }
  for (const item of items) {
    const said = await act(item)
    if (!isDone(said)) return said
    if (said.kind !== 'moot') last = { kind: 'sent', value: undefined }
  }
  return last
}

const isDone = ({ kind }: Said): boolean =>
  kind === 'sent' || kind === 'moot' || kind === 'found' || kind === 'gone'
