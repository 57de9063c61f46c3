import { expect } from 'chai'
import { BOT, GENERAL, IT, MEI, refusal, SEED, sendText, startWorld, TOM, type World } from './support.js'

describe('who and where', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  it('tells the bot about itself, beside and not under data', async () => {
    const answer = await world.sdk.request({ method: 'GET', url: '/open-apis/bot/v3/info' })
    expect(answer.bot).to.include({ open_id: BOT, app_name: 'Paidan' })
    expect(answer.data).to.equal(undefined)
  })

  it('tells a person by any of their ids, with what the scopes allow', async () => {
    const get = (id: string, type: 'open_id' | 'union_id' | 'user_id') =>
      world.sdk.contact.v3.user.get({ path: { user_id: id }, params: { user_id_type: type } })
    for (const [id, type] of [
      [MEI, 'open_id'],
      ['on_mei', 'union_id'],
      ['mei', 'user_id'],
    ] as const) {
      expect((await get(id, type)).data?.user).to.include({
        open_id: MEI,
        name: '李梅',
        email: 'mei@acme.example',
      })
    }
    world.feishu.setScopes(['contact:user.base:readonly'])
    const bare = (await get(MEI, 'open_id')).data?.user
    expect(bare).to.not.have.any.keys('email', 'user_id', 'department_path')
    await world.gesture('changeUser', { userId: MEI, available: false })
    expect(await refusal(get(MEI, 'open_id'))).to.equal(41050)
  })

  it('tells up to fifty people at once, and leaves out whom the app may not see', async () => {
    await world.gesture('changeUser', { userId: TOM, available: false })
    const get = (ids: string[]) =>
      world.sdk.contact.v3.user.batch({ params: { user_ids: ids, user_id_type: 'open_id' } })
    expect((await get([MEI])).data?.items?.map(({ name }) => name)).to.deep.equal(['李梅'])
    const items = (await get([TOM, MEI, 'ou_nobody'])).data?.items
    expect(items?.map(({ open_id: id }) => id)).to.deep.equal([MEI])
    expect(await refusal(get(Array.from({ length: 51 }, (_, i) => `ou_${i}`)))).to.equal(230001)
    world.feishu.setScopes([])
    expect(await refusal(get([MEI]))).to.equal(99991672)
  })

  it('finds people by e-mail; whom it does not find comes back without an id', async () => {
    await world.gesture('changeUser', { userId: TOM, resigned: true })
    const find = (more: object = {}) =>
      world.sdk.contact.v3.user.batchGetId({
        data: { emails: ['MEI@acme.example', 'tom@acme.example', 'no@acme.example'], ...more },
        params: { user_id_type: 'open_id' },
      })
    const { data } = await find()
    expect(data?.user_list?.map(({ user_id: id }) => id)).to.deep.equal([MEI, undefined, undefined])
    const all = await find({ include_resigned: true })
    expect(all.data?.user_list?.map(({ user_id: id }) => id)).to.deep.equal([MEI, TOM, undefined])
    expect(await refusal(world.sdk.contact.v3.user.batchGetId({ data: {} }))).to.equal(230001)
  })

  it('tells of the chats that the bot is in', async () => {
    const get = (chatId: string) => world.sdk.im.v1.chat.get({ path: { chat_id: chatId } })
    expect((await get(IT)).data).to.include({ name: 'IT desk', chat_mode: 'group', user_count: '2' })
    expect(await refusal(get(GENERAL))).to.equal(232011)
    const members = await world.sdk.im.v1.chatMembers.get({ path: { chat_id: IT } })
    expect(members.data?.items?.map(({ member_id: id }) => id)).to.deep.equal([MEI, TOM])
  })

  it('lets the bot react once with each emoji and take back its own', async () => {
    const messageId = await sendText(world.sdk, 'hi')
    const add = (emoji: string) =>
      world.sdk.im.v1.messageReaction.create({
        path: { message_id: messageId },
        data: { reaction_type: { emoji_type: emoji } },
      })
    const remove = (id: string) =>
      world.sdk.im.v1.messageReaction.delete({ path: { message_id: messageId, reaction_id: id } })
    const first = (await add('DONE')).data?.reaction_id ?? ''
    expect((await add('DONE')).data?.reaction_id).to.equal(first)
    expect(await refusal(add('no emoji'))).to.equal(231001)
    await world.gesture('react', { userId: MEI, conversation: IT, messageId, emoji: 'DONE' })
    const shown = () =>
      world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages[0]?.reactions
    expect(shown()).to.deep.equal([{ emoji: 'DONE', count: 2, mine: true }])
    const list = await world.sdk.im.v1.messageReaction.list({ path: { message_id: messageId } })
    const hers = list.data?.items?.find(({ operator }) => operator?.operator_type === 'user')
    expect(await refusal(remove(hers?.reaction_id ?? ''))).to.equal(231007)
    await remove(first)
    expect(shown()).to.deep.equal([{ emoji: 'DONE', count: 1, mine: true }])
    expect(await refusal(remove(first))).to.equal(231011)
    await world.sdk.im.v1.message.delete({ path: { message_id: messageId } })
    expect(await refusal(add('DONE'))).to.equal(231003)
  })

  it('does not know an API that is not emulated', async () => {
    const response = await fetch(`${world.url}/feishu/open-apis/im/v9/nothing`)
    expect([response.status, await response.text()]).to.deep.equal([404, '404 page not found'])
    expect(SEED.app.id).to.match(/^cli_[0-9a-f]{16}$/)
  })
})
