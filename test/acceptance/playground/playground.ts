import { randomUUID } from 'node:crypto'
import { objectsIn } from '../../support/clients/client.js'
import { until } from '../../support/world.js'
import { BOT, CHANNEL, CHAT, RITA, TENANT, type User } from './people.js'
import { startProcess } from './process.js'

type Fields = Record<string, unknown>
/** A message of the bot as its page was told last. */
export interface Shown {
  conversation: string
  messageId: string
  /** The card, if it is one. */
  card?: unknown
  /** Everything it says, card and all, as one text. */
  words: string
}
/** One request from or to the bot, with what it was answered. */
export interface Exchange {
  activityName: string
  messageId?: string
  conversationId?: string
  request: { body: Fields }
  response: { statusCode: number; body: unknown }
}
export interface Answer {
  status: number
  body: unknown
}

/** The Playground as its user and their colleagues use it. */
export interface Playground {
  /** What stands in a conversation now with all of these words in it; for a thread: the channel's id and the root's. */
  shown(conversation: string, ...words: string[]): Shown[]
  /** The one message with all of these words, once it is there. */
  heard(conversation: string, ...words: string[]): Promise<Shown>
  /**
   * The one card with all of these words that the bot has posted into a chat which is not Rita's: the page is not told of
   * it. That it stands in just that chat is held against a click on it, which the Playground refuses elsewhere.
   */
  posted(conversation: string, ...words: string[]): Promise<Shown>
  /** Every request so far, oldest first. */
  exchanges: readonly Exchange[]
  /** Rita writes in her chat with the bot. */
  write(text: string): Promise<void>
  /** A colleague writes in the thread of a message in the channel. */
  writeInThread(user: User, root: Shown, text: string): Promise<void>
  /** Presses a button of a card, as Action.Execute; returns what the bot answers. */
  execute(user: User, on: Shown, verb: string): Promise<Answer>
  /** Presses a button that opens a dialog; returns the dialog's card. */
  fetch(user: User, on: Shown, verb: string): Promise<unknown>
  /** Fills in the inputs of a dialog by their ids and sends it. */
  submit(user: User, on: Shown, dialog: unknown, inputs: Record<string, string>): Promise<Answer>
  stop(): Promise<void>
}

