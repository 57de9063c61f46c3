import { EventDispatcher } from '@larksuiteoapi/node-sdk'
import { expect } from 'chai'
import { RETRY_DELAYS_MS } from '../../../src/sandbox/feishu/events-out.js'
import {
  BOT,
  decrypted,
  ENCRYPT_KEY,
  GENERAL,
  IT,
  type Json,
  MEI,
  SEED,
  sendText,
  silent,
  startWorld,
  TOM,
  until,
  type World,
} from './support.js'

const RECEIVED = 'im.message.receive_v1'

describe('events', () => {
  let world: World
  afterEach(() => world.close())
  const start = async (options: Parameters<typeof startWorld>[0] = {}) => {
    world = await startWorld(options)
  }
  const say = (given: object) => world.gesture('postMessage', { userId: MEI, conversation: IT, ...given })
  const heard = async (): Promise<Json[]> => {
    await world.feishu.idle()
    return world.app.events(RECEIVED)
  }

  it('are encrypted and signed so that the SDK accepts them', async () => {
    await start()
    await say({ text: 'help', mentionBot: true })
    await world.feishu.idle()
    const [push] = world.app.received
    expect(Object.keys(JSON.parse(push?.raw ?? ''))).to.deep.equal(['encrypt'])
    let event: Json
    const dispatcher = new EventDispatcher({ encryptKey: ENCRYPT_KEY, logger: silent })
    dispatcher.register({
      [RECEIVED]: (data: Json) => {
        event = data
      },
    })
    const parsed = JSON.parse(push?.raw ?? '')
    await dispatcher.invoke(Object.assign(Object.create({ headers: push?.headers }), parsed))
    expect(event.message.content).to.equal('{"text":"@_user_1 help"}')
    expect(event).to.include({ app_id: SEED.app.id, token: SEED.app.verificationToken })
    const forged = { ...push?.headers, 'x-lark-signature': '0'.repeat(64) }
    event = undefined
    await dispatcher.invoke(Object.assign(Object.create({ headers: forged }), parsed))
    expect(event).to.equal(undefined)
  })

  it('go out in plain text and unsigned when the app has no encrypt key', async () => {
    const { encryptKey: _none, ...app } = SEED.app
    await start({ seed: { ...SEED, app } })
    await say({ text: 'help', mentionBot: true })
    await world.feishu.idle()
    const [push] = world.app.received
    expect(JSON.parse(push?.raw ?? '').schema).to.equal('2.0')
    expect(push?.headers['x-lark-signature']).to.equal(undefined)
  })

  it('carry the envelope of version 2', async () => {
    await start()
    const { eventIds } = await say({ text: 'help', mentionBot: true })
    await world.feishu.idle()
    const { schema, header } = world.app.received[0]?.body ?? {}
    expect(schema).to.equal('2.0')
    expect(header).to.deep.equal({
      event_id: eventIds[0],
      event_type: RECEIVED,
      create_time: String(world.clock.now().getTime()),
      token: SEED.app.verificationToken,
      app_id: SEED.app.id,
      tenant_key: SEED.tenantKey,
    })
  })

  it('tell a mention by its key, with who is meant beside it', async () => {
    await start()
    await say({ text: 'ask @Tom Berg please', mentionBot: true })
    const [{ message, sender }] = await heard()
    expect(JSON.parse(message.content)).to.deep.equal({ text: '@_user_1 ask @_user_2 please' })
    expect(message.mentions.map(({ key, id, name }: Json) => [key, id.open_id, name])).to.deep.equal([
      ['@_user_1', BOT, 'Paidan'],
      ['@_user_2', TOM, 'Tom Berg'],
    ])
    expect(sender).to.deep.equal({
      sender_id: { open_id: MEI, union_id: 'on_mei', user_id: 'mei' },
      sender_type: 'user',
      tenant_key: SEED.tenantKey,
    })
    expect(message).to.include({ chat_type: 'group', chat_id: IT, message_type: 'text' })
  })

  it('name everybody without a mention', async () => {
    await start()
    await say({ text: '@所有人 lunch' })
    const [{ message }] = await heard()
    expect(JSON.parse(message.content)).to.deep.equal({ text: '@_all lunch' })
    expect(message.mentions).to.equal(undefined)
  })

  it('of a group without a mention come only with im:message.group_msg', async () => {
    await start({ scopes: ['im:message.group_at_msg:readonly', 'im:message.p2p_msg:readonly'] })
    await say({ text: 'not for the bot' })
    await say({ text: 'for the bot', mentionBot: true })
    const { conversation } = await world.gesture('openDirect', { userId: MEI })
    await say({ conversation, text: 'private' })
    expect((await heard()).map(({ message }) => JSON.parse(message.content).text)).to.have.members([
      '@_user_1 for the bot',
      'private',
    ])
    world.feishu.setScopes(['im:message.group_msg'])
    await say({ text: 'now heard' })
    expect(await heard()).to.have.length(3)
  })

  it('of a group without the bot do not come', async () => {
    await start()
    const { eventIds } = await say({ conversation: GENERAL, text: '@Paidan are you there?' })
    expect(eventIds).to.deep.equal([])
    expect(await heard()).to.deep.equal([])
  })

  it('do not tell user_id without its scope', async () => {
    await start({ scopes: ['im:message.group_msg'] })
    await say({ text: 'hi' })
    expect((await heard())[0].sender.sender_id.user_id).to.equal(null)
  })

  it('of a thread tell root, parent and thread', async () => {
    await start()
    const root = await sendText(world.sdk, 'card')
    await say({ text: 'in the thread', thread: root })
    const [{ message }] = await heard()
    expect(message).to.include({ root_id: root, parent_id: root })
    expect(message.thread_id).to.match(/^omt_/)
    const shown = world.feishu.view(TOM).conversations.find(({ id }) => id === IT)?.messages
    expect(shown?.map(({ thread }) => thread)).to.deep.equal([undefined, root])
  })

  it('come of every kind of message', async () => {
    await start()
    const base64 = Buffer.from('x').toString('base64')
    const file = (name: string, mimetype: string) => ({ name, mimetype, base64 })
    await say({ files: [file('a.png', 'image/png'), file('b.pdf', 'application/pdf')] })
    await say({ files: [file('c.opus', 'audio/ogg'), file('d.mp4', 'video/mp4')] })
    await say({ text: 'see', files: [file('e.png', 'image/png')] })
    await world.gesture('sendSticker', { userId: MEI, conversation: IT })
    const { messageId } = await say({ text: 'forward me' })
    await world.gesture('forwardMerged', { userId: MEI, conversation: IT, messageIds: [messageId] })
    const events = (await heard()).map(({ message }) => message)
    const contents = Object.fromEntries(events.map((each) => [each.message_type, each.content]))
    expect(Object.keys(contents)).to.have.members([
      'image',
      'file',
      'audio',
      'media',
      'post',
      'sticker',
      'text',
      'merge_forward',
    ])
    expect(contents.merge_forward).to.equal('Merged and Forwarded Message')
    expect(JSON.parse(contents.file).file_name).to.equal('b.pdf')
    const post = JSON.parse(contents.post)
    expect(post.content.map((line: Json[]) => line.map(({ tag }) => tag))).to.deep.equal([['text'], ['img']])
  })

  it('tell of recalls, the bot’s own too, and of no edits', async () => {
    await start()
    const { messageId } = await say({ text: 'oops' })
    const place = { userId: MEI, conversation: IT, messageId }
    expect((await world.gesture('editMessage', { ...place, text: 'better' })).ok).to.equal(true)
    await world.gesture('deleteMessage', place)
    const own = await sendText(world.sdk, 'by the bot')
    await world.sdk.im.v1.message.delete({ path: { message_id: own } })
    await world.feishu.idle()
    const recalls = world.app.events('im.message.recalled_v1')
    expect(recalls.map(({ message_id, chat_id }) => [message_id, chat_id])).to.have.deep.members([
      [messageId, IT],
      [own, IT],
    ])
    expect(world.app.received).to.have.length(3)
  })

  it('tell of the menu, of opened chats and of groups that the bot joins and leaves', async () => {
    await start()
    await world.gesture('menu', { userId: MEI, eventKey: 'new_ticket' })
    const { conversation } = await world.gesture('openDirect', { userId: MEI })
    await world.gesture('addBot', { userId: TOM, conversation: GENERAL })
    await world.gesture('removeBot', { userId: TOM, conversation: GENERAL })
    await world.feishu.idle()
    const [menu] = world.app.events('application.bot.menu_v6')
    expect([menu.event_key, menu.operator.operator_id.open_id]).to.deep.equal(['new_ticket', MEI])
    const [entered] = world.app.events('im.chat.access_event.bot_p2p_chat_entered_v1')
    expect([entered.chat_id, entered.operator_id.open_id]).to.deep.equal([conversation, MEI])
    for (const how of ['added', 'deleted']) {
      expect(world.app.events(`im.chat.member.bot.${how}_v1`)[0]).to.include({
        chat_id: GENERAL,
        name: 'General',
      })
    }
  })

  it('tell of people who change or leave, with what was before', async () => {
    await start()
    await world.gesture('changeUser', { userId: MEI, name: '李小梅' })
    await world.gesture('changeUser', { userId: MEI, resigned: true })
    await world.feishu.idle()
    const [changed] = world.app.events('contact.user.updated_v3')
    expect([changed.object.name, changed.old_object.name]).to.deep.equal(['李小梅', '李梅'])
    const [left] = world.app.events('contact.user.deleted_v3')
    expect([left.object.open_id, left.old_object.status.is_resigned]).to.deep.equal([MEI, false])
  })

  it('tell of reactions, the bot’s own too', async () => {
    await start()
    const messageId = await sendText(world.sdk, 'hi')
    await world.gesture('react', { userId: MEI, conversation: IT, messageId, emoji: 'THUMBSUP' })
    await world.sdk.im.v1.messageReaction.create({
      path: { message_id: messageId },
      data: { reaction_type: { emoji_type: 'DONE' } },
    })
    await world.feishu.idle()
    const reactions = world.app.events('im.message.reaction.created_v1')
    expect(
      reactions.map(({ operator_type: by, reaction_type: { emoji_type: emoji } }) => [by, emoji]),
    ).to.have.deep.members([
      ['user', 'THUMBSUP'],
      ['app', 'DONE'],
    ])
  })

  it('are pushed again under the same id until the app answers 200', async () => {
    await start({ retryDelaysMs: [1, 1, 1, 1] })
    const statuses = [500, 302, 201, 200]
    world.app.answer = () => ({ status: statuses.shift() ?? 500 })
    const { eventIds } = await say({ text: 'again' })
    await world.feishu.idle()
    expect(world.app.received.map(({ body }) => body.header.event_id)).to.deep.equal(
      Array(4).fill(eventIds[0]),
    )
    expect(world.feishu.deliveries.map(({ status, outcome }) => [status, outcome])).to.deep.equal([
      [500, 'will_retry'],
      [302, 'will_retry'],
      [201, 'will_retry'],
      [200, 'acknowledged'],
    ])
  })

  it('are given up after the fourth repetition', async () => {
    await start({ retryDelaysMs: [1, 1, 1, 1] })
    world.app.answer = () => ({ status: 503 })
    await say({ text: 'never' })
    await world.feishu.idle()
    expect(world.app.received).to.have.length(5)
    expect(world.feishu.deliveries.at(-1)?.outcome).to.equal('given_up')
    expect(RETRY_DELAYS_MS).to.deep.equal([15_000, 300_000, 3_600_000, 21_600_000])
  })

  it('count as lost when the answer takes more than three seconds', async () => {
    await start()
    world.app.answer = () => ({ hang: true })
    await say({ text: 'slow' })
    await world.feishu.idle()
    const [delivery] = world.feishu.deliveries
    expect(delivery).to.include({ status: 0, outcome: 'given_up' })
    expect(delivery?.ms).to.be.greaterThan(2900)
  })

  it('are delivered twice on demand, under the same id or another', async () => {
    await start()
    const { eventIds } = await say({ text: 'once' })
    await world.feishu.idle()
    expect(world.feishu.faults.deliverTwice()).to.deep.equal(eventIds)
    const [other] = world.feishu.faults.deliverTwice({ variant: 'other_event_id' })
    expect(other).to.not.equal(eventIds[0])
    world.feishu.faults.deliverTwice({ which: 'next', copies: 2 })
    await say({ text: 'twice more' })
    expect(await heard()).to.have.length(6)
  })

  it('wait while Feishu is away', async () => {
    await start({ monotonic: () => performance.now() })
    world.feishu.faults.down(60_000)
    await say({ text: 'later' })
    expect(world.app.received).to.deep.equal([])
    world.feishu.faults.clear()
    await until(() => world.app.received.length === 1)
  })

  it('begin with a challenge that the app must echo', async () => {
    await start()
    world.app.answer = ({ body }) => ({ body: JSON.stringify({ challenge: body.challenge }) })
    expect(await world.feishu.verifyRequestUrl()).to.equal(true)
    expect(world.app.received[0]?.body).to.include({
      type: 'url_verification',
      token: SEED.app.verificationToken,
    })
    world.app.answer = () => ({ body: '{}' })
    expect(await world.feishu.verifyRequestUrl()).to.equal(false)
    expect(() => decrypted(JSON.parse(world.app.received[0]?.raw ?? '').encrypt, 'another key')).to.throw()
  })
})
