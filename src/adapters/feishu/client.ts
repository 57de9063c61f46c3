import type { Address, MessageRef, Messenger, Outcome, Words } from '../../delivery/messenger.js'
import { newId } from '../../lib/ids.js'
import type { Logger } from '../../lib/logger.js'
import { BoundedMap } from './bounded-map.js'
import { FeishuError, type Repetition, toFailure } from './errors.js'
import { fetchFile } from './fetch-file.js'
import type { OpenApi } from './open-api.js'
import { directWith, PLATFORM } from './parsed.js'
import { type Content, messagePath, refOf, send } from './posting.js'
import { createProfiles } from './profile.js'
import { addMark, removeMark } from './reactions.js'
import { renderCard } from './render/card.js'
import { asCard, cardMessage, type Rendered, renderWords } from './render/words.js'
import { uploadFiles } from './upload.js'
import { WITHDRAWN } from './words.js'

export interface MessengerDeps {
  api: OpenApi
  logger: Logger
  hearsThreads: () => boolean
  store: Store
}
/** What outlasts the process, a few words under a name. */
export interface Store {
  get(key: string): Promise<string | undefined>
  /** `keptMs`: for so long at least; for ever when absent. */
  set(key: string, value: string, keptMs?: number): Promise<void>
}
/** So much is remembered of posts whose answer is awaited. */
const REMEMBERED = 2000
/** What may be recalled for a day is known for longer. */
const FILES_KNOWN_MS = 3 * 24 * 3_600_000
const NOT_NOTED = { kind: 'unknown', reason: 'files_not_noted' } as const
/** The message is of another kind than the change. */
const WRONG_KIND = 230054
/** Feishu lets a card be changed for 14 days; the last of them is left for what comes late. */
const CARD_LIFE_MS = 13 * 24 * 3_600_000
/** A bot may take back a message for a day. */
const TOO_OLD_TO_RECALL = 230009