/** Starts the Playground on that port against a bot. */
export async function startPlayground(botUrl: string, port: number): Promise<Playground> {
  const client = await startProcess(botUrl, port)
  const messages = new Map<string, Shown>()
  const exchanges: Exchange[] = []
  const stored = (event: unknown) => {
    const one = shownIn(event as Fields)
    if (one) messages.set(one.messageId, { ...messages.get(one.messageId), ...one })
  }
  try {
    await client.listen('/_ws_conversation/v1/conversations/stream', stored)
    await client.listen('/_ws/log/stream', (event) => {
      const { log } = event as { log?: Partial<Exchange> }
      if (log?.request && log.response) exchanges.push(log as Exchange)
    })
  } catch (error) {
    await client.stop()
    throw error
  }
  const shown: Playground['shown'] = (conversation, ...words) =>
    [...messages.values()].filter(
      (one) => one.conversation === conversation && words.every((word) => one.words.includes(word)),
    )

  /** Its own form for messages writes as Rita only, and it opens no dialogs: such an activity is given word for word. */
  async function custom(user: User, conversation: string, more: Fields): Promise<Answer> {
    const id = randomUUID()
    const isPersonal = conversation === CHAT
    await client.post('/_internal/v1/customActivities', {
      ...{ id, channelId: 'msteams', serviceUrl: `${client.origin}/_connector`, locale: 'en-US' },
      timestamp: new Date().toISOString(),
      from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
      recipient: BOT,
      conversation: {
        id: conversation,
        conversationType: isPersonal ? 'personal' : 'channel',
        tenantId: TENANT,
        ...(isPersonal ? {} : { isGroup: true }),
      },
      channelData: { tenant: { id: TENANT } },
      ...more,
    })
    const { response } = await until('the bot has answered', () =>
      exchanges.find((one) => one.request.body.id === id),
    )
    return { status: response.statusCode, body: response.body }
  }

  return {
    shown,
    exchanges,
    heard: (conversation, ...words) =>
      until(`${words.join(', ')} is shown`, () => shown(conversation, ...words)[0]),
    async posted(conversation, ...words) {
      const isIt = ({ messageId = '', request, response }: Exchange) =>
        response.statusCode === 201 &&
        !messages.has(messageId) &&
        ['AdaptiveCard', ...words].every((word) => JSON.stringify(request.body).includes(word))
      const { messageId = '', request } = await until(`${words.join(', ')} is posted`, () =>
        exchanges.find(isIt),
      )
      const [card] = request.body.attachments as { content: unknown }[]
      return { conversation, messageId, card: card?.content, words: JSON.stringify(request.body) }
    },
    async write(text) {
      const path = `/_conversation/v1/conversations/${CHAT}/messages`
      taken(await client.post(path, { from: { id: RITA.id }, text, textFormat: 'plain' }))
    },
    async writeInThread(user, root, text) {
      taken(await custom(user, threadOf(root), { type: 'message', text, textFormat: 'plain' }))
    },
    execute: (user, on, verb) =>
      client.post('/_conversation/v1/invoke', {
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data: dataOf(on.card, verb) }, trigger: 'manual' },
        from: { id: user.id },
        conversation: { id: threadOf(on) },
        replyToId: on.messageId,
      }),
    async fetch(user, on, verb) {
      const value = { data: dataOf(on.card, verb), context: { theme: 'default' } }
      const asked = { type: 'invoke', name: 'task/fetch', value, replyToId: on.messageId }
      const { body } = await custom(user, threadOf(on), asked)
      return (body as { task?: { value?: { card?: { content?: unknown } } } }).task?.value?.card?.content
    },
    submit(user, on, dialog, inputs) {
      const ids = objectsIn(dialog).filter((one) => String(one.type).startsWith('Input.'))
      const unknown = Object.keys(inputs).filter((id) => !ids.some((one) => one.id === id))
      if (unknown.length > 0) throw new Error(`no input ${unknown.join(', ')} in ${JSON.stringify(dialog)}`)
      const send = objectsIn(dialog).find((one) => one.type === 'Action.Submit')
      const value = { data: { ...(send?.data as Fields), ...inputs }, context: { theme: 'default' } }
      return custom(user, threadOf(on), { type: 'invoke', name: 'task/submit', value })
    },
    stop: () => client.stop(),
  }
}

function taken({ status, body }: Answer): void {
  if (status < 200 || status > 299) throw new Error(`${status}: ${JSON.stringify(body)}`)
}

/** What an event of its page shows, if it is a message. */
function shownIn(event: Fields): Shown | undefined {
  const message = event.message as { messageId?: string; attachments?: { content?: unknown }[] } | undefined
  if (!message?.messageId) return undefined
  const card = message.attachments?.[0]?.content
  return {
    conversation: String(event.actionConversationId),
    messageId: message.messageId,
    words: JSON.stringify(message),
    ...(card === undefined ? {} : { card }),
  }
}

/** A message of a channel stands in a conversation of its own. */
function threadOf({ conversation, messageId }: Shown): string {
  return conversation === CHANNEL ? `${CHANNEL};messageid=${messageId}` : conversation
}

/** What the button of a verb carries. */
function dataOf(card: unknown, verb: string): Fields {
  const actions = objectsIn(card).filter((one) => String(one.type).startsWith('Action.'))
  const datas = actions.map(({ data }) => data as Fields | undefined)
  const found = datas.find((data) => String(data?.a).includes(`"verb":"${verb}"`))
  if (!found) throw new Error(`no button ${verb} on ${JSON.stringify(card)}`)
  return found
}
