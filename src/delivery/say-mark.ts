import { insideMark, sentMark } from '../cards/chat/thread-marks.js'
import type { Address } from '../models/ids.js'
import type { Person } from '../models/people/person.js'
import { teamOf } from '../models/ticket/context.js'
import { permission, rolesOf } from '../models/ticket/lifecycle.js'
import type { Place, Ticket } from '../models/ticket/ticket.js'
import { isLive, type PresentTouch } from '../models/ticket/touches.js'
import { attempt } from './attempt.js'
import type { Deps } from './deps.js'
import type { Held, Said } from './post-once.js'
import { viewContext } from './view-context.js'

interface Marked {
  ticket: Ticket
  touch: PresentTouch
  /** Every touch of the ticket, to see whether this one was sent on. */
  touches: readonly PresentTouch[]
  place: Place
  to: Address
}

/**
 * Tells the author of what was typed in a team's thread, beside it and so that only they see it, whether it went out
 * or stayed inside. What went out also carries a sign for everybody. The whisper is said once or, after a crash, not
 * at all; the sign is put until it stands.
 * Where whispers are messages of their own the sign is enough, and what has no sign is told once for each ticket.
 */
export async function sayMark(
  deps: Deps,
  held: Held,
  went: 'out' | 'inside',
  { ticket, touch, touches, place, to }: Marked,
): Promise<Said> {
  // an edit may have made a note of it meanwhile: that is neither out nor to be sent
  const gone = touch.deletedAt || touch.withdrawnAt || touch.visibility === 'note'
  if (!touch.source || gone) return { kind: 'moot' }
  const messenger = deps.messengers[to.platform]
  if (!messenger) return { kind: 'rejected', reason: 'no_messenger' }
  const apart = messenger.whispersApart === true
  if (went === 'out') {
    const ref = { ...place.address, messageId: touch.source.messageId }
    const put = await attempt(deps, () => messenger.mark(ref))
    if (put.kind === 'rate_limited' || put.kind === 'transient' || put.kind === 'unknown') return put
    if (apart && put.kind === 'sent') return put
  } else if (touches.some((one) => one.from === touch.id)) {
    return { kind: 'moot' }
  }
  if (apart && isToldAlready(touch, touches)) return { kind: 'moot' }
  const author = await deps.people.get(deps.deskId, touch.authorId)
  const userId = author?.identities.find((one) => one.platform === to.platform)?.userId
  if (!author || userId === undefined || held.rows[0].triedAt) return { kind: 'moot' }
  const ctx = await viewContext(deps, author, [ticket], [touch.authorId])
  const card =
    went === 'out'
      ? sentMark(ticket, touch.id, ctx, { apart })
      : insideMark(ticket, touch.id, ctx, mayPublish(deps, ticket, author), { apart })
  if (!(await deps.outbox.markTried(held.ids, deps.now(), to))) return { kind: 'lost' }
  const said = await attempt(deps, () => messenger.whisper(to, userId, { text: [], card }))
  if (said.kind === 'rate_limited') {
    held.fresh = true
    return said
  }
  return said.kind === 'sent' ? said : { kind: 'moot' }
}

/** Whether the same has become of an earlier message of theirs in this very thread. */
function isToldAlready(touch: PresentTouch, touches: readonly PresentTouch[]): boolean {
  for (const one of touches) {
    if (one.id === touch.id) return false
    const isAlike = one.authorId === touch.authorId && one.visibility === touch.visibility && isLive(one)
    if (isAlike && one.source?.placeId === touch.source?.placeId) return true
  }
  return false
}

/** Nobody is offered what would be refused: whoever passes by in the thread, or everybody once the ticket has ended. */
function mayPublish(deps: Deps, ticket: Ticket, author: Person): boolean {
  const roles = rolesOf(ticket, teamOf(deps.desk(), ticket.teamId), author.id, author.isAdmin)
  return permission('publish', ticket.status, roles).allowed
}