/** The Messenger over Feishu's open platform. Every call is made once; what came of it is the outcome. */
export function createMessenger({ api, logger, hearsThreads, store }: MessengerDeps): Messenger {
  /** Keys that were looked for: what is posted under them next may be the message of an earlier try, as it was then. */
  const repeated = new BoundedMap<true>(REMEMBERED)
  const profileOf = createProfiles(api)
  /** Files are messages of their own: they go when the words go that they came with. */
  const filesOf = (messageId: string): string => `files:${messageId}`

  async function attempt<T>(repetition: Repetition, call: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return { kind: 'sent', value: await call() }
    } catch (error) {
      const failure = toFailure(error, repetition)
      if (failure.kind === 'rejected') logger.warn('feishu refuses', { reason: failure.reason })
      return failure
    }
  }

  async function post(to: Address, content: Content, key: string): Promise<Outcome<MessageRef>> {
    return attempt('duplicates', async () => refOf(to, await send(api, to, content, key)))
  }

  async function change(ref: MessageRef, { msg_type, content }: Rendered): Promise<void> {
    const path = messagePath(ref)
    await (msg_type === 'interactive'
      ? api.call({ method: 'PATCH', path, data: { content } })
      : api.call({ method: 'PUT', path, data: { msg_type, content } }))
  }

  /** A message stays of the kind it was posted as, card or words, and nobody tells us which that was. */
  async function changeWords(ref: MessageRef, words: Words): Promise<void> {
    const first = renderWords(words)
    try {
      await change(ref, first)
    } catch (error) {
      if (!(error instanceof FeishuError) || error.code !== WRONG_KIND) throw error
      const { card: _buttons, ...bare } = words
      await change(ref, first.msg_type === 'post' ? asCard(words) : renderWords(bare))
    }
  }

  async function withdraw(ref: MessageRef): Promise<void> {
    try {
      await api.call({ method: 'DELETE', path: messagePath(ref) })
    } catch (error) {
      if (!(error instanceof FeishuError) || error.code !== TOO_OLD_TO_RECALL) throw error
      // it cannot be taken back any more; what it said can
      await changeWords(ref, { text: [WITHDRAWN] })
    }
  }

  /** Shows what came with words that stand there. A repetition shows nothing twice. */
  async function attach(
    to: Address,
    ref: MessageRef,
    files: readonly Content[],
    key: string,
  ): Promise<Outcome<MessageRef>> {
    const ids: string[] = []
    for (const [i, file] of files.entries()) {
      const sent = await attempt('duplicates', () => send(api, to, file, `${key}:file:${i}`))
      if (sent.kind === 'sent') ids.push(sent.value.messageId)
      else logger.error('a file of a post is not shown', { key, outcome: sent })
    }
    if (ids.length > 0) await store.set(filesOf(ref.messageId), ids.join(' '), FILES_KNOWN_MS)
    return { kind: 'sent', value: ref }
  }

  return {
    platform: PLATFORM,
    cardLifeMs: CARD_LIFE_MS,
    hearsThreads,
    whispersApart: true,

    async postCard(to, card, key) {
      const rendered = cardMessage(renderCard(card))
      const posted = await post(to, rendered, key)
      if (posted.kind !== 'sent' || repeated.get(key) === undefined) return posted
      // what stands there may be the card as it was when it was tried first
      const current = await attempt('harmless', () => change(posted.value, rendered))
      if (current.kind !== 'sent') return current
      repeated.delete(key)
      return posted
    },

    updateCard: (ref, card) => attempt('harmless', () => change(ref, cardMessage(renderCard(card)))),
    editWords: (ref, words) => attempt('harmless', () => changeWords(ref, words)),

    async postWords(to, words, key) {
      const uploaded = await attempt('harmless', () => uploadFiles(api, words.files ?? []))
      if (uploaded.kind !== 'sent') return uploaded
      const posted = await post(to, renderWords(words), key)
      if (posted.kind !== 'sent') return posted
      // whoever cannot write down what is shown says so: the next try finds all of it, and shows nothing twice
      return await attach(to, posted.value, uploaded.value, key).catch(() => NOT_NOTED)
    },

    async deleteMessage(ref) {
      const known = await attempt('harmless', () => store.get(filesOf(ref.messageId)))
      if (known.kind !== 'sent') return known
      for (const messageId of known.value?.split(' ') ?? []) {
        const gone = await attempt('harmless', () => withdraw({ ...ref, messageId }))
        // the words go last: without them nobody would come back for the rest
        if (gone.kind === 'rate_limited' || gone.kind === 'transient') return gone
      }
      return attempt('harmless', () => withdraw(ref))
    },

    /** Feishu shows nothing to one person alone in a thread: it goes to their own chat with us. */
    async whisper(_to, userId, words) {
      const to = { conversation: directWith(userId) }
      const said = await attempt('harmless', () => send(api, to, renderWords(words), newId()))
      return said.kind === 'sent' ? { kind: 'sent', value: undefined } : said
    },

    /** 加急 within the app: free of charge; text messages and calls would cost. */
    insist: (ref, userId) =>
      attempt('harmless', async () => {
        const path = messagePath(ref, '/urgent_app')
        const data = { user_id_list: [userId] }
        await api.call({ method: 'PATCH', path, params: { user_id_type: 'open_id' }, data })
      }),
    mark: (ref) => attempt('harmless', () => addMark(api, ref)),
    unmark: (ref) => attempt('harmless', () => removeMark(api, ref)),

    // A person's direct conversation is named by the person: nothing has to be opened, and nobody has to be asked.
    openDirect: async (userId) => ({ kind: 'sent', value: directWith(userId) }),

    /**
     * Nothing is looked for, since nothing can be found by a key; and nothing needs to be: for an hour Feishu answers a
     * repeated `uuid` with the message it made before. Whoever repeats later than that, after an outage of an hour in
     * the very moment between post and answer, may show the message twice. What is to be taken away is repeated as well:
     * the answer names it, and where nothing had arrived, a few harmless words stand until they are deleted.
     */
    async findPosted(to, key, _since, { bare } = { bare: false }) {
      if (bare) return await post(to, renderWords({ text: [WITHDRAWN] }), key)
      repeated.set(key, true)
      return { kind: 'sent', value: undefined }
    },

    profile: (userId) => attempt('harmless', () => profileOf(userId)),
    fetchFile: (file, maxBytes) => fetchFile(api, file, maxBytes),
  }
}
