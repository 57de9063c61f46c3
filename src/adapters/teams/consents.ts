import { z } from 'zod'
import type { MessageRef, Outcome } from '../../delivery/messenger.js'
import { byDeadline } from '../../lib/deadline.js'
import type { Logger } from '../../lib/logger.js'
import { PLATFORM } from './addresses.js'
import type { OutActivity } from './connector.js'
import { type KeptOffer, OFFERED_MS, type Offers } from './offers.js'
import type { Parsed } from './parsed.js'
import type { Store } from './places.js'
import { renderFileLine, renderOffer, renderTaken, type TakenFile } from './render/offer.js'
import { upload } from './upload.js'
import type { UploadInfo } from './wire.js'

type Consent = Extract<Parsed, { kind: 'consent' }>
const TAKEN = z.object({
  name: z.string(),
  contentUrl: z.string(),
  uniqueId: z.string(),
  fileType: z.string(),
})

export interface ConsentDeps {
  offers: Offers
  store: Store
  /** The bytes of a file; nothing when the desk has it no more. */
  fileBytes: (id: string) => Promise<Buffer | undefined>
  isStorage: (address: string) => boolean
  post: (conversation: string, activity: OutActivity) => Promise<Outcome<MessageRef>>
  update: (ref: MessageRef, activity: OutActivity) => Promise<Outcome>
  remove: (ref: MessageRef) => Promise<Outcome>
  /** Keeps work that goes on after the answer, for a stop to wait for. */
  later: (work: Promise<unknown>) => void
  logger: Logger
  patienceMs: number
}

/** What people answer to files that we offer them. */
export interface Consents {
  /** False: that is no offer of ours to this person. Never rejects. */
  answer(consent: Consent): Promise<boolean>
}

/**
 * A file goes to nobody but the person to whom it was offered, in the chat where it was, and to no address but storage
 * of Microsoft's. Answering twice does no harm: what was taken is shown again. While a file is not where it belongs its
 * offer stays, so that after a restart, or a failure, the person can take it again.
 */
export function createConsents(deps: ConsentDeps): Consents {
  const { offers, store, fileBytes, isStorage, post, update, remove, later, logger, patienceMs } = deps
  /** By offer: pressed twice, a file is put there once. */
  const going = new Map<string, Promise<void>>()

  async function decline({ where }: Consent, offer: KeptOffer, card: MessageRef | undefined): Promise<void> {
    await replace(card, renderFileLine('file.declined', offer.name, where.locale))
  }

  async function take(consent: Consent, offer: KeptOffer, to: UploadInfo, card?: MessageRef): Promise<void> {
    const { locale } = consent.where
    const before = await store.get(`taken:${consent.offer}`)
    if (before !== undefined) return show(consent, offer, TAKEN.parse(JSON.parse(before)), card)
    const content = (await offers.isWithdrawn(offer)) ? undefined : await fileBytes(offer.id)
    if (content === undefined) return replace(card, renderFileLine('file.gone', offer.name, locale))
    const put = await upload(to.uploadUrl, content)
    if (put.kind !== 'sent') {
      logger.warn('a file was not put where it belongs', { outcome: put })
      await post(offer.conversation, renderFileLine('file.failed', offer.name, locale))
      return again(consent, offer, card)
    }
    const { name, contentUrl, uniqueId, fileType } = to
    const taken: TakenFile = { name, contentUrl, uniqueId, fileType }
    await store.set(`taken:${consent.offer}`, JSON.stringify(taken), OFFERED_MS)
    await show(consent, offer, taken, card)
  }

  /** The file in the chat in place of its offer; pressed again, it is shown again. */
  async function show(
    consent: Consent,
    offer: KeptOffer,
    file: TakenFile,
    card: MessageRef | undefined,
  ): Promise<void> {
    const posted = await post(offer.conversation, renderTaken(file))
    if (posted.kind === 'sent') {
      if (card !== undefined) note(await remove(card))
      return
    }
    logger.warn('a file that was taken is not shown', { outcome: posted })
    await again(consent, offer, card)
  }

  /** The same card anew: one that was answered can perhaps not be pressed any more. */
  function again({ offer: token, where }: Consent, offer: KeptOffer, card?: MessageRef): Promise<void> {
    return replace(card, renderOffer({ ...offer, token, locale: where.locale }))
  }

  async function replace(card: MessageRef | undefined, activity: OutActivity): Promise<void> {
    if (card !== undefined) note(await update(card, activity))
  }

  function note(outcome: Outcome): void {
    if (outcome.kind !== 'sent') logger.warn('an offer was not changed', { outcome })
  }

  function once(token: string, work: () => Promise<void>): Promise<void> {
    const under = going.get(token) ?? work().finally(() => going.delete(token))
    going.set(token, under)
    return under
  }

  return {
    async answer(consent) {
      const { where, upload: to } = consent
      const offer = await offers.find(consent.offer)
      if (offer?.userId !== where.userId || offer.conversation !== where.conversation) {
        logger.warn('a file was asked for that was not offered', { userId: where.userId })
        return false
      }
      if (to !== undefined && !isStorage(to.uploadUrl)) {
        logger.error('a file was asked for to be put where no files of Teams are', { userId: where.userId })
        return false
      }
      const card = cardOf(consent)
      const work = once(consent.offer, () =>
        to === undefined ? decline(consent, offer, card) : take(consent, offer, to, card),
      ).catch((cause: unknown) => logger.error('a file was not handed over', { cause }))
      const { kind } = await byDeadline(work, patienceMs)
      // It goes on, and the file shows in the chat; until then its offer stays.
      if (kind === 'late') later(work)
      return true
    },
  }
}

/** The message that was answered: one of our own in that very chat, whatever the client says. */
function cardOf({ card, where }: Consent): MessageRef | undefined {
  return card === undefined
    ? undefined
    : { platform: PLATFORM, conversation: where.conversation, messageId: card }
}
