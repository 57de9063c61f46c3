import { expect } from 'chai'
import type { GestureResult } from '../../../src/sandbox/teams/types.js'
import {
  ANN,
  type BotAnswer,
  cardAttachment,
  IT,
  type Json,
  MEI,
  startWorld,
  TOM,
  ticketCard,
  type World,
} from './support.js'

const CARD = 'application/vnd.microsoft.card.adaptive'
const invokeAnswer = (type: string, value: unknown, statusCode = 200): BotAnswer => ({
  body: { statusCode, type, value },
})

describe('gestures in the Teams emulator', () => {
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

  describe('Action.Execute', () => {
    it('sends verb, data and inputs, and shows the new card to the clicker only', async () => {
      const fresh = ticketCard({ actions: [] })
      world.bot.answer = () => invokeAnswer(CARD, fresh)
      const clicked = await world.teams.gestures.click({
        ...on(TOM),
        action: 'Claim',
        values: { note: 'mine' },
      })
      expect(clicked).to.include({ ok: true, status: 200 })
      expect(lastBody()).to.deep.include({
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: messageId,
        value: {
          action: {
            type: 'Action.Execute',
            id: 'claim',
            title: 'Claim',
            verb: 'claim',
            data: { ticket: 7, note: 'mine' },
          },
          trigger: 'manual',
        },
        locale: 'de-DE',
      })
      expect(lastBody().conversation).to.include({ id: `${IT};messageid=${messageId}` })
      expect(cardSeenBy(TOM)).to.deep.equal(fresh)
      expect(cardSeenBy(ANN)).to.deep.equal(ticketCard())
    })

    it('loses the clicker’s own card when the bot changes the message for all', async () => {
      world.bot.answer = () => invokeAnswer(CARD, ticketCard({ actions: [] }))
      await world.teams.gestures.click({ ...on(TOM), action: 0 })
      const next = ticketCard({ fallbackText: 'next' })
      await world.call('PUT', `conversations/${IT}/activities/${messageId}`, {
        type: 'message',
        attachments: [cardAttachment(next)],
      })
      expect(cardSeenBy(TOM)).to.deep.equal(next)
    })

    it('shows words as a toast', async () => {
      world.bot.answer = () =>
        invokeAnswer('application/vnd.microsoft.activity.message', 'Ann has it already')
      const clicked = await world.teams.gestures.click({ ...on(TOM), action: 'claim' })
      expect(clicked).to.include({ ok: true, toast: 'Ann has it already' })
      expect(world.teams.view(TOM).toast).to.include({ text: 'Ann has it already', isError: false })
      expect(world.teams.view(ANN)).not.to.have.property('toast')
    })

    const failures: [string, BotAnswer, string][] = [
      [
        'an error',
        invokeAnswer('application/vnd.microsoft.error', { code: 'x', message: 'no' }, 400),
        'app_error',
      ],
      ['HTTP 400', { status: 400, body: { statusCode: 400 } }, 'unable_to_reach_app'],
      ['HTTP 501', { status: 501 }, 'unable_to_reach_app'],
      ['no body', {}, 'bad_answer'],
      ['another type', invokeAnswer('text/plain', 'x'), 'bad_answer'],
      [
        'a broken card',
        invokeAnswer(CARD, { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Foo' }] }),
        'bad_card',
      ],
    ]
    for (const [name, answer, error] of failures) {
      it(`shows that something went wrong on ${name}`, async () => {
        world.bot.answer = () => answer
        const clicked = await world.teams.gestures.click({ ...on(TOM), action: 'claim' })
        expect(clicked).to.include({ ok: false, error })
        expect(world.teams.view(TOM).toast?.isError).to.equal(true)
        expect(cardSeenBy(TOM)).to.deep.equal(ticketCard())
      })
    }

    it('is not sent twice when the bot takes too long', async () => {
      const slow = await startWorld({ rateLimits: false, answerDeadlineMs: 50 })
      try {
        slow.bot.answer = () => ({ hang: true })
        const body = { type: 'message', attachments: [cardAttachment(ticketCard())] }
        const { json } = await slow.call('POST', `conversations/${IT}/activities`, body)
        const place = { userId: TOM, conversation: IT, messageId: String(json.id) }
        expect(await slow.teams.gestures.click({ ...place, action: 'claim' })).to.include({
          ok: false,
          status: 0,
          error: 'unable_to_reach_app',
        })
        await slow.teams.idle()
        expect(slow.bot.received).to.have.lengthOf(1)
      } finally {
        await slow.close()
      }
    })

    it('can be forged', async () => {
      world.bot.answer = () => invokeAnswer('application/vnd.microsoft.activity.message', 'no')
      await world.teams.gestures.click({
        ...on(TOM),
        action: 'gone',
        forge: { verb: 'resolve', data: { ticket: 8 } },
      })
      expect((lastBody().value as { action: Json }).action).to.deep.include({
        verb: 'resolve',
        data: { ticket: 8 },
      })
    })
  })

  describe('other buttons', () => {
    it('submit a message without text', async () => {
      const clicked = await world.teams.gestures.click({ ...on(TOM), action: 'Plain', values: { note: 'n' } })
      expect(clicked.ok).to.equal(true)
      await world.teams.idle()
      expect(lastBody()).to.deep.include({
        type: 'message',
        value: { ticket: 7, note: 'n' },
        replyToId: messageId,
      })
      expect(lastBody()).not.to.have.property('text')
    })

    it('lead elsewhere', async () => {
      const clicked = await world.teams.gestures.click({ ...on(TOM), action: 3 })
      expect(clicked).to.deep.equal({ ok: true, url: 'https://example.com/7' })
      expect(world.bot.received).to.deep.equal([])
    })

    const refused: [string, () => Promise<GestureResult>, string][] = [
      [
        'a button that is not there',
        () => world.teams.gestures.click({ ...on(TOM), action: 9 }),
        'no_such_action',
      ],
      [
        'an unknown input',
        () => world.teams.gestures.click({ ...on(TOM), action: 0, values: { x: '' } }),
        'no_such_input',
      ],
      [
        'a card that is elsewhere',
        () => world.teams.gestures.click({ ...on(MEI), action: 0 }),
        'not_in_conversation',
      ],
      [
        'a message that is not there',
        () => world.teams.gestures.click({ ...on(TOM), messageId: '1', action: 0 }),
        'message_not_found',
      ],
      ['nobody', () => world.teams.gestures.click({ ...on('who'), action: 0 }), 'user_not_found'],
    ]
    for (const [name, act, error] of refused) {
      it(`are refused: ${name}`, async () => {
        expect(await act()).to.deep.equal({ ok: false, error })
        expect(world.bot.received).to.deep.equal([])
      })
    }

    it('send nothing while an input is wrong', async () => {
      const clicked = await world.teams.gestures.click({
        ...on(TOM),
        action: 0,
        values: { note: 'x'.repeat(21) },
      })
      expect(clicked).to.deep.equal({
        ok: false,
        error: 'required_input_missing',
        errors: { note: 'too_long' },
      })
      expect(world.bot.received).to.deep.equal([])
    })
  })

  describe('messages', () => {
    const refused: [string, () => Promise<GestureResult>, string][] = [
      [
        'where one is not',
        () => world.teams.gestures.postMessage({ userId: MEI, conversation: IT, text: 'x' }),
        'not_in_conversation',
      ],
      [
        'without a word',
        () => world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: ' ' }),
        'no_text',
      ],
      [
        'into no thread',
        () => world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: 'x', thread: '1' }),
        'thread_not_found',
      ],
      [
        'over the bot’s',
        () => world.teams.gestures.editMessage({ ...on(TOM), text: 'x' }),
        'not_your_message',
      ],
      ['away the bot’s', () => world.teams.gestures.deleteMessage(on(TOM)), 'not_your_message'],
    ]
    for (const [name, act, error] of refused) {
      it(`are not written ${name}`, async () => {
        expect(await act()).to.deep.equal({ ok: false, error })
      })
    }

    it('are unread until they are read', async () => {
      const unread = () => world.teams.view(TOM).conversations.find((each) => each.id === IT)?.unread
      expect(unread()).to.equal(1)
      await world.teams.gestures.markRead({ userId: TOM, conversation: IT })
      expect(unread()).to.equal(0)
    })
  })
})
