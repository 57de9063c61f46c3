import type { Card } from '../../cards/card.js'
import type {
  Address,
  MessageRef,
  Messenger,
  Outcome,
  OutFile,
  Profile,
  Words,
} from '../../delivery/messenger.js'
import type { Logger } from '../../lib/logger.js'
import { PLATFORM, wireConversation } from './addresses.js'
import type { Connector, OutActivity } from './connector.js'
import { type Failure, type Repetition, toFailure } from './errors.js'
import { fetchFile } from './fetch-file.js'
import { createOffers, type Offerable, type Offers } from './offers.js'
import { smallPictures } from './pictures.js'
import type { Places, Store } from './places.js'
import { renderCard } from './render/card.js'
import { cardActivity, notified, renderWords } from './render/words.js'
import type { Tokens } from './token.js'
import { MEMBER, type Member } from './wire.js'

export interface MessengerDeps {
  connectorAt: (serviceUrl: string) => Connector
  places: Places
  store: Store
  /** Whether files can be read later, so that they may be offered. */
  offersFiles: boolean
  hearsThreads: boolean
  tokens: Tokens
  isService: (address: string) => boolean
  logger: Logger
}

/** What only the adapter itself may say, beside what the desk has it say. */
export interface Said {
  messenger: Messenger
  offers: Offers
  post(conversation: string, activity: OutActivity): Promise<Outcome<MessageRef>>
  update(ref: MessageRef, activity: OutActivity): Promise<Outcome>
  remove(ref: MessageRef): Promise<Outcome>
}

