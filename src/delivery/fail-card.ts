import { monotonicMs } from '../lib/now.js'
import type { CardRow } from '../models/mongo/cards.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { persistently, retryMs } from './attempt.js'
import type { Deps, Failure } from './deps.js'
import type { Outcome } from './messenger.js'

const DAY_MS = 24 * 3_600_000

/** What is done with a card that could not be shown; each returns for how long to leave it alone, in ms. */
export interface CardFailures {
  /** `untried`: a clear no takes back the note that a first post was tried. */
  failed(card: CardRow, failure: Failure, untried: boolean): Promise<number>
  repost(card: CardRow, reason: string): Promise<number>
  /** A card that has grown too old for changes: a fresh one is posted, and the old one's thread stays the ticket's. */
  replaced(card: CardRow): Promise<number>
  faulty(card: CardRow, error: unknown): Promise<number>
  setAside(card: CardRow, reason: string): Promise<number>
}

export function createCardFailures(deps: Deps): CardFailures {
  const { cards, pacing, tuning, now, logger } = deps

  async function failed(card: CardRow, failure: Failure, untried: boolean): Promise<number> {
    const at = now()
    const later = (ms: number, counts: boolean, isUntried: boolean) =>
      cards.postpone(card._id, { until: new Date(at.getTime() + ms), at, counts, untried: isUntried })
    switch (failure.kind) {
      case 'rate_limited':
        pacing.block(card.address, failure.retryAfterMs)
        await later(failure.retryAfterMs, false, untried)
        return 0
      case 'transient':
        await later(retryMs(deps, card.attempts), true, untried)
        return 0
      case 'unknown':
        await later(retryMs(deps, card.attempts), true, false)
        return 0
      case 'gone':
      case 'rejected':
        return await setAside(card, `${failure.kind}:${failure.reason}`)
      default:
        return failure satisfies never
    }
  }

  /** The messenger has lost the message: once more, but not for ever. */
  async function repost(card: CardRow, reason: string): Promise<number> {
    const at = now()
    const today = (card.reposts ?? []).filter((one) => at.getTime() - one.getTime() < DAY_MS)
    if (today.length >= tuning.repostsPerDay) return await setAside(card, `gone:${reason}`)
    return await anew(card, [...today, at])
  }

  const replaced = (card: CardRow): Promise<number> => anew(card, card.reposts ?? [])

  async function anew(card: CardRow, reposts: readonly Date[]): Promise<number> {
    // first, so that no answer in the old thread falls between the two
    await persistently(deps, () => rememberFormer(deps, card))
    await cards.repost(card._id, reposts, now())
    return 0
  }

  async function faulty(card: CardRow, error: unknown): Promise<number> {
    logger.error('a card cannot be built', { ticketId: card.ticketId, place: card.placeId, error })
    if (card.attempts + 1 >= tuning.faultTries) return await setAside(card, 'fault')
    const at = now()
    const until = new Date(at.getTime() + retryMs(deps, card.attempts))
    await cards.postpone(card._id, { until, at, counts: true, untried: false })
    return 0
  }

  async function setAside(card: CardRow, reason: string): Promise<number> {
    logger.error('set aside', { ticketId: card.ticketId, what: 'card', place: card.placeId, reason })
    await cards.setAside(card._id, card.wanted, reason)
    return 0
  }

  return { failed, repost, replaced, faulty, setAside }
}

/** What is written in the thread under a former card still belongs to its ticket. */
async function rememberFormer(deps: Deps, card: CardRow): Promise<void> {
  const { ticketId, placeId, audience, address, messageId } = card
  if (messageId === undefined) return
  const { platform, conversation } = address
  const side = audience === 'requester' ? 'requester' : 'team'
  await deps.messages.recordCard({
    ...{ deskId: deps.deskId, ticketId, placeId, side },
    ...{ platform, conversation, messageId },
  })
}

/** One line for each delivery: ids, codes and durations, never a word of what is shown. */
export function logCard(
  { logger }: Pick<Deps, 'logger'>,
  card: CardRow,
  ticket: Ticket,
  outcome: Outcome<unknown>,
  began: number,
  found?: 'found',
): void {
  logger.info('delivered', {
    ticketId: card.ticketId,
    number: ticket.number,
    what: 'card',
    place: card.placeId,
    platform: card.address.platform,
    outcome: found ?? outcome.kind,
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
    revision: ticket.revision,
    ms: Math.round((monotonicMs() - began) * 10) / 10,
  })
}
