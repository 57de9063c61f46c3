import type { WebClient } from '@slack/web-api'
import type { Address, MessageRef, Messenger, Outcome, Profile, Words } from '../../delivery/messenger.js'
import type { Logger } from '../../lib/logger.js'
import { type Repetition, toFailure } from './errors.js'
import { fetchFile } from './fetch-file.js'
import { findPosted, markOf } from './find-posted.js'
import { type Rendered, renderCard } from './render/card.js'
import { renderAuthor, renderWords } from './render/words.js'
import { takeBackFiles } from './take-back.js'
import { shareFiles, type Uploaded, uploadFiles } from './upload.js'

export interface MessengerDeps {
  client: WebClient
  botToken: string
  apiUrl: string | undefined
  logger: Logger
}
const PLATFORM = 'slack'
/** The reaction that says: this went to the other side. */
const MARK = 'incoming_envelope'

/** The Messenger over Slack's Web API. Every call is made once; what came of it is the outcome. */
export function createMessenger({ client, botToken, apiUrl, logger }: MessengerDeps): Messenger {
  async function attempt<T>(repetition: Repetition, call: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return { kind: 'sent', value: await call() }
    } catch (error) {
      return toFailure(error, repetition)
    }
  }

  async function post(
    to: Address,
    { blocks, text }: Rendered,
    key: string,
    { author, files }: { author?: Words['author']; files?: readonly Uploaded[] } = {},
  ): Promise<Outcome<MessageRef>> {
    const posted = await attempt('duplicates', () =>
      client.chat.postMessage({
        channel: to.conversation,
        ...(to.thread === undefined ? {} : { thread_ts: to.thread }),
        text,
        blocks,
        metadata: markOf(
          key,
          files?.map(({ id }) => id),
        ),
        parse: 'none',
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
        ...renderAuthor(author),
      }),
    )
    if (posted.kind !== 'sent') return posted
    const { ts, channel, message } = posted.value
    if (ts === undefined) return { kind: 'unknown', reason: 'no_ts' }
    const ref = { platform: PLATFORM, conversation: channel ?? to.conversation, messageId: ts }
    if (to.thread === undefined || message === undefined || message.thread_ts !== undefined) {
      return { kind: 'sent', value: ref }
    }
    // The thread's root is gone, and Slack puts the post into the open channel without a word.
    await remove(ref)
    return { kind: 'gone', reason: 'thread_not_found' }
  }

  async function update(ref: MessageRef, { blocks, text }: Rendered): Promise<Outcome> {
    const message = { channel: ref.conversation, ts: ref.messageId, text, blocks }
    return done(
      await attempt('harmless', () => client.chat.update({ ...message, parse: 'none', link_names: false })),
    )
  }

  async function remove(ref: MessageRef): Promise<Outcome> {
    const message = { channel: ref.conversation, ts: ref.messageId }
    return done(await attempt('harmless', () => client.chat.delete(message)))
  }

  async function share(to: Address, key: string, files: readonly Uploaded[]): Promise<void> {
    const shared = await shareFiles(client, to, files)
    if (shared.kind !== 'sent') logger.error('files of a post are not shown', { key, outcome: shared })
  }

  return {
    platform: PLATFORM,

    postCard: (to, card, key) => post(to, renderCard(card), key),
    updateCard: (ref, card) => update(ref, renderCard(card)),
    editWords: (ref, words) => update(ref, renderWords(words)),

    async postWords(to, words, key) {
      const uploaded = await uploadFiles(client, words.files ?? [])
      if (uploaded.kind !== 'sent') return uploaded
      const { value: files } = uploaded
      const posted = await post(to, renderWords(words), key, { author: words.author, files })
      // should the process end here, the post itself says which files are still to be shown
      if (posted.kind === 'sent') await share(to, key, files)
      return posted
    },

    async deleteMessage(ref) {
      const files = await takeBackFiles(client, ref)
      // the words go last: they alone know which files are theirs
      if (files.kind !== 'sent') logger.warn('files of a post are still shown', { outcome: files })
      return files.kind === 'rate_limited' || files.kind === 'transient' ? files : remove(ref)
    },

    async whisper(to, userId, words) {
      const { blocks, text } = renderWords(words)
      const where = { channel: to.conversation, ...(to.thread === undefined ? {} : { thread_ts: to.thread }) }
      const said = { ...where, user: userId, text, blocks, parse: 'none', link_names: false } as const
      return done(await attempt('harmless', () => client.chat.postEphemeral(said)))
    },

    async mark(ref) {
      const put = await attempt('harmless', () => client.reactions.add(reactionOn(ref)))
      return isAlready(put, 'already_reacted') ? DONE : done(put)
    },

    async unmark(ref) {
      const taken = await attempt('harmless', () => client.reactions.remove(reactionOn(ref)))
      return isAlready(taken, 'no_reaction') ? DONE : done(taken)
    },

    async openDirect(userId) {
      const opened = await attempt('harmless', () => client.conversations.open({ users: userId }))
      if (opened.kind !== 'sent') return opened
      const id = opened.value.channel?.id
      return id === undefined ? { kind: 'transient', reason: 'no_channel' } : { kind: 'sent', value: id }
    },

    async findPosted(to, key, since, { bare } = { bare: false }) {
      const found = await findPosted(client, to, key, since)
      if (found.kind !== 'sent') return found
      if (found.value === undefined) return { kind: 'sent', value: undefined }
      if (!bare)
        await share(
          to,
          key,
          found.value.unshown.map((id) => ({ id })),
        )
      return { kind: 'sent', value: found.value.ref }
    },

    async profile(userId) {
      const read = await attempt('harmless', () => client.users.info({ user: userId, include_locale: true }))
      if (read.kind !== 'sent') return read
      return read.value.user === undefined
        ? { kind: 'transient', reason: 'no_user' }
        : { kind: 'sent', value: profileOf(userId, read.value.user) }
    },

    fetchFile: (file, maxBytes) => fetchFile({ client, botToken, apiUrl }, file, maxBytes),
  }
}

const DONE: Outcome = { kind: 'sent', value: undefined }

function reactionOn({ conversation, messageId }: MessageRef): {
  channel: string
  timestamp: string
  name: string
} {
  return { channel: conversation, timestamp: messageId, name: MARK }
}

/** Whether the call was refused because what it wanted is so already. */
function isAlready(outcome: Outcome<unknown>, code: string): boolean {
  return outcome.kind === 'rejected' && outcome.reason === code
}

function done(outcome: Outcome<unknown>): Outcome {
  return outcome.kind === 'sent' ? { kind: 'sent', value: undefined } : outcome
}

type WireUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>

function profileOf(userId: string, user: WireUser): Profile {
  const { profile, tz, locale } = user
  const names = [profile?.real_name, user.real_name, profile?.display_name, user.name]
  // whoever has an address is taken for the person the desk file knows by it
  const email = user.is_email_confirmed === false ? undefined : profile?.email
  return {
    name: names.find((name) => name !== undefined && name.trim() !== '') ?? userId,
    ...(email === undefined ? {} : { email }),
    ...(locale === undefined ? {} : { locale }),
    ...(tz === undefined ? {} : { zone: tz }),
    isBot: user.is_bot === true || userId === 'USLACKBOT',
    isGuest: user.is_restricted === true || user.is_ultra_restricted === true || user.is_stranger === true,
  }
}
