import { expect } from 'chai'
import {
  ANN,
  type BotAnswer,
  cardAttachment,
  IT,
  type Json,
  startWorld,
  TOM,
  ticketCard,
  type World,
} from './support.js'

const CARD = 'application/vnd.microsoft.card.adaptive'
const invokeAnswer = (type: string, value: unknown, statusCode = 200): BotAnswer => ({
  body: { statusCode, type, value },
})
const dialogCard = (extra: Json = {}): Json => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'Input.Text', id: 'reply', isRequired: true, errorMessage: 'say something', label: 'Reply' },
    {
      type: 'Input.ChoiceSet',
      id: 'cause',
      value: 'user',
      choices: [
        { title: 'User', value: 'user' },
        { title: 'Cable', value: 'cable' },
      ],
    },
    { type: 'Input.Toggle', id: 'note', title: 'Note', valueOn: 'yes', valueOff: 'no' },
  ],
  actions: [{ type: 'Action.Submit', title: 'Send', data: { verb: 'reply', ticket: 7 } }],
  ...extra,
})

describe('dialogs and refresh in the Teams emulator', () => {
  let world: World
  let messageId: string
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
    messageId = await post(ticketCard())
  })
  afterEach(() => world.close())

  async function post(card: Json): Promise<string> {
    const sent = await world.call('POST', `conversations/${IT}/activities`, {
      type: 'message',
      attachments: [cardAttachment(card)],
    })
    expect(sent.text).to.include('id')
    return String(sent.json.id)
  }
  const on = (userId: string) => ({ userId, conversation: IT, messageId })
  const cardSeenBy = (userId: string): Json | undefined =>
    world.teams
      .view(userId)
      .conversations.find((each) => each.id === IT)
      ?.messages.find((each) => each.messageId === messageId)?.card
  const lastBody = (): Json => world.bot.received.at(-1)?.body ?? {}

  describe('dialogs', () => {
    const continued = (card: unknown): BotAnswer => ({
      body: {
        task: { type: 'continue', value: { title: 'Reply', card: { contentType: CARD, content: card } } },
      },
    })
    async function open(): Promise<string> {
      world.bot.answer = () => continued(dialogCard())
      const opened = await world.teams.gestures.click({ ...on(TOM), action: 'Reply…' })
      expect(opened.ok).to.equal(true)
      return opened.dialogId ?? ''
    }

    it('are fetched by a button, for the one who pressed it', async () => {
      const dialogId = await open()
      expect(lastBody()).to.deep.include({
        name: 'task/fetch',
        replyToId: messageId,
        value: { data: { msteams: { type: 'task/fetch' }, ticket: 7 }, context: { theme: 'default' } },
      })
      expect(world.teams.view(TOM).dialog).to.deep.include({ dialogId, title: 'Reply', card: dialogCard() })
      expect(world.teams.view(ANN)).not.to.have.property('dialog')
    })

    it('submit their inputs, defaults among them, and close', async () => {
      const dialogId = await open()
      world.bot.answer = () => ({})
      const values = { reply: 'hello', note: true }
      expect((await world.teams.gestures.submitDialog({ userId: TOM, dialogId, values })).ok).to.equal(true)
      expect(lastBody()).to.deep.include({
        name: 'task/submit',
        value: {
          data: { verb: 'reply', ticket: 7, reply: 'hello', cause: 'user', note: 'yes' },
          context: { theme: 'default' },
        },
      })
      expect(world.teams.view(TOM)).not.to.have.property('dialog')
    })

    it('stay open with another card, or with words', async () => {
      const dialogId = await open()
      const errors = dialogCard({ fallbackText: 'once more' })
      world.bot.answer = () => continued(errors)
      const again = await world.teams.gestures.submitDialog({ userId: TOM, dialogId, values: { reply: 'x' } })
      expect(world.teams.view(TOM).dialog?.card).to.deep.equal(errors)
      world.bot.answer = () => ({ body: { task: { type: 'message', value: 'Sent' } } })
      const last = await world.teams.gestures.submitDialog({
        userId: TOM,
        dialogId: again.dialogId ?? '',
        values: { reply: 'x' },
      })
      expect(last.toast).to.equal('Sent')
      expect(world.teams.view(TOM).dialog).to.include({ message: 'Sent' })
      const closed = await world.teams.gestures.closeDialog({ userId: TOM, dialogId: last.dialogId ?? '' })
      expect(closed.ok).to.equal(true)
      expect(world.teams.view(TOM)).not.to.have.property('dialog')
    })

    it('ask for what is missing before anything is sent', async () => {
      const dialogId = await open()
      const sent = world.bot.received.length
      const values = { cause: 'ghost' }
      expect(await world.teams.gestures.submitDialog({ userId: TOM, dialogId, values })).to.deep.equal({
        ok: false,
        error: 'required_input_missing',
        errors: { reply: 'say something', cause: 'no_such_choice' },
      })
      expect(world.bot.received).to.have.lengthOf(sent)
    })

    it('stay as they are when the bot fails', async () => {
      const dialogId = await open()
      world.bot.answer = () => ({ status: 500 })
      const failed = await world.teams.gestures.submitDialog({
        userId: TOM,
        dialogId,
        values: { reply: 'x' },
      })
      expect(failed).to.include({ ok: false, error: 'unable_to_reach_app' })
      expect(world.teams.view(TOM).dialog).to.include({ dialogId, failed: true })
    })

    const bad: [string, BotAnswer][] = [
      ['nothing', {}],
      ['no card', { body: { task: { type: 'continue', value: { title: 'x' } } } }],
      ['a button that dialogs do not have', continued(ticketCard())],
    ]
    for (const [name, answer] of bad) {
      it(`do not open for ${name}`, async () => {
        world.bot.answer = () => answer
        expect((await world.teams.gestures.click({ ...on(TOM), action: 'Reply…' })).ok).to.equal(false)
        expect(world.teams.view(TOM)).not.to.have.property('dialog')
      })
    }
  })

  describe('refresh', () => {
    const refreshed = (userIds: string[]): Json =>
      ticketCard({
        refresh: { action: { type: 'Action.Execute', verb: 'view', data: { ticket: 7 } }, userIds },
      })

    it('asks at once for those it names, and gives each their own card', async () => {
      world.teams.setAutoRefresh(true)
      world.bot.answer = ({ body }) =>
        invokeAnswer(CARD, ticketCard({ fallbackText: String((body.from as Json).name) }))
      messageId = await post(refreshed(['29:tom', '29:mei']))
      await world.teams.idle()
      // Mei is not in the channel.
      expect(world.bot.received.map((each) => (each.body.from as Json).id)).to.deep.equal(['29:tom'])
      expect(lastBody().value).to.include({ trigger: 'automatic' })
      expect(cardSeenBy(TOM)?.fallbackText).to.equal('Tom Berg')
      expect(cardSeenBy(ANN)).to.deep.equal(refreshed(['29:tom', '29:mei']))
    })

    it('shows words to nobody who did not ask', async () => {
      world.teams.setAutoRefresh(true)
      world.bot.answer = () => invokeAnswer('application/vnd.microsoft.activity.message', 'hello')
      messageId = await post(refreshed(['29:tom']))
      await world.teams.idle()
      expect(world.bot.received).to.have.lengthOf(1)
      expect(world.teams.view(TOM)).not.to.have.property('toast')
    })

    it('asks again when the message is changed, and shows no failure', async () => {
      world.teams.setAutoRefresh(true)
      world.bot.answer = () => ({ status: 500 })
      messageId = await post(refreshed(['29:tom']))
      const body = { type: 'message', attachments: [cardAttachment(refreshed(['29:tom']))] }
      await world.call('PUT', `conversations/${IT}/activities/${messageId}`, body)
      await world.teams.idle()
      expect(world.bot.received).to.have.lengthOf(2)
      expect(world.teams.view(TOM)).not.to.have.property('toast')
    })

    it('asks when somebody whom it names opens the conversation, once a version', async () => {
      world.teams.setAutoRefresh(false)
      world.bot.answer = ({ body }) =>
        invokeAnswer(CARD, ticketCard({ fallbackText: String((body.from as Json).name) }))
      messageId = await post(refreshed(['29:tom']))
      const open = async (userId: string): Promise<number> => {
        await world.teams.gestures.markRead({ userId, conversation: IT })
        await world.teams.idle()
        return world.bot.received.length
      }
      expect(await open(ANN)).to.equal(0)
      expect(await open(TOM)).to.equal(1)
      expect(await open(TOM)).to.equal(1)
      expect(cardSeenBy(TOM)?.fallbackText).to.equal('Tom Berg')
      expect(cardSeenBy(ANN)).to.deep.equal(refreshed(['29:tom']))
      const body = { type: 'message', attachments: [cardAttachment(refreshed(['29:tom']))] }
      await world.call('PUT', `conversations/${IT}/activities/${messageId}`, body)
      expect(cardSeenBy(TOM)).to.deep.equal(refreshed(['29:tom']))
      expect(await open(TOM)).to.equal(2)
    })

    it('is in the menu for everybody else', async () => {
      messageId = await post(refreshed(['29:tom']))
      world.bot.answer = () => invokeAnswer(CARD, ticketCard({ fallbackText: 'Ann’s' }))
      expect((await world.teams.gestures.refreshCard(on(ANN))).ok).to.equal(true)
      expect(lastBody().value).to.include({ trigger: 'manual' })
      expect(cardSeenBy(ANN)?.fallbackText).to.equal('Ann’s')
    })
  })
})
