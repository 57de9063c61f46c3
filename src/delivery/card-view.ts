import { createHash } from 'node:crypto'
import type { Card } from '../cards/card.js'
import { leftCard, requesterCard } from '../cards/views/requester-card.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import { movedCard, teamCard } from '../cards/views/team-card.js'
import type { Place, Ticket } from '../models/ticket/ticket.js'
import type { Deps } from './deps.js'
import { viewContext } from './view-context.js'

/** What a card shows of its ticket at this moment, built when it is wanted: a pure step after everything was read. */
export async function cardOf(deps: Deps, ticket: Ticket, place: Place): Promise<() => Card> {
  if (place.audience === 'requester') {
    const requester = await deps.people.get(deps.deskId, ticket.requesterId)
    const ctx = await viewContext(deps, requester ?? {}, [ticket])
    const own = forRequester(ticket)
    if (place.retiredAt) return () => leftCard(own, ctx)
    return () => requesterCard(own, ctx, { inChannel: !place.isDirect })
  }
  const team = deps.desk().teams[place.teamId ?? ticket.teamId]
  const ctx = await viewContext(deps, team ?? {}, [ticket])
  if (place.retiredAt) return () => movedCard(ticket, ticket.teamId, ctx)
  const mustMention = deps.messengers[place.address.platform]?.hearsThreads?.() === false
  return () => teamCard(ticket, ctx, { mustMention })
}

/** A fingerprint of a card: equal for equal cards. */
export function hashOfCard(card: Card): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('base64url')
}
