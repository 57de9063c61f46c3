import { expect } from 'chai'
import {
  button,
  card,
  IT,
  type Json,
  MEI,
  refusal,
  SEED,
  sendCard,
  startWorld,
  TOM,
  type World,
} from './support.js'

const plain = (content: string) => ({ tag: 'plain_text', content })
const FORM = {
  tag: 'form',
  name: 'resolve',
  elements: [
    { tag: 'input', name: 'words', required: true, max_length: 10 },
    {
      tag: 'select_static',
      name: 'cause',
      options: ['disk', 'net'].map((value) => ({ text: plain(value), value })),
      initial_option: 'disk',
    },
    { tag: 'date_picker', name: 'day' },
    { tag: 'multi_select_static', name: 'tags', options: [{ text: plain('a'), value: 'a' }] },
    { tag: 'checker', name: 'sure', text: plain('sure') },
    button('Send', { verb: 'resolve' }, { name: 'send', form_action_type: 'submit' }),
    { tag: 'button', name: 'clear', text: plain('Clear'), form_action_type: 'reset' },
  ],
}

describe('clicks on cards', () => {
  let world: World
  let messageId: string
  beforeEach(async () => {
    world = await startWorld()
    const link = { type: 'open_url', default_url: 'https://a.example', pc_url: 'https://pc.example' }
    const more = [
      FORM,
      { tag: 'button', text: plain('Look'), behaviors: [link] },
      button('Gone', {}, { disabled: true }),
      { tag: 'overflow', element_id: 'more', options: [{ text: plain('Assign'), value: 'assign' }] },
    ]
    messageId = await sendCard(world.sdk, card('a ticket', more))
  })
  afterEach(() => world.close())
  const click = (action: number | string, more: object = {}) =>
    world.gesture('click', { userId: TOM, conversation: IT, messageId, action, ...more })
  const sent = (): Json => world.app.events('card.action.trigger').at(-1)
  const shown = () => world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages[0]?.card
  const update = (token: string, content: unknown = card('later')) =>
    world.call('POST', '/interactive/v1/card/update', { token, card: content })
  const answerWith = (body: unknown) => {
    world.app.answer = () => ({ body: typeof body === 'string' ? body : JSON.stringify(body) })
  }

  it('tell the app who, where and what', async () => {
    expect(await click(0)).to.include({ ok: true, status: 200 })
    expect(sent()).to.deep.include({
      operator: { tenant_key: SEED.tenantKey, open_id: TOM, union_id: 'on_tom', user_id: 'tom' },
      action: { tag: 'button', value: { verb: 'claim' }, timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: messageId, open_chat_id: IT },
    })
    expect(sent().token).to.match(/^c-/)
    expect(world.app.received[0]?.headers['x-lark-signature']).to.be.a('string')
  })

  it('find a button by its place, its label, its name or its id', async () => {
    for (const action of ['Claim', 0]) {
      await click(action)
      expect(sent().action.value).to.deep.equal({ verb: 'claim' })
    }
    await click('more', { values: { value: 'assign' } })
    expect(sent().action).to.include({ tag: 'overflow', option: 'assign' })
    expect(await click('Nothing')).to.include({ ok: false, error: 'no_such_element' })
  })

  it('show what the app says to them, in the language of the client', async () => {
    answerWith({ toast: { type: 'success', content: 'ok', i18n: { zh_cn: '好', en_us: 'fine' } } })
    expect((await click(0)).toast).to.deep.equal({ type: 'success', content: 'fine' })
    const hers = await world.gesture('click', { userId: MEI, conversation: IT, messageId, action: 0 })
    expect(hers.toast.content).to.equal('好')
    expect(world.feishu.view(MEI).toast?.content).to.equal('好')
    answerWith({})
    await click(0)
    expect(world.feishu.view(TOM).toast).to.equal(undefined)
  })

  it('replace the card for everybody by the one in the answer', async () => {
    answerWith({ card: { type: 'raw', data: card('claimed') } })
    await click(0)
    expect(shown()).to.deep.equal(card('claimed'))
  })

  const WRONG: [string, { status?: number; body?: string }, string][] = [
    ['another status', { status: 500 }, '200671'],
    ['an empty body', { body: '' }, '200672'],
    ['no JSON', { body: 'ok' }, '200672'],
    ['a list', { body: '[]' }, '200672'],
    ['an unknown field', { body: '{"code":0}' }, '200672'],
    ['a toast of an unknown kind', { body: '{"toast":{"type":"loud","content":"x"}}' }, '200672'],
    ['a toast without words', { body: '{"toast":{"type":"info"}}' }, '200672'],
    ['a card that is not wrapped', { body: JSON.stringify({ card: card() }) }, '200673'],
    [
      'a card that cannot be built',
      { body: JSON.stringify({ card: { type: 'raw', data: { schema: '2.0' } } }) },
      '200673',
    ],
    [
      'a card that is too large',
      { body: JSON.stringify({ card: { type: 'raw', data: card('x'.repeat(31_000)) } }) },
      '200673',
    ],
  ]
  for (const [what, answer, code] of WRONG) {
    it(`show the error ${code} for ${what}, and leave the card`, async () => {
      const before = shown()
      world.app.answer = () => answer
      expect(await click(0)).to.include({ ok: false, error: code })
      expect(world.feishu.view(TOM).toast).to.deep.equal({ type: 'error', content: code, code })
      expect(shown()).to.deep.equal(before)
    })
  }

  it('show an error when the app is silent for three seconds, and are not repeated', async () => {
    world.app.answer = () => ({ hang: true })
    const result = await click(0)
    expect(result).to.include({ ok: false, error: '200340', status: 0 })
    expect(result.ms).to.be.greaterThan(2900)
    expect(world.app.received).to.have.length(1)
  })

  it('send a form’s values by name', async () => {
    await click('Send', { values: { words: 'replaced', day: '2026-11-23', sure: true } })
    expect(sent().action).to.deep.equal({
      tag: 'button',
      value: { verb: 'resolve' },
      name: 'send',
      timezone: 'Asia/Shanghai',
      form_value: { words: 'replaced', cause: 'disk', day: '2026-11-23 +0800', sure: true },
    })
  })

  it('are kept by the client while the form is not right', async () => {
    const wrong = await click('Send', { values: { words: 'far too long', cause: 'magic', tags: ['b'] } })
    expect(wrong).to.deep.include({
      ok: false,
      error: 'input_invalid',
      errors: { words: 'too_long', cause: 'no_such_option', tags: 'no_such_option' },
    })
    expect((await click('Send')).errors).to.deep.equal({ words: 'required' })
    expect(world.app.received).to.deep.equal([])
  })

  it('stay in the client for links, resets, disabled buttons and inputs of forms', async () => {
    expect(await click('Look')).to.deep.equal({ ok: true, url: 'https://pc.example' })
    expect(await click('clear')).to.deep.equal({ ok: true })
    expect(await click('Gone')).to.include({ ok: false, error: 'disabled' })
    expect(await click('words')).to.include({ ok: false, error: 'only_submitted' })
    expect(world.app.received).to.deep.equal([])
  })

  it('are refused on withdrawn and on expired cards, and to strangers', async () => {
    expect(
      await world.gesture('click', { userId: 'ou_x', conversation: IT, messageId, action: 0 }),
    ).to.include({ error: 'user_not_found' })
    world.clock.advance(14 * 24 * 3_600_000 + 1)
    expect(await click(0)).to.include({ error: 'card_expired' })
    world.clock.advance(-(14 * 24 * 3_600_000))
    await world.sdk.im.v1.message.delete({ path: { message_id: messageId } })
    expect(await click(0)).to.include({ error: 'message_recalled' })
  })

  it('can be forged, so that an app must not trust what they say', async () => {
    await click(0, { forge: { value: { verb: 'close' } } })
    expect(sent().action.value).to.deep.equal({ verb: 'close' })
  })

  describe('let the card be updated later', () => {
    it('twice within half an hour, once they were answered', async () => {
      await click(0)
      const { token } = sent()
      expect((await update(token)).body.code).to.equal(0)
      expect(shown()).to.deep.equal(card('later'))
      expect((await update(token, card('again'))).body.code).to.equal(0)
      expect((await update(token, card('third'))).body.code).to.equal(300080)
      expect(shown()).to.deep.equal(card('again'))
    })

    it('not before they were answered', async () => {
      let early: Json
      world.app.answer = async ({ body }) => {
        early = await update(body.event.token)
        return {}
      }
      await click(0)
      expect(early.body.code).to.equal(300080)
      expect((await update(sent().token)).body.code).to.equal(0)
    })

    it('not when they were answered wrongly, nor after half an hour, nor with a guess', async () => {
      world.app.answer = () => ({ status: 500 })
      await click(0)
      expect((await update(sent().token)).body.code).to.equal(300080)
      answerWith({})
      await click(0)
      world.clock.advance(30 * 60_000)
      expect((await update(sent().token)).body.code).to.equal(300080)
      expect((await update('c-guess')).body.code).to.equal(300080)
    })

    it('not with a card that cannot be built, nor for some people only', async () => {
      await click(0)
      expect((await update(sent().token, { schema: '2.0' })).body.code).to.equal(230099)
      expect((await update(sent().token, { ...card(), open_ids: [TOM] })).body.code).to.equal(230001)
    })

    it('through the real SDK', async () => {
      await click(0)
      const ask = (token: string) =>
        world.sdk.request({
          method: 'POST',
          url: '/open-apis/interactive/v1/card/update',
          data: { token, card: card('by the SDK') },
        })
      await ask(sent().token)
      expect(shown()).to.deep.equal(card('by the SDK'))
      expect(await refusal(ask('c-guess'))).to.equal(300080)
    })
  })
})
