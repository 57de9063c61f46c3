import { expect } from 'chai'
import type { Card } from '../../../src/cards/card.js'
import type { Messenger } from '../../../src/delivery/messenger.js'
import { startWorld, type World } from './support.js'

const CARD: Card = {
  audience: 'team',
  locale: 'en',
  title: 'T',
  tone: 'info',
  summary: 'a card',
  elements: [{ kind: 'text', text: ['x'] }],
}
const IT = { platform: 'slack', conversation: 'C0IT' }
const SINCE = new Date('2026-11-20T08:00:00Z')

describe('the Messenger over Slack’s Web API', () => {
  let world: World
  let messenger: Messenger

  beforeEach(async () => {
    world = await startWorld()
    messenger = world.adapter.messenger
  })
  afterEach(() => world.close())

  const messagesOf = (channel: string): World['slack']['state']['messages'][string] =>
    world.slack.state.messages[channel] ?? []
  const callsOf = (method: string): number =>
    world.slack.calls.filter((call) => call.method === method).length
  async function sent<T>(outcome: Promise<{ kind: string; value?: T }>): Promise<T> {
    const { kind, value, ...rest } = await outcome
    expect(kind, JSON.stringify(rest)).to.equal('sent')
    return value as T
  }

  it('marks a post with its key, and makes no previews of links', async () => {
    await sent(messenger.postCard(IT, CARD, 'key-1'))
    expect(messagesOf('C0IT').at(-1)?.metadata).to.deep.equal({
      event_type: 'paidan_post',
      event_payload: { id: 'key-1' },
    })
  })

  it('posts into a thread, in somebody’s name', async () => {
    const root = await sent(messenger.postCard(IT, CARD, 'root'))
    const words = { text: ['hello <!channel>'], author: { name: '李梅' } }
    await sent(messenger.postWords({ ...IT, thread: root.messageId }, words, 'reply'))
    const reply = messagesOf('C0IT').at(-1)
    expect(reply).to.include({ thread_ts: root.messageId, username: '李梅', text: 'hello &lt;!channel&gt;' })
  })

  it('leaves nothing in the open channel when the thread it belongs to is gone', async () => {
    const to = { ...IT, thread: '1795161000.000001' }
    expect(await messenger.postWords(to, { text: ['for the thread only'] }, 'k')).to.deep.equal({
      kind: 'gone',
      reason: 'thread_not_found',
    })
    expect(messagesOf('C0IT')).to.deep.equal([])
  })

  for (const thread of [false, true]) {
    it(`finds a post of which the answer was lost, ${thread ? 'in a thread' : 'in a channel'}, beyond the first page`, async () => {
      const root = await sent(messenger.postCard(IT, CARD, 'root'))
      const to = thread ? { ...IT, thread: root.messageId } : IT
      world.slack.faults.failNext('chat.postMessage', { mode: 'cut_after_accept' })
      expect(await messenger.postWords(to, { text: ['once'] }, 'lost')).to.include({ kind: 'unknown' })
      const ts = messagesOf('C0IT').at(-1)?.ts
      const noise = {
        type: 'message',
        user: 'U0TOM',
        text: 'noise',
        ...(thread ? { thread_ts: root.messageId } : {}),
      } as const
      for (let i = 0; i < 205; i++)
        messagesOf('C0IT').push({ ...noise, ts: `1795161700.${String(i).padStart(6, '0')}` })
      const found = await sent(messenger.findPosted(to, 'lost', SINCE))
      expect(found).to.deep.equal({ platform: 'slack', conversation: 'C0IT', messageId: ts })
      expect(await sent(messenger.findPosted(to, 'never', SINCE))).to.equal(undefined)
    })
  }

  for (const [mode, kind] of [
    ['500', 'unknown'],
    ['cut_before', 'unknown'],
    ['429', 'rate_limited'],
  ] as const) {
    it(`calls once, whatever happens (${mode})`, async () => {
      world.slack.faults.failNext('chat.postMessage', { mode, times: 1 })
      expect(await messenger.postCard(IT, CARD, 'k')).to.include({ kind })
      expect(callsOf('chat.postMessage')).to.equal(1)
      expect(messagesOf('C0IT')).to.have.length(0)
    })
  }

  it('does not hold up other calls while one is rate limited', async () => {
    world.slack.faults.failNext('chat.postMessage', { mode: '429', retryAfterS: 3600 })
    const [post, profile] = await Promise.all([messenger.postCard(IT, CARD, 'k'), messenger.profile('U0MEI')])
    expect(post).to.deep.equal({ kind: 'rate_limited', retryAfterMs: 3_600_000 })
    expect(profile.kind).to.equal('sent')
  })

  it('says what is gone, what is forbidden and what may still become possible', async () => {
    expect(await messenger.postCard({ platform: 'slack', conversation: 'C0NONE' }, CARD, 'k')).to.include({
      kind: 'gone',
    })
    expect(await messenger.postCard({ platform: 'slack', conversation: 'C0OLD' }, CARD, 'k')).to.include({
      kind: 'gone',
    })
    expect(await messenger.postCard({ platform: 'slack', conversation: 'C0GEN' }, CARD, 'k')).to.include({
      kind: 'transient',
    })
    expect(await messenger.openDirect('U0NOBODY')).to.include({ kind: 'gone' })
    const ref = { platform: 'slack', conversation: 'C0IT', messageId: '1.000001' }
    expect(await messenger.deleteMessage(ref)).to.include({ kind: 'gone' })
    expect(await messenger.editWords(ref, { text: ['x'] })).to.include({ kind: 'gone' })
  })

  it('edits words in place and keeps the name they are shown under', async () => {
    const ref = await sent(messenger.postWords(IT, { text: ['one'], author: { name: 'Ann' } }, 'k'))
    await sent(messenger.editWords(ref, { text: ['two'] }))
    expect(messagesOf('C0IT').at(-1)).to.include({ text: 'two', username: 'Ann', ts: ref.messageId })
  })

  it('opens the same direct conversation every time', async () => {
    const first = await sent(messenger.openDirect('U0MEI'))
    expect(first).to.match(/^D/)
    expect(await sent(messenger.openDirect('U0MEI'))).to.equal(first)
  })

  it('reads a profile with its language and zone', async () => {
    expect(await sent(messenger.profile('U0MEI'))).to.deep.equal({
      name: '李梅',
      email: 'u0mei@acme.example',
      locale: 'zh-CN',
      zone: 'Asia/Shanghai',
      isBot: false,
      isGuest: false,
    })
  })

  it('whispers to one person', async () => {
    await sent(messenger.whisper(IT, 'U0TOM', { text: ['only you'] }))
    expect(messagesOf('C0IT')).to.have.length(0)
    expect(world.slack.state.ephemerals).to.have.length(1)
    expect(world.slack.state.ephemerals[0]).to.include({ onlyFor: 'U0TOM', text: 'only you' })
  })

  it('marks a message once however often it is asked, and takes the mark away', async () => {
    const ref = await sent(messenger.postCard(IT, CARD, 'k'))
    await sent(messenger.mark(ref))
    await sent(messenger.mark(ref))
    expect(messagesOf('C0IT').at(-1)?.reactions).to.have.length(1)
    await sent(messenger.unmark(ref))
    await sent(messenger.unmark(ref))
    expect(messagesOf('C0IT').at(-1)?.reactions ?? []).to.have.length(0)
  })

  describe('with files', () => {
    const bytes = Buffer.from([0, 1, 2, 255])
    const file = (name: string) => ({ name, bytes: 4, mediaType: 'image/png', read: async () => bytes })
    const sharedNames = (): string[] =>
      messagesOf('C0IT').flatMap((message) =>
        (message.files ?? []).map((each) => ('name' in each ? each.name : each.mode)),
      )

    it('shows them beside the words, byte for byte', async () => {
      const root = await sent(messenger.postCard(IT, CARD, 'root'))
      const to = { ...IT, thread: root.messageId }
      await sent(messenger.postWords(to, { text: ['look'], files: [file('a.png'), file('b.png')] }, 'k'))
      expect(sharedNames()).to.deep.equal(['a.png', 'b.png'])
      const shared = messagesOf('C0IT').find((message) => message.files !== undefined)
      expect(shared?.thread_ts).to.equal(root.messageId)
      expect(world.slack.fileBytes(shared?.files?.[0]?.id ?? '')).to.deep.equal(bytes)
    })

    it('shows them once when the answer to the words was lost', async () => {
      world.slack.faults.failNext('chat.postMessage', { mode: 'cut_after_accept' })
      const words = { text: ['look'], files: [file('a.png')] }
      expect(await messenger.postWords(IT, words, 'k')).to.include({ kind: 'unknown' })
      expect(sharedNames()).to.deep.equal([])
      await sent(messenger.findPosted(IT, 'k', SINCE))
      await sent(messenger.findPosted(IT, 'k', SINCE))
      expect(sharedNames()).to.deep.equal(['a.png'])
    })

    it('shows them after a crash between the words and the files, once', async () => {
      const root = await sent(messenger.postCard(IT, CARD, 'root'))
      for (const to of [IT, { ...IT, thread: root.messageId }]) {
        const before = sharedNames().length
        const key = `crash ${JSON.stringify(to)}`
        world.slack.faults.failNext('chat.postMessage', { mode: 'cut_after_accept' })
        const words = { text: ['look'], files: [file('a.png'), file('b.png')] }
        expect(await messenger.postWords(to, words, key)).to.include({ kind: 'unknown' })
        const reborn = world.another().messenger
        expect((await sent(reborn.findPosted(to, key, SINCE, { bare: true })))?.messageId).to.be.a('string')
        expect(sharedNames()).to.have.length(before)
        for (const each of [reborn, world.another().messenger]) await sent(each.findPosted(to, key, SINCE))
        expect(sharedNames().slice(before)).to.deep.equal(['a.png', 'b.png'])
        const shared = messagesOf('C0IT').findLast((message) => message.files !== undefined)
        expect(shared?.thread_ts).to.equal('thread' in to ? to.thread : undefined)
      }
    })

    it('takes them back with the words, and may do so twice', async () => {
      const root = await sent(messenger.postCard(IT, CARD, 'root'))
      const to = { ...IT, thread: root.messageId }
      const words = { text: ['look'], files: [file('a.png'), file('b.png')] }
      await sent(messenger.postWords(to, { text: ['stays'], files: [file('c.png')] }, 'other'))
      const said = await sent(messenger.postWords(to, words, 'k'))
      const ids = messagesOf('C0IT').flatMap((message) => (message.files ?? []).map(({ id }) => id))
      await sent(messenger.deleteMessage(said))
      expect(sharedNames()).to.deep.equal(['c.png'])
      expect(ids.map((id) => world.slack.fileBytes(id) !== undefined)).to.deep.equal([true, false, false])
      expect(messagesOf('C0IT')).to.have.length(3)
      expect(await messenger.deleteMessage(said)).to.include({ kind: 'gone' })
    })

    it('takes the words back only after their files', async () => {
      const said = await sent(messenger.postWords(IT, { text: ['look'], files: [file('a.png')] }, 'k'))
      for (const method of ['conversations.replies', 'files.info', 'files.delete']) {
        world.slack.faults.failNext(method, { mode: '500' })
        expect(await messenger.deleteMessage(said), method).to.include({ kind: 'transient' })
        expect(JSON.stringify(messagesOf('C0IT')), method).to.contain('look')
      }
      await sent(messenger.deleteMessage(said))
      expect(messagesOf('C0IT')).to.deep.equal([])
    })

    it('takes back words whose files were never shown', async () => {
      world.slack.faults.failNext('files.completeUploadExternal', { mode: '500' })
      const said = await sent(messenger.postWords(IT, { text: ['look'], files: [file('a.png')] }, 'k'))
      expect(sharedNames()).to.deep.equal([])
      await sent(messenger.deleteMessage(said))
      expect(messagesOf('C0IT')).to.deep.equal([])
    })

    it('posts nothing when the bytes do not arrive', async () => {
      world.slack.faults.failNext('files.getUploadURLExternal', { mode: '500' })
      expect(await messenger.postWords(IT, { text: ['x'], files: [file('a.png')] }, 'k')).to.include({
        kind: 'transient',
      })
      expect(messagesOf('C0IT')).to.have.length(0)
    })

    it('fetches what somebody sent, up to a size', async () => {
      const dm = await world.slack.gestures.openDm({ userId: 'U0MEI' })
      const base64 = bytes.toString('base64')
      await world.slack.gestures.postMessage({
        userId: 'U0MEI',
        channel: dm.channel ?? '',
        files: [{ name: 'shot.png', base64 }],
      })
      await world.slack.idle()
      const [message] = world.accepted
      const [inbound] = message?.kind === 'message' ? message.files : []
      if (inbound === undefined) throw new Error('no file arrived')
      expect(inbound).to.include({ name: 'shot.png', bytes: 4 })
      expect(await sent(messenger.fetchFile(inbound, 4))).to.deep.equal(bytes)
      expect(await messenger.fetchFile(inbound, 3)).to.deep.equal({ kind: 'rejected', reason: 'too_large' })
      const asked = { ...inbound, locator: `files.info:${inbound.id}` }
      expect(await sent(messenger.fetchFile(asked, 4))).to.deep.equal(bytes)
    })
  })
})
