import { expect } from 'chai'
import {
  card,
  GENERAL,
  IT,
  type Json,
  MEI,
  sendCard,
  sendText,
  startWorld,
  TOM,
  type World,
} from './support.js'

describe('gestures', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())
  const say = (given: object) => world.gesture('postMessage', { userId: MEI, conversation: IT, ...given })
  const get = async (path: string): Promise<{ status: number; body: Json }> => {
    const response = await fetch(`${world.url}/sandbox/feishu${path}`)
    return { status: response.status, body: await response.json() }
  }
  const chat = (userId: string, chatId = IT) =>
    world.feishu.view(userId).conversations.find(({ id }) => id === chatId)

  const REFUSED: [string, string, object, string][] = [
    ['a stranger', 'postMessage', { userId: 'ou_x', conversation: IT, text: 'x' }, 'user_not_found'],
    [
      'an unknown place',
      'postMessage',
      { userId: MEI, conversation: 'oc_x', text: 'x' },
      'conversation_not_found',
    ],
    ['nothing to say', 'postMessage', { userId: MEI, conversation: IT, text: ' ' }, 'no_text'],
    [
      'a thread of nothing',
      'postMessage',
      { userId: MEI, conversation: IT, text: 'x', thread: 'om_x' },
      'message_not_found',
    ],
    [
      'a message that is not there',
      'deleteMessage',
      { userId: MEI, conversation: IT, messageId: 'om_x' },
      'message_not_found',
    ],
    ['a bot that is there already', 'addBot', { userId: MEI, conversation: IT }, 'no_change'],
    ['a bot that is not there', 'removeBot', { userId: MEI, conversation: GENERAL }, 'no_change'],
  ]
  for (const [what, name, given, error] of REFUSED) {
    it(`are refused for ${what}`, async () => {
      expect(await world.gesture(name, given)).to.deep.equal({ ok: false, error })
    })
  }

  it('on somebody else’s message are refused', async () => {
    const { messageId } = await say({ text: 'mine' })
    const place = { userId: TOM, conversation: IT, messageId }
    expect(await world.gesture('deleteMessage', place)).to.include({ error: 'not_yours' })
    expect(await world.gesture('editMessage', { ...place, text: 'x' })).to.include({ error: 'not_yours' })
  })

  it('of somebody who may not use the app or has left are refused', async () => {
    await world.gesture('changeUser', { userId: MEI, available: false })
    expect(await world.gesture('openDirect', { userId: MEI })).to.include({ error: 'app_not_available' })
    expect(await world.gesture('menu', { userId: MEI, eventKey: 'k' })).to.include({
      error: 'app_not_available',
    })
    await world.gesture('changeUser', { userId: TOM, resigned: true })
    expect(await say({ userId: TOM, text: 'still here' })).to.include({ error: 'user_left' })
  })

  it('are seen by everybody in the chat, as their clients show them', async () => {
    const { messageId } = await say({ text: 'ask @Tom Berg' })
    await world.gesture('editMessage', {
      userId: MEI,
      conversation: IT,
      messageId,
      text: 'ask @Tom Berg now',
    })
    expect(chat(TOM)?.messages[0]).to.deep.include({
      messageId,
      text: 'ask @Tom Berg now',
      author: { id: MEI, name: '李梅', isBot: false },
      at: '2026-11-20T08:00:00.000Z',
      edited: true,
    })
    await world.gesture('deleteMessage', { userId: MEI, conversation: IT, messageId })
    const { text, deleted } = chat(TOM)?.messages[0] ?? {}
    expect([text, deleted]).to.deep.equal([undefined, true])
  })

  it('count what is unread, which one’s own words and reading end', async () => {
    await sendText(world.sdk, 'one')
    await sendCard(world.sdk, card())
    expect([chat(MEI)?.unread, chat(TOM)?.unread]).to.deep.equal([2, 2])
    await world.gesture('markRead', { userId: MEI, conversation: IT })
    await say({ userId: TOM, text: 'three' })
    expect([chat(MEI)?.unread, chat(TOM)?.unread]).to.deep.equal([1, 0])
  })

  it('show a rich text with its people and its title', async () => {
    const content = [
      [
        { tag: 'text', text: 'see ' },
        { tag: 'a', text: 'this', href: 'https://a.example' },
      ],
      [{ tag: 'hr' }],
    ]
    await world.gesture('postRich', {
      userId: MEI,
      conversation: IT,
      title: 'Title',
      content,
      mentionBot: true,
    })
    expect(chat(TOM)?.messages[0]?.text).to.equal('Title\n@Paidan\nsee this\n———')
    const post = {
      zh_cn: {
        title: 'T',
        content: [
          [
            { tag: 'at', user_id: TOM },
            { tag: 'text', text: '!' },
          ],
        ],
      },
    }
    await world.sdk.im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: IT, msg_type: 'post', content: JSON.stringify(post) },
    })
    expect(chat(TOM)?.messages[1]?.text).to.equal('T\n@Tom Berg!')
  })

  it('show what a forwarded bundle holds', async () => {
    const { messageId } = await say({ conversation: GENERAL, text: 'printer on fire' })
    await world.gesture('forwardMerged', { userId: MEI, conversation: IT, messageIds: [messageId] })
    expect(chat(TOM)?.messages[0]).to.deep.include({
      msgType: 'merge_forward',
      forwarded: [{ author: '李梅', text: 'printer on fire' }],
    })
    const outside = { userId: MEI, conversation: IT, messageIds: ['om_x'] }
    expect(await world.gesture('forwardMerged', outside)).to.include({ error: 'message_not_found' })
  })

  it('answer 400 for arguments that do not fit, and 404 for what is unknown', async () => {
    const post = (name: string, body: object) =>
      fetch(`${world.url}/sandbox/feishu/gestures/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await post('postMessage', { userId: MEI })).status).to.equal(400)
    expect((await post('menu', { userId: MEI, eventKey: 'k', extra: 1 })).status).to.equal(400)
    expect((await post('dance', {})).status).to.equal(404)
    expect((await post('toString', {})).status).to.equal(404)
    expect((await get('/view/ou_x')).status).to.equal(404)
    expect((await get('/files/none')).status).to.equal(404)
  })

  it('are told as changes, and what is too old is said to be lost', async () => {
    const before = (await get('/state')).body.version
    const { messageId } = await say({ text: 'hi' })
    await world.feishu.idle()
    const { body } = await get(`/changes?since=${before}`)
    expect(body.changes[0]).to.include({ kind: 'message_posted', conversation: IT, messageId, by: MEI })
    expect(body.lost).to.equal(false)
    expect((await get('/calls')).body.deliveries).to.have.length(1)
  })

  it('are streamed to a page until the emulator closes', async () => {
    const response = await fetch(`${world.url}/sandbox/feishu/stream`)
    const { messageId } = await say({ text: 'hi' })
    world.feishu.close()
    const text = await response.text()
    expect(text).to.contain('event: hello').and.contain(messageId)
  })

  it('reach the app anew at another address', async () => {
    world.feishu.configure({ requestUrl: 'http://127.0.0.1:9/' })
    await say({ text: 'lost' })
    await world.feishu.idle()
    world.feishu.configure({ requestUrl: `${world.app.url}/elsewhere` })
    await say({ text: 'found' })
    await world.feishu.idle()
    expect(world.app.events('im.message.receive_v1')).to.have.length(1)
  })
})
