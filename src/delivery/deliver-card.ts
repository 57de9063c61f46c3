import type { Card } from '../cards/card.js'
import { olderCard } from '../cards/views/older-card.js'
import { checkpoint } from '../lib/crash.js'
import { monotonicMs } from '../lib/now.js'
import type { MessageRef } from '../models/ids.js'
import type { CardRow } from '../models/mongo/cards.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { attempt, holding, persistently } from './attempt.js'
import { cardOf, hashOfCard } from './card-view.js'
import type { Deps } from './deps.js'
import { createCardFailures, logCard } from './fail-card.js'
import type { Messenger } from './messenger.js'
import type { Recent } from './recent.js'

/** The ticket's document follows its card's wish within moments: it is asked for again after so long, so often. */
const BEHIND_MS = 60
const BEHIND_TRIES = 5
const IN_FLIGHT_MS = 50

export interface CardDelivery {
  /** Drives one lagging card one step; returns for how long to leave it alone, in ms. */
  deliver(id: string): Promise<number>
}

/**
 * `posted`: told when a card has its message, so that what waits for its thread goes on.
 */
export function createCardDelivery(deps: Deps, recent: Recent, posted: (lane: string) => void): CardDelivery {
  const { cards, pacing, tuning, now } = deps
  const { failed, repost, replaced, faulty, setAside } = createCardFailures(deps)
  const behind = new Map<string, number>()
  /** A first post that has its message but is not settled yet looks like a card that lags behind. */
  const inFlight = new Set<string>()

  async function deliver(id: string): Promise<number> {
    if (inFlight.has(id)) return IN_FLIGHT_MS
    inFlight.add(id)
    try {
      return await leased(id)
    } finally {
      inFlight.delete(id)
    }
  }

  async function leased(id: string): Promise<number> {
    const card = await cards.lease(id, now(), new Date(now().getTime() + tuning.leaseMs))
    if (!card) return 0
    return await holding(
      deps,
      (until) => cards.renew(id, until),
      () => drive(card),
    )
  }

  async function drive(card: CardRow): Promise<number> {
    const messenger = deps.messengers[card.address.platform]
    if (!messenger) return await setAside(card, 'no_messenger')
    const ticket = await deps.tickets.load(card.ticketId)
    const place = ticket?.places.find((one) => one.id === card.placeId)
    const tries = behind.get(card._id) ?? 0
    const late = (ticket?.revision ?? 0) < card.wanted && tries < BEHIND_TRIES
    if (!ticket || !place || late) {
      behind.set(card._id, tries + 1)
      const until = new Date(now().getTime() + (tries < BEHIND_TRIES ? BEHIND_MS : tuning.pollMs))
      await cards.postpone(card._id, { until, at: now(), counts: false, untried: false })
      return 0
    }
    behind.delete(card._id)
    const build = await cardOf(deps, ticket, place)
    let view: Card
    try {
      view = build()
    } catch (error) {
      return await faulty(card, error)
    }
    return card.messageId === undefined
      ? await post(card, messenger, ticket, view)
      : await update(card, { ...card.address, messageId: card.messageId }, messenger, ticket, view)
  }

  async function update(
    card: CardRow,
    ref: MessageRef,
    messenger: Messenger,
    ticket: Ticket,
    view: Card,
  ): Promise<number> {
    const hash = hashOfCard(view)
    const { revision } = ticket
    // whoever was lost with the lease may have changed it to anything
    const known = card.shown !== undefined && card.leaseBy === undefined
    if (known && card.shownHash === hash) {
      if (!(await cards.finish(card._id, { revision, hash }))) await cards.forgetShown(card._id, now())
      return 0
    }
    const outlived = isOutlived(card, messenger, now())
    const waitMs = pacing.take('update', card.address)
    if (waitMs > 0) {
      // unleased it would look as if its shown state were known
      if (known) await cards.release(card._id)
      else await cards.forgetShown(card._id, now()).then(() => cards.release(card._id))
      return waitMs
    }
    const began = monotonicMs()
    recent.changed(card._id)
    const outcome = await attempt(deps, () => messenger.updateCard(ref, outlived ? olderCard(view) : view))
    logCard(deps, card, ticket, outcome, began)
    // whether it could still say so or not
    if (outlived && (outcome.kind === 'sent' || outcome.kind === 'rejected')) return await replaced(card)
    if (outcome.kind === 'sent') {
      return await settled(card, { revision, hash, at: now() })
    }
    if (outcome.kind === 'gone') return await repost(card, outcome.reason)
    // it may have been changed, or by somebody before us
    if (outcome.kind === 'unknown') await cards.forgetShown(card._id, now())
    return await failed(card, outcome, false)
  }

  /** Notes what is shown. Whoever returns to a lost lease cannot say what the card shows now. */
  async function settled(
    card: CardRow,
    shown: { revision: number; hash: string; at: Date },
  ): Promise<number> {
    const kept = await persistently(deps, () => cards.finish(card._id, shown))
    if (!kept) await persistently(deps, () => cards.forgetShown(card._id, now()))
    return 0
  }

  async function post(card: CardRow, messenger: Messenger, ticket: Ticket, view: Card): Promise<number> {
    const { address } = card
    const key = `card:${card._id}:${card.generation}`
    const began = monotonicMs()
    if (card.triedAt) {
      const since = card.triedAt
      const found = await attempt(deps, () => messenger.findPosted(address, key, since))
      if (found.kind !== 'sent') {
        logCard(deps, card, ticket, found, began)
        return await failed(card, found, false)
      }
      if (found.value) {
        logCard(deps, card, ticket, found, began, 'found')
        await record(card, found.value, messenger)
        // what it shows is from the earlier try
        await cards.forgetShown(card._id, now())
        await cards.release(card._id)
        return 0
      }
    }
    const waitMs = pacing.take('post', address)
    if (waitMs > 0) {
      await cards.release(card._id)
      return waitMs
    }
    if (!card.triedAt && !(await cards.markTried(card._id, now()))) return 0
    recent.changed(card._id)
    const outcome = await attempt(deps, () => messenger.postCard(address, view, key))
    if (outcome.kind === 'sent') checkpoint('after_card_post')
    logCard(deps, card, ticket, outcome, began)
    if (outcome.kind !== 'sent') return await failed(card, outcome, !card.triedAt)
    if (await record(card, outcome.value, messenger)) {
      return await settled(card, { revision: ticket.revision, hash: hashOfCard(view), at: now() })
    }
    return 0
  }

  /** Notes the message of a first post. Where another one is noted already, ours is one too many. */
  async function record(card: CardRow, ref: MessageRef, messenger: Messenger): Promise<boolean> {
    const at = now()
    // the line stands first in the thread, whoever writes there: it waits for the message's id like everything else
    if (card.audience === 'team') await persistently(deps, () => deps.outbox.addOpener(card, at))
    const first = await persistently(deps, () =>
      cards.recordPosted(card._id, card.generation, ref.messageId, at),
    )
    if (first) posted(`${card.address.platform}:${card.address.conversation}`)
    else await attempt(deps, () => messenger.deleteMessage(ref))
    return first
  }

  return { deliver }
}

/** Its messenger is about to refuse changes of it. */
function isOutlived({ postedAt }: CardRow, { cardLifeMs }: Messenger, at: Date): boolean {
  return postedAt !== undefined && cardLifeMs !== undefined && at.getTime() - postedAt.getTime() >= cardLifeMs
}
