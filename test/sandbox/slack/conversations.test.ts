import { expect } from 'chai'
import { refusal, startWorld, type World } from './support.js'

describe('conversations and users', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  const post = async (text: string, threadTs?: string) =>
    (
      await world.web.chat.postMessage({
        channel: 'C0IT',
        text,
        ...(threadTs ? { thread_ts: threadTs } : {}),
      })
    ).ts ?? ''

  it('opens a direct conversation once', async () => {
    const first = await world.web.conversations.open({ users: 'U0MEI' })
    const again = await world.web.conversations.open({ users: 'U0MEI', return_im: true })
    expect(again).to.include({ no_op: true, already_open: true })
    expect(again.channel).to.include({ id: first.channel?.id, is_im: true, user: 'U0MEI' })
    expect(await refusal(world.web.conversations.open({ users: 'U0NOBODY' }))).to.equal('user_not_found')
    expect(await refusal(world.web.conversations.open({ users: 'U0BOT' }))).to.equal('cannot_dm_bot')
  })

  it('reads history newest first, without what was said in threads', async () => {
    const root = await post('root')
    await post('reply', root)
    const last = await post('last')
    const { messages, has_more: more } = await world.web.conversations.history({ channel: 'C0IT' })
    expect(messages?.map((message) => message.ts)).to.deep.equal([last, root])
    expect(messages?.[1]).to.include({ reply_count: 1, thread_ts: root })
    expect(more).to.equal(false)
  })

  it('keeps a broadcast reply in the history', async () => {
    const root = await post('root')
    await world.web.chat.postMessage({ channel: 'C0IT', text: 'b', thread_ts: root, reply_broadcast: true })
    const { messages } = await world.web.conversations.history({ channel: 'C0IT' })
    expect(messages?.map((message) => message.subtype)).to.deep.equal(['thread_broadcast', undefined])
  })

  it('reads between two instants, with or without the ends', async () => {
    const [a, b, c] = [await post('a'), await post('b'), await post('c')]
    const between = async (inclusive: boolean) => {
      const found = await world.web.conversations.history({
        channel: 'C0IT',
        oldest: a,
        latest: c,
        inclusive,
      })
      return found.messages?.map((message) => message.ts)
    }
    expect(await between(false)).to.deep.equal([b])
    expect(await between(true)).to.deep.equal([c, b, a])
  })

  it('pages by cursor', async () => {
    for (let n = 0; n < 5; n += 1) await post(String(n))
    const first = await world.web.conversations.history({ channel: 'C0IT', limit: 3 })
    expect(first.has_more).to.equal(true)
    const cursor = first.response_metadata?.next_cursor ?? ''
    const rest = await world.web.conversations.history({ channel: 'C0IT', limit: 3, cursor })
    const texts = [...(first.messages ?? []), ...(rest.messages ?? [])].map((message) => message.text)
    expect(texts).to.deep.equal(['4', '3', '2', '1', '0'])
    expect(await refusal(world.web.conversations.history({ channel: 'C0IT', cursor: 'x' }))).to.equal(
      'invalid_cursor',
    )
    expect(await refusal(world.web.conversations.history({ channel: 'C0IT', limit: 1000 }))).to.equal(
      'invalid_limit',
    )
  })

  it('reads a thread oldest first, its root always with it', async () => {
    const root = await post('root')
    const first = await post('1', root)
    const second = await post('2', root)
    const all = await world.web.conversations.replies({ channel: 'C0IT', ts: root })
    expect(all.messages?.map((message) => message.ts)).to.deep.equal([root, first, second])
    const later = await world.web.conversations.replies({ channel: 'C0IT', ts: second, oldest: first })
    expect(later.messages?.map((message) => message.ts)).to.deep.equal([root, second])
    expect(await refusal(world.web.conversations.replies({ channel: 'C0IT', ts: '1.000000' }))).to.equal(
      'thread_not_found',
    )
  })

  it('reads only where the bot is', async () => {
    expect(await refusal(world.web.conversations.history({ channel: 'C0GEN' }))).to.equal('not_in_channel')
    expect(await refusal(world.web.conversations.history({ channel: 'C0SEC' }))).to.equal('channel_not_found')
    expect(await refusal(world.web.conversations.info({ channel: 'C0SEC' }))).to.equal('channel_not_found')
    expect((await world.web.conversations.info({ channel: 'C0GEN' })).channel).to.include({
      name: 'general',
      is_member: false,
    })
  })

  it('lists public channels, and only those of the bot in users.conversations', async () => {
    const { channels } = await world.web.conversations.list({ exclude_archived: true })
    expect(channels?.map((each) => each.id)).to.deep.equal(['C0IT', 'C0GEN'])
    const own = await world.web.users.conversations({
      exclude_archived: true,
      types: 'public_channel,private_channel',
    })
    expect(own.channels?.map((each) => each.id)).to.deep.equal(['C0IT'])
  })

  it('lists members by page', async () => {
    const first = await world.web.conversations.members({ channel: 'C0IT', limit: 2 })
    expect(first.members).to.deep.equal(['U0TOM', 'U0ANN'])
    const cursor = first.response_metadata?.next_cursor ?? ''
    expect(
      (await world.web.conversations.members({ channel: 'C0IT', limit: 2, cursor })).members,
    ).to.deep.equal(['U0BOT'])
  })

  it('tells locale, zone and e-mail of a person', async () => {
    const { user } = await world.web.users.info({ user: 'U0MEI', include_locale: true })
    expect(user).to.include({ locale: 'zh-CN', tz: 'Asia/Shanghai', tz_offset: 28_800, real_name: '李梅' })
    expect(user?.profile?.email).to.equal('mei@acme.example')
    expect((await world.web.users.info({ user: 'U0MEI' })).user).to.not.have.property('locale')
    expect((await world.web.users.info({ user: 'U0ANN' })).user?.tz_offset).to.equal(-10_800)
    expect(await refusal(world.web.users.info({ user: 'U0NOBODY' }))).to.equal('user_not_found')
  })

  it('finds people by e-mail and lists them with the bot', async () => {
    expect((await world.web.users.lookupByEmail({ email: 'TOM@acme.example' })).user?.id).to.equal('U0TOM')
    expect(await refusal(world.web.users.lookupByEmail({ email: 'x@acme.example' }))).to.equal(
      'users_not_found',
    )
    const { members } = await world.web.users.list({})
    expect(members?.filter((each) => each.is_bot).map((each) => each.id)).to.deep.equal(['U0BOT'])
    expect(members).to.have.length(4)
  })

  it('reacts once', async () => {
    const ts = await post('x')
    const at = { channel: 'C0IT', timestamp: ts, name: 'eyes' }
    await world.web.reactions.add(at)
    expect(await refusal(world.web.reactions.add(at))).to.equal('already_reacted')
    const seen = await world.web.conversations.history({ channel: 'C0IT' })
    expect(seen.messages?.[0]?.reactions).to.deep.equal([{ name: 'eyes', users: ['U0BOT'], count: 1 }])
    await world.web.reactions.remove(at)
    expect(await refusal(world.web.reactions.remove(at))).to.equal('no_reaction')
  })
})
