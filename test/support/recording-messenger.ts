import type { Card } from '../../src/cards/card.js'
import type {
  Address,
  MessageRef,
  Messenger,
  Outcome,
  Platform,
  Words,
} from '../../src/delivery/messenger.js'

export type Method = Exclude<keyof Messenger, 'platform' | 'cardLifeMs' | 'hearsThreads' | 'whispersApart'>

/** One call as it was made. */
export interface Call {
  method: Method
  /** Conversation, and the thread in it. */
  where: string
  key?: string
  bare?: boolean
  card?: Card
  words?: Words
  messageId?: string
  userId?: string
}

/** A message as somebody in the conversation would see it. */
export interface Seen {
  ref: MessageRef
  to: Address
  key: string
  card?: Card
  words?: Words
  updates: number
}

export interface RecordingMessenger extends Messenger {
  readonly calls: Call[]
  /** What stands in the conversations now, in the order of posting. */
  readonly messages: Seen[]
  readonly marks: Set<string>
  /** What is answered to the next calls that match, instead of doing it. `done`: it is done all the same. */
  script(answer: Scripted): void
  /** Runs before every call; a promise holds the call up. */
  before: ((call: Call) => Promise<void> | void) | undefined
  in(conversation: string): Seen[]
  count(method: Method): number
}

export interface Scripted {
  method: Method
  /** Only in this conversation. */
  where?: string
  outcome: Exclude<Outcome<never>, { kind: 'sent' }>
  times?: number
  done?: boolean
}

/** A messenger in memory that keeps what it was told to do, and fails as a test wants it. */
export function recordingMessenger(platform: Platform = 'slack'): RecordingMessenger {
  const scripts: Scripted[] = []
  const messages: Seen[] = []
  const calls: Call[] = []
  const marks = new Set<string>()
  let next = 1
  const wordsIn = ({ conversation, thread }: Address) => `${conversation}${thread ? `/${thread}` : ''}`

  async function answered<T>(call: Call, conversation: string, act: () => Outcome<T>): Promise<Outcome<T>> {
    calls.push(call)
    await messenger.before?.(call)
    const at = scripts.findIndex(
      (one) => one.method === call.method && (one.where ?? conversation) === conversation,
    )
    const script = scripts[at]
    if (!script) return act()
    script.times = (script.times ?? 1) - 1
    if (script.times <= 0) scripts.splice(at, 1)
    if (script.done) act()
    return script.outcome
  }

  function post(to: Address, key: string, shown: { card?: Card; words?: Words }): Outcome<MessageRef> {
    const ref = { platform, conversation: to.conversation, messageId: `m${next++}` }
    messages.push({ ref, to, key, ...shown, updates: 0 })
    return { kind: 'sent', value: ref }
  }
  const find = (ref: MessageRef) =>
    messages.find((one) => one.ref.messageId === ref.messageId && one.ref.conversation === ref.conversation)
  function change(ref: MessageRef, act: (seen: Seen) => void): Outcome {
    const seen = find(ref)
    if (!seen) return { kind: 'gone', reason: 'message_not_found' }
    act(seen)
    return { kind: 'sent', value: undefined }
  }

  const messenger: RecordingMessenger = {
    platform,
    calls,
    messages,
    marks,
    before: undefined,
    script: (answer) => scripts.push({ ...answer }),
    in: (conversation) => messages.filter((one) => one.to.conversation === conversation),
    count: (method) => calls.filter((call) => call.method === method).length,

    postCard: (to, card, key) =>
      answered({ method: 'postCard', where: wordsIn(to), key, card }, to.conversation, () =>
        post(to, key, { card }),
      ),
    postWords: (to, words, key) =>
      answered({ method: 'postWords', where: wordsIn(to), key, words }, to.conversation, () =>
        post(to, key, { words }),
      ),
    updateCard: (ref, card) =>
      answered(
        { method: 'updateCard', where: ref.conversation, messageId: ref.messageId, card },
        ref.conversation,
        () =>
          change(ref, (seen) => {
            seen.card = card
            seen.updates += 1
          }),
      ),
    editWords: (ref, words) =>
      answered(
        { method: 'editWords', where: ref.conversation, messageId: ref.messageId, words },
        ref.conversation,
        () =>
          change(ref, (seen) => {
            seen.words = words
            seen.updates += 1
          }),
      ),
    deleteMessage: (ref) =>
      answered(
        { method: 'deleteMessage', where: ref.conversation, messageId: ref.messageId },
        ref.conversation,
        () => change(ref, (seen) => messages.splice(messages.indexOf(seen), 1)),
      ),
    whisper: (to, userId, words) =>
      answered({ method: 'whisper', where: wordsIn(to), userId, words }, to.conversation, () => ({
        kind: 'sent',
        value: undefined,
      })),
    mark: (ref) =>
      answered(
        { method: 'mark', where: ref.conversation, messageId: ref.messageId },
        ref.conversation,
        () => {
          marks.add(ref.messageId)
          return { kind: 'sent', value: undefined }
        },
      ),
    unmark: (ref) =>
      answered(
        { method: 'unmark', where: ref.conversation, messageId: ref.messageId },
        ref.conversation,
        () => {
          marks.delete(ref.messageId)
          return { kind: 'sent', value: undefined }
        },
      ),
    openDirect: (userId) =>
      answered({ method: 'openDirect', where: '', userId }, '', () => ({
        kind: 'sent',
        value: `D-${userId}`,
      })),
    findPosted: (to, key, _, how) =>
      answered({ method: 'findPosted', where: wordsIn(to), key, ...how }, to.conversation, () => ({
        kind: 'sent',
        value: messages.find((one) => one.key === key && one.to.conversation === to.conversation)?.ref,
      })),
    profile: async () => ({ kind: 'sent', value: { name: 'Somebody', isBot: false, isGuest: false } }),
    fetchFile: async () => ({ kind: 'gone', reason: 'file_not_found' }),
  }
  return messenger
}