/** The Messenger over the Bot Connector. Every call is made once; what came of it is the outcome. */
export function createMessenger({
  connectorAt,
  places,
  store,
  offersFiles,
  hearsThreads,
  tokens,
  isService,
  logger,
}: MessengerDeps): Said {
  async function attempt<T>(
    repetition: Repetition,
    conversation: string | undefined,
    call: (connector: Connector) => Promise<T>,
  ): Promise<Outcome<T>> {
    try {
      const connector = connectorAt(await places.serviceUrl(conversation))
      return { kind: 'sent', value: await call(connector) }
    } catch (error) {
      if ((error as { statusCode?: unknown }).statusCode === 401) tokens.drop()
      return toFailure(error, repetition)
    }
  }

  async function post(to: Address, activity: OutActivity): Promise<Outcome<MessageRef>> {
    // Teams may still deliver where the app was removed: it is on us not to write there.
    if (await places.isRemoved(to.conversation)) return { kind: 'gone', reason: 'app_removed' }
    const posted = await attempt('duplicates', to.conversation, (connector) =>
      connector.post(wireConversation(to), activity),
    )
    if (posted.kind !== 'sent') return lost(to.conversation, posted)
    if (!posted.value) return { kind: 'unknown', reason: 'no_id' }
    return {
      kind: 'sent',
      value: { platform: PLATFORM, conversation: to.conversation, messageId: posted.value },
    }
  }

  /** A direct conversation that is gone is opened anew next time. */
  async function lost(conversation: string, failure: Failure): Promise<Failure> {
    if (failure.kind === 'gone') await places.forget(conversation)
    return failure
  }

  function update({ conversation, messageId }: MessageRef, activity: OutActivity): Promise<Outcome> {
    return attempt('harmless', conversation, (connector) =>
      connector.update(conversation, messageId, activity),
    )
  }

  function remove({ conversation, messageId }: MessageRef): Promise<Outcome> {
    return attempt('harmless', conversation, (connector) => connector.remove(conversation, messageId))
  }

  const offers = createOffers({
    store,
    post: (conversation, activity) => post({ platform: PLATFORM, conversation }, activity),
    remove,
    localeOf: async (userId) => (await places.person(userId)).locale,
    logger,
  })

  async function postWords(to: Address, words: Words, key: string): Promise<Outcome<MessageRef>> {
    const { files = [] } = words
    if (files.length === 0) return post(to, await wordsOf(words))
    const earlier = await offers.resume(key)
    if (earlier.kind !== 'sent') return earlier
    if (earlier.value !== undefined) return { kind: 'sent', value: earlier.value }
    const { pictures, rest } = await smallPictures(files, logger)
    const reader = offersFiles ? await places.readerOf(to.conversation) : undefined
    const offered = reader === undefined ? [] : rest.filter(isOfferable)
    // what is offered can be taken back, a link cannot
    const named = files.map((file) => (isOfferable(file) && offered.includes(file) ? unlinked(file) : file))
    const activity = await wordsOf({ ...words, files: named })
    const attachments = [...(activity.attachments ?? []), ...pictures]
    const posted = await post(to, attachments.length === 0 ? activity : { ...activity, attachments })
    if (posted.kind !== 'sent' || reader === undefined || offered.length === 0) return posted
    return offers.begin(key, posted.value, reader, offered)
  }

  async function withCard(card: Card): Promise<OutActivity> {
    return cardActivity(renderCard(card, 'message', await places.viewersOf(card)), card.summary)
  }

  async function wordsOf(words: Words): Promise<OutActivity> {
    const mriOf = new Map<string, string>()
    for (const userId of notified(words.text)) {
      const { mri } = await places.person(userId)
      if (mri !== undefined) mriOf.set(userId, mri)
    }
    return renderWords(words, mriOf)
  }

  async function openDirect(userId: string): Promise<Outcome<string>> {
    const [{ direct, mri }, botId, tenantId] = await Promise.all([
      places.person(userId),
      places.botId(),
      places.tenantId(),
    ])
    if (direct !== undefined) return { kind: 'sent', value: direct }
    // Before the first activity of an anonymous tenant nothing is known of it.
    if (botId === undefined || tenantId === undefined) return { kind: 'transient', reason: 'no_tenant' }
    const opened = await attempt('harmless', undefined, (connector) =>
      // the Entra id does where the app is installed for the person
      connector.createDirect({ botId, userId: mri ?? userId, tenantId }),
    )
    if (opened.kind !== 'sent') return opened
    if (!opened.value) return { kind: 'transient', reason: 'no_conversation' }
    await places.setDirect(userId, opened.value)
    return { kind: 'sent', value: opened.value }
  }

  async function member(userId: string): Promise<Outcome<Member>> {
    const { direct, seenIn } = await places.person(userId)
    let conversation = direct ?? seenIn
    if (conversation === undefined) {
      const opened = await openDirect(userId)
      if (opened.kind !== 'sent') return opened
      conversation = opened.value
    }
    const at = conversation
    const read = await attempt('harmless', at, (connector) => connector.member(at, userId))
    if (read.kind !== 'sent') return read
    const parsed = MEMBER.safeParse(read.value)
    return parsed.success ? { kind: 'sent', value: parsed.data } : { kind: 'transient', reason: 'no_member' }
  }

  const messenger: Messenger = {
    platform: PLATFORM,
    whispersApart: true,
    hearsThreads: () => hearsThreads,

    postCard: async (to, card) => post(to, await withCard(card)),
    updateCard: async (ref, card) => update(ref, await withCard(card)),
    postWords,
    editWords: async (ref, words) => update(ref, await wordsOf(words)),

    async deleteMessage(ref) {
      // first the files that were offered with it: they are taken back, too
      await offers.withdraw(ref)
      return remove(ref)
    },

    /** Teams shows a message in a conversation to everybody there: it is said in the person's own chat instead. */
    async whisper(_to, userId, words) {
      const opened = await openDirect(userId)
      if (opened.kind !== 'sent') return opened
      const said = await post({ platform: PLATFORM, conversation: opened.value }, await wordsOf(words))
      return said.kind === 'sent' ? { kind: 'sent', value: undefined } : said
    },

    // A bot cannot react on Teams: that the words went out is said to their author only.
    mark: async () => NO_REACTIONS,
    unmark: async () => NO_REACTIONS,

    openDirect,

    /**
     * Teams lets nobody look for a bot's own post, and takes no key of ours: after an answer that was cut off, the post
     * is repeated, and one duplicate may be seen. What we know is where the words stand whose files are being offered.
     */
    findPosted: (_to, key, _since, how) => offers.resume(key, how?.bare),

    async profile(userId) {
      const read = await member(userId)
      if (read.kind !== 'sent') return read
      const { locale, zone } = await places.person(userId)
      return { kind: 'sent', value: profileOf(userId, read.value, { locale, zone }) }
    },

    async fetchFile(file, maxBytes) {
      const fetched = await fetchFile({ tokens, isService }, file, maxBytes)
      if (fetched.kind !== 'sent')
        logger.warn('a file was not fetched', { fileId: file.id, outcome: fetched })
      return fetched
    },
  }
  return {
    messenger,
    offers,
    post: (conversation, activity) => post({ platform: PLATFORM, conversation }, activity),
    update,
    remove,
  }
}

function isOfferable(file: OutFile): file is Offerable {
  return file.id !== undefined && file.bytes > 0
}

function unlinked({ url: _none, ...file }: OutFile): OutFile {
  return file
}

const NO_REACTIONS: Outcome = { kind: 'rejected', reason: 'no_reactions' }

function profileOf(
  userId: string,
  member: Member,
  { locale, zone }: { locale: string | undefined; zone: string | undefined },
): Profile {
  const { name, givenName, surname, email, userPrincipalName, userRole } = member
  const names = [name, [givenName, surname].filter(Boolean).join(' '), userPrincipalName]
  const address = email ?? userPrincipalName
  return {
    name: names.find((each) => each != null && each.trim() !== '') ?? userId,
    // a guest's principal name is no address (`ann_other.example#EXT#@…`)
    ...(address?.includes('@') && !address.includes('#') ? { email: address } : {}),
    ...(locale === undefined ? {} : { locale }),
    ...(zone === undefined ? {} : { zone }),
    isBot: member.id?.startsWith('28:') === true,
    isGuest:
      userRole === 'guest' || userRole === 'anonymous' || userPrincipalName?.includes('#EXT#') === true,
  }
}
