import { expect } from 'chai'
import {
  card,
  client,
  GENERAL,
  IT,
  MEI,
  refusal,
  sendCard,
  sendText,
  startWorld,
  TOM,
  type World,
} from './support.js'

const DAY_MS = 24 * 3_600_000

describe('messages of the app', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())
  const messages = () => world.sdk.im.v1.message
  /** Lets days pass; the SDK keeps its token by the machine's clock, so another client takes over. */
  const later = (ms: number): void => {
    world.clock.advance(ms)
    world.sdk = client(world.url)
  }
  const text = (words: string) => JSON.stringify({ text: words })

  it('go to a person by open id, and the answer names the chat with them', async () => {
    const { data, code } = await messages().create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: MEI, msg_type: 'text', content: text('hello') },
    })
    expect(code).to.equal(0)
    expect(data?.message_id).to.match(/^om_/)
    const direct = world.feishu.view(MEI).conversations.find(({ kind }) => kind === 'direct')
    expect(data?.chat_id).to.equal(direct?.id)
    expect(direct?.messages.map((message) => message.text)).to.deep.equal(['hello'])
    await sendText(world.sdk, 'again', MEI)
    expect(world.feishu.view(MEI).conversations.filter(({ kind }) => kind === 'direct')).to.have.length(1)
  })

  for (const [type, id] of [
    ['union_id', 'on_mei'],
    ['user_id', 'mei'],
    ['email', 'mei@acme.example'],
  ] as const) {
    it(`go to a person by ${type}`, async () => {
      const data = { receive_id: id, msg_type: 'text', content: text('hi') }
      const answer = await messages().create({ params: { receive_id_type: type }, data })
      expect(answer.data?.sender?.sender_type).to.equal('app')
    })
  }

  const REFUSED: [string, string, string, number][] = [
    ['an unknown person', 'open_id', 'ou_nobody', 230001],
    ['an unknown chat', 'chat_id', 'oc_nothing', 230001],
    ['a chat without the bot', 'chat_id', GENERAL, 230002],
    ['an unknown kind of id', 'phone', MEI, 230001],
  ]
  for (const [what, type, id, code] of REFUSED) {
    it(`do not go to ${what}`, async () => {
      const data = { receive_id: id, msg_type: 'text', content: text('hi') }
      expect(
        await refusal(messages().create({ params: { receive_id_type: type as 'open_id' }, data })),
      ).to.equal(code)
    })
  }

  it('do not reach somebody outside the availability range, nor somebody who left', async () => {
    await world.gesture('changeUser', { userId: MEI, available: false })
    await world.gesture('changeUser', { userId: TOM, resigned: true })
    expect(await refusal(sendText(world.sdk, 'hi', MEI))).to.equal(230013)
    expect(await refusal(sendText(world.sdk, 'hi', TOM))).to.equal(230013)
  })

  it('of old do not reach, nor change for, somebody who left since', async () => {
    const messageId = await sendCard(world.sdk, card(), TOM)
    await world.gesture('changeUser', { userId: TOM, resigned: true })
    const data = { msg_type: 'text', content: text('still there?') }
    expect(await refusal(messages().reply({ path: { message_id: messageId }, data }))).to.equal(230013)
    const content = JSON.stringify(card('changed'))
    expect(await refusal(messages().patch({ path: { message_id: messageId }, data: { content } }))).to.equal(
      230013,
    )
  })

  it('that are refused for who they are for leave no chat behind', async () => {
    await world.gesture('changeUser', { userId: MEI, available: false })
    expect(await refusal(sendText(world.sdk, 'hi', MEI))).to.equal(230013)
    expect(world.feishu.view(MEI).conversations.filter(({ kind }) => kind === 'direct')).to.deep.equal([])
  })

  const CONTENTS: [string, string, string, number][] = [
    ['no JSON', 'text', 'hello', 230001],
    ['an empty text', 'text', text(''), 230001],
    ['a text of more than 150 KB', 'text', text('x'.repeat(151 * 1024)), 230025],
    [
      'a rich text of more than 30 KB',
      'post',
      JSON.stringify({ zh_cn: { content: [[{ tag: 'text', text: 'x'.repeat(31 * 1024) }]] } }),
      230025,
    ],
    ['a rich text without a locale', 'post', '{}', 230001],
    [
      'a rich text with an unknown tag',
      'post',
      JSON.stringify({ zh_cn: { content: [[{ tag: 'blink', text: 'x' }]] } }),
      230001,
    ],
    [
      'a picture beside words',
      'post',
      JSON.stringify({
        zh_cn: {
          content: [
            [
              { tag: 'text', text: 'x' },
              { tag: 'img', image_key: 'k' },
            ],
          ],
        },
      }),
      230001,
    ],
    ['a picture that was not uploaded', 'image', JSON.stringify({ image_key: 'img_none' }), 230017],
    ['a file that was not uploaded', 'file', JSON.stringify({ file_key: 'file_none' }), 230017],
    ['a card of more than 30 KB', 'interactive', JSON.stringify(card('x'.repeat(31 * 1024))), 230025],
    [
      'a card that cannot be built',
      'interactive',
      JSON.stringify({ schema: '2.0', body: { elements: [{ tag: 'note' }] } }),
      230099,
    ],
    ['an unknown type', 'song', '{}', 230001],
  ]
  for (const [what, msgType, content, code] of CONTENTS) {
    it(`are refused with ${what}`, async () => {
      const data = { receive_id: IT, msg_type: msgType, content }
      expect(await refusal(messages().create({ params: { receive_id_type: 'chat_id' }, data }))).to.equal(
        code,
      )
      expect(world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages).to.deep.equal([])
    })
  }

  it('name people by keys, with the mention beside the text', async () => {
    const messageId = await sendText(world.sdk, `<at user_id="${TOM}">Tom</at> look, <at user_id="all"></at>`)
    const { data } = await messages().get({ path: { message_id: messageId } })
    expect(JSON.parse(data?.items?.[0]?.body?.content ?? '')).to.deep.equal({ text: '@_user_1 look, @_all' })
    expect(data?.items?.[0]?.mentions?.map(({ key, id }) => [key, id])).to.deep.equal([['@_user_1', TOM]])
  })

  it('show the lines of a rich text with their styles, its title first', async () => {
    const bold = { tag: 'text', text: 'Fiona Liu', style: ['bold'] }
    const content = JSON.stringify({
      zh_cn: { title: 'News', content: [[bold], [], [{ tag: 'at', user_id: MEI }]] },
    })
    await messages().create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: MEI, msg_type: 'post', content },
    })
    const seen = world.feishu.view(MEI).conversations.find(({ kind }) => kind === 'direct')?.messages[0]
    expect(seen?.rich?.slice(0, 3)).to.deep.equal([
      [{ tag: 'text', text: 'News', style: ['bold'] }],
      [bold],
      [],
    ])
    expect(seen?.rich?.[3]?.[0]).to.include({ tag: 'at' })
    expect(seen?.text).to.match(/^News\nFiona Liu\n\n/)
  })

  it('are sent once for a uuid within the hour, and anew after it', async () => {
    const first = await sendText(world.sdk, 'once', IT, 'uuid-1')
    world.clock.advance(3_599_000)
    expect(await sendText(world.sdk, 'once', IT, 'uuid-1')).to.equal(first)
    world.clock.advance(1_000)
    expect(await sendText(world.sdk, 'once', IT, 'uuid-1')).to.not.equal(first)
    expect(await refusal(sendText(world.sdk, 'x', IT, 'u'.repeat(51)))).to.equal(230001)
  })

  it('answer in a thread, which what answers them joins by itself', async () => {
    const root = await sendText(world.sdk, 'root')
    const reply = async (to: string, inThread?: boolean) => {
      const data = {
        msg_type: 'text',
        content: text('reply'),
        ...(inThread ? { reply_in_thread: true } : {}),
      }
      return (await messages().reply({ path: { message_id: to }, data })).data
    }
    const first = await reply(root, true)
    expect(first).to.include({ root_id: root, parent_id: root })
    expect(first?.thread_id).to.match(/^omt_/)
    const second = await reply(first?.message_id ?? '')
    expect(second).to.include({ root_id: root, parent_id: first?.message_id, thread_id: first?.thread_id })
    const quoted = await reply(await sendText(world.sdk, 'another'))
    expect(quoted?.thread_id).to.equal(undefined)
  })

  it('answer nothing that was withdrawn', async () => {
    const said = await world.gesture('postMessage', { userId: MEI, conversation: IT, text: 'oops' })
    await world.gesture('deleteMessage', { userId: MEI, conversation: IT, messageId: said.messageId })
    const data = { msg_type: 'text', content: text('?') }
    expect(await refusal(messages().reply({ path: { message_id: said.messageId }, data }))).to.equal(230011)
  })

  it('are edited twenty times at most, text and rich text only, the bot’s own only', async () => {
    const edit = (id: string, words: string) =>
      messages().update({ path: { message_id: id }, data: { msg_type: 'text', content: text(words) } })
    const messageId = await sendText(world.sdk, 'v0')
    for (let n = 1; n <= 20; n += 1) {
      expect((await edit(messageId, `v${n}`)).data?.updated).to.equal(true)
      world.clock.advance(1000)
    }
    expect(await refusal(edit(messageId, 'v21'))).to.equal(230072)
    const shown = world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages[0]
    expect(shown).to.include({ text: 'v20', edited: true })
    expect(await refusal(edit(await sendCard(world.sdk), 'x'))).to.equal(230054)
    const hers = await world.gesture('postMessage', { userId: MEI, conversation: IT, text: 'mine' })
    expect(await refusal(edit(hers.messageId, 'x'))).to.equal(230012)
  })

  describe('that are cards', () => {
    const patch = (messageId: string, content: unknown) =>
      messages().patch({ path: { message_id: messageId }, data: { content: JSON.stringify(content) } })

    it('are replaced as a whole', async () => {
      const messageId = await sendCard(world.sdk)
      await patch(messageId, card('claimed'))
      const shown = world.feishu.view(TOM).conversations.find(({ id }) => id === IT)?.messages[0]
      expect(shown?.card).to.deep.equal(card('claimed'))
      expect(world.feishu.counters.updates).to.deep.equal({ [messageId]: 1 })
    })

    it('are replaced within 14 days only', async () => {
      const messageId = await sendCard(world.sdk)
      later(14 * DAY_MS)
      await patch(messageId, card('on the last day'))
      later(1)
      expect(await refusal(patch(messageId, card('late')))).to.equal(230031)
    })

    it('are replaced only when both say update_multi', async () => {
      const silent = { ...card(), config: {} }
      expect(await refusal(patch(await sendCard(world.sdk, silent), card()))).to.equal(230001)
      expect(await refusal(patch(await sendCard(world.sdk), silent))).to.equal(230001)
    })

    it('are not replaced when withdrawn, not a card, not the bot’s, or not buildable', async () => {
      const messageId = await sendCard(world.sdk)
      expect(await refusal(patch(messageId, { schema: '2.0' }))).to.equal(230099)
      expect(await refusal(patch(await sendText(world.sdk, 'text'), card()))).to.equal(230054)
      await messages().delete({ path: { message_id: messageId } })
      expect(await refusal(patch(messageId, card()))).to.equal(230011)
    })

    it('are not given back as they were sent', async () => {
      const { data } = await messages().get({
        path: { message_id: await sendCard(world.sdk, card('a secret')) },
      })
      expect(data?.items?.[0]?.body?.content).to.not.contain('a secret')
    })

    it('cannot be replaced once the bot is out of the group', async () => {
      const messageId = await sendCard(world.sdk)
      await world.gesture('removeBot', { userId: MEI, conversation: IT })
      expect(await refusal(patch(messageId, card()))).to.equal(230002)
    })
  })

  it('are withdrawn within a day, the bot’s own only, and once', async () => {
    const remove = (messageId: string) => messages().delete({ path: { message_id: messageId } })
    const [first, second] = [await sendText(world.sdk, 'one'), await sendText(world.sdk, 'two')]
    await remove(first)
    expect(world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages[0]).to.include({
      deleted: true,
    })
    expect(await refusal(remove(first))).to.equal(230011)
    const hers = await world.gesture('postMessage', { userId: MEI, conversation: IT, text: 'mine' })
    expect(await refusal(remove(hers.messageId))).to.equal(230026)
    later(DAY_MS + 1000)
    expect(await refusal(remove(second))).to.equal(230009)
  })

  it('are made urgent for members of the chat', async () => {
    const messageId = await sendText(world.sdk, 'now!')
    const { data } = await messages().urgentApp({
      path: { message_id: messageId },
      params: { user_id_type: 'open_id' },
      data: { user_id_list: [TOM, 'ou_nobody'] },
    })
    expect(data?.invalid_user_id_list).to.deep.equal(['ou_nobody'])
    const seenBy = (userId: string) =>
      world.feishu.view(userId).conversations.find(({ id }) => id === IT)?.messages[0]?.urgent
    expect([seenBy(TOM), seenBy(MEI)]).to.deep.equal([true, undefined])
    const hers = await world.gesture('postMessage', { userId: MEI, conversation: IT, text: 'mine' })
    const call = messages().urgentApp({
      path: { message_id: hers.messageId },
      params: { user_id_type: 'open_id' },
      data: { user_id_list: [TOM] },
    })
    expect(await refusal(call)).to.equal(230012)
  })

  it('are listed page by page, with a thread’s replies under the thread', async () => {
    const root = await sendText(world.sdk, 'root')
    const data = { msg_type: 'text', content: text('reply'), reply_in_thread: true }
    const { data: reply } = await messages().reply({ path: { message_id: root }, data })
    const last = await sendText(world.sdk, 'last')
    const page = async (token?: string) =>
      (
        await messages().list({
          params: {
            container_id_type: 'chat',
            container_id: IT,
            page_size: 1,
            ...(token ? { page_token: token } : {}),
          },
        })
      ).data
    const first = await page()
    expect(first).to.include({ has_more: true })
    expect(first?.items?.[0]?.message_id).to.equal(root)
    const second = await page(first?.page_token)
    expect([second?.items?.[0]?.message_id, second?.has_more]).to.deep.equal([last, false])
    const thread = await messages().list({
      params: { container_id_type: 'thread', container_id: reply?.thread_id ?? '' },
    })
    expect(thread.data?.items?.map(({ message_id }) => message_id)).to.deep.equal([root, reply?.message_id])
  })

  it('of a group are listed only with im:message.group_msg', async () => {
    world.feishu.setScopes(['im:message'])
    const call = messages().list({ params: { container_id_type: 'chat', container_id: IT } })
    expect(await refusal(call)).to.equal(99991672)
  })
})
