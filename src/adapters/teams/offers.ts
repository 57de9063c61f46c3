import { z } from 'zod'
import type { MessageRef, Outcome, OutFile } from '../../delivery/messenger.js'
import { newId } from '../../lib/ids.js'
import type { Logger } from '../../lib/logger.js'
import { PLATFORM } from './addresses.js'
import type { OutActivity } from './connector.js'
import type { Failure } from './errors.js'
import type { Store } from './places.js'
import { type Offer, renderOffer } from './render/offer.js'

const FILE = z.object({ id: z.string(), name: z.string(), bytes: z.number() })
/** A message whose files are being offered: written by whoever delivers it, and by nobody else. */
const PROGRESS = z.object({
  userId: z.string(),
  conversation: z.string(),
  messageId: z.string(),
  left: z.array(FILE),
  /** The messages that offer them. */
  cards: z.array(z.string()),
})
type Progress = z.infer<typeof PROGRESS>
const KEPT = z.object({ ...FILE.shape, userId: z.string(), conversation: z.string(), key: z.string() })
/** What is known of an offer under the name that its card carries. */
export type KeptOffer = z.infer<typeof KEPT>

/** How long an offer may be taken. */
export const OFFERED_MS = 90 * 24 * 3_600_000

/** A file that is to be offered. */
export type Offerable = OutFile & { id: string }

/**
 * Files in personal chats: each stands beside the words as a card that asks whether the person takes it; Teams gives us
 * an address for the bytes when they do. Everything that is needed then is in the store before the card is posted.
 */
export interface Offers {
  /**
   * The message that was posted under `key`, once its files are offered; nothing when none was. `bare`: none is offered
   * any more.
   */
  resume(key: string, bare?: boolean): Promise<Outcome<MessageRef | undefined>>
  /** Offers the files of a message that was just posted. */
  begin(
    key: string,
    ref: MessageRef,
    userId: string,
    files: readonly Offerable[],
  ): Promise<Outcome<MessageRef>>
  /** A message is taken back: nobody may take its files any more. */
  withdraw(ref: MessageRef): Promise<void>
  find(token: string): Promise<KeptOffer | undefined>
  isWithdrawn(offer: KeptOffer): Promise<boolean>
}

export interface OffersDeps {
  store: Store
  /** Posts into a personal chat. */
  post(conversation: string, activity: OutActivity): Promise<Outcome<MessageRef>>
  remove(ref: MessageRef): Promise<Outcome>
  localeOf(userId: string): Promise<string | undefined>
  logger: Logger
}

export function createOffers({ store, post, remove, localeOf, logger }: OffersDeps): Offers {
  async function progressOf(key: string): Promise<Progress | undefined> {
    return read(PROGRESS, await store.get(`files:${key}`))
  }

  async function goOn(key: string, progress: Progress): Promise<Outcome<MessageRef>> {
    const { userId, conversation, messageId } = progress
    let { left, cards } = progress
    for (let file = left[0]; file !== undefined; file = left[0]) {
      const token = newId()
      const kept: KeptOffer = { ...file, userId, conversation, key }
      await store.set(`offer:${token}`, JSON.stringify(kept), OFFERED_MS)
      const offer: Offer = { name: file.name, bytes: file.bytes, token, locale: await localeOf(userId) }
      const posted = await post(conversation, renderOffer(offer))
      if (mayComeLater(posted)) return posted
      // the name stands in the words: that has to do
      if (posted.kind !== 'sent') logger.warn('a file is only named', { outcome: posted })
      left = left.slice(1)
      cards = posted.kind === 'sent' ? [...cards, posted.value.messageId] : cards
      await store.set(
        `files:${key}`,
        JSON.stringify({ ...progress, left, cards } satisfies Progress),
        OFFERED_MS,
      )
    }
    return { kind: 'sent', value: { platform: PLATFORM, conversation, messageId } }
  }

  return {
    async resume(key, bare = false) {
      const progress = await progressOf(key)
      if (progress === undefined) return { kind: 'sent', value: undefined }
      return goOn(key, bare ? { ...progress, left: [] } : progress)
    },

    async begin(key, ref, userId, files) {
      const { conversation, messageId } = ref
      const left = files.map(({ id, name, bytes }) => ({ id, name, bytes }))
      const progress: Progress = { userId, conversation, messageId, left, cards: [] }
      try {
        await store.set(`files-of:${conversation}:${messageId}`, key, OFFERED_MS)
        await store.set(`files:${key}`, JSON.stringify(progress), OFFERED_MS)
      } catch (cause) {
        // The words are out: saying them again would be worse than files that are only named.
        logger.warn('files are only named', { cause })
        return { kind: 'sent', value: ref }
      }
      return goOn(key, progress)
    },

    async withdraw({ conversation, messageId }) {
      const key = await store.get(`files-of:${conversation}:${messageId}`)
      const progress = key === undefined ? undefined : await progressOf(key)
      if (key === undefined || progress === undefined) return
      await store.set(`withdrawn:${key}`, 'yes', OFFERED_MS)
      for (const card of progress.cards) {
        const removed = await remove({ platform: PLATFORM, conversation, messageId: card })
        // a card that stays gives nothing away any more
        if (removed.kind !== 'sent' && removed.kind !== 'gone')
          logger.warn('an offer stays in its chat', { outcome: removed })
      }
    },

    find: async (token) => read(KEPT, await store.get(`offer:${token}`)),
    isWithdrawn: async ({ key }) => (await store.get(`withdrawn:${key}`)) !== undefined,
  }
}

/** Whether trying again later may help; the words are not said again then. */
function mayComeLater(outcome: Outcome<MessageRef>): outcome is Failure {
  return outcome.kind === 'rate_limited' || outcome.kind === 'transient' || outcome.kind === 'unknown'
}

function read<T>(shape: z.ZodType<T>, value: string | undefined): T | undefined {
  if (value === undefined) return undefined
  try {
    return shape.safeParse(JSON.parse(value)).data
  } catch {
    return undefined
  }
}
