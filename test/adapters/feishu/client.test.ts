import { expect } from 'chai'
import { createMessenger } from '../../../src/adapters/feishu/client.js'
import { createOpenApi } from '../../../src/adapters/feishu/open-api.js'
import type { Card } from '../../../src/cards/card.js'
import type { Messenger } from '../../../src/delivery/messenger.js'
import type { FeishuMessage } from '../../../src/sandbox/feishu/types.js'
import {
  APP_ID,
  APP_SECRET,
  ELSEWHERE,
  IT_DESK,
  MEI,
  memory,
  startWorld,
  TOM,
  type World,
} from './support.js'

const CARD: Card = {
  audience: 'team',
  locale: 'en',
  title: 'T',
  tone: 'info',
  summary: 'a card',
  elements: [{ kind: 'text', text: ['one'] }],
}
const saying = (text: string): Card => ({ ...CARD, elements: [{ kind: 'text', text: [text] }] })
const IT = { platform: 'feishu', conversation: IT_DESK }
const SINCE = new Date('2026-11-20T08:00:00Z')
const DAY_MS = 86_400_000

describe('the Messenger over Feishu’s open platform', () => {
  let world: World
  let messenger: Messenger

  beforeEach(async () => {
    world = await startWorld()
    messenger = world.adapter.messenger
  })
  afterEach(() => world.close())

  const messagesOf = (chat: string): readonly FeishuMessage[] => world.feishu.state.messages[chat] ?? []
  const oneOf = (messageId: string): FeishuMessage | undefined =>
    Object.values(world.feishu.state.messages)
      .flat()
      .find((each) => each.messageId === messageId)
  const callsOf = (method: string): number =>
    world.feishu.calls.filter((call) => call.method === method).length
  async function sent<T>(outcome: Promise<{ kind: string; value?: T }>): Promise<T> {
    const { kind, value, ...rest } = await outcome
    expect(kind, JSON.stringify(rest)).to.equal('sent')
    return value as T
  }

  it('posts into a thread, under somebody’s name at the head', async () => {
    const root = await sent(messenger.postCard(IT, CARD, 'root'))
    const words = { text: ['hello <at user_id="all"></at>\nbye'], author: { name: '李梅' } }
    await sent(messenger.postWords({ ...IT, thread: root.messageId }, words, 'reply'))
    const reply = messagesOf(IT_DESK).at(-1)
    expect(reply).to.include({ rootId: root.messageId, msgType: 'post' })
    expect(reply?.threadId).to.match(/^omt/)
    expect(JSON.parse(reply?.content ?? '').zh_cn.content).to.deep.equal([
      [{ tag: 'text', text: '李梅', style: ['bold'] }],
      [{ tag: 'text', text: 'hello <at user_id="all"></at>' }],
      [{ tag: 'text', text: 'bye' }],
    ])
  })

  it('makes a message ring for a person', async () => {
    const to = { platform: 'feishu', conversation: await sent(messenger.openDirect(MEI)) }
    const ref = await sent(messenger.postCard(to, CARD, 'k'))
    expect(await messenger.insist?.(ref, MEI)).to.include({ kind: 'sent' })
    expect(oneOf(ref.messageId)?.urgentFor).to.deep.equal([MEI])
  })

  it('puts nothing anywhere when the thread’s root was taken back', async () => {
    const root = await sent(messenger.postCard(IT, CARD, 'root'))
    await sent(messenger.deleteMessage(root))
    const to = { ...IT, thread: root.messageId }
    expect(await messenger.postWords(to, { text: ['x'] }, 'k')).to.deep.equal({
      kind: 'gone',
      reason: 'feishu_230011',
    })
  })

  it('names a direct conversation by its person, whoever spoke there first', async () => {
    const conversation = await sent(messenger.openDirect(MEI))
    const ref = await sent(messenger.postCard({ platform: 'feishu', conversation }, CARD, 'k'))
    expect(ref.conversation).to.equal(conversation)
    expect(
      world.feishu.view(MEI).conversations.find((one) => one.kind === 'direct')?.messages,
    ).to.have.length(1)
    await sent(messenger.postWords({ ...ref, thread: ref.messageId }, { text: ['in its thread'] }, 'k2'))
    const direct = world.feishu.view(MEI).conversations.find((one) => one.kind === 'direct')
    await world.feishu.gestures.postMessage({
      userId: MEI,
      conversation: direct?.id ?? '',
      text: 'thanks',
      thread: ref.messageId,
    })
    await world.feishu.idle()
    expect(world.accepted.at(-1)).to.deep.include({
      thread: ref.messageId,
      conversation: { id: conversation, kind: 'direct' },
    })
  })

  for (const thread of [false, true]) {
    it(`makes a post once whose answer was lost, ${thread ? 'in a thread' : 'in a chat'}, and shows the newest card`, async () => {
      const root = await sent(messenger.postCard(IT, CARD, 'root'))
      const to = thread ? { ...IT, thread: root.messageId } : IT
      const call = thread ? 'im.v1.message.reply' : 'im.v1.message.create'
      world.feishu.faults.failNext({ call, mode: 'cut_after_accept' })
      expect(await messenger.postCard(to, saying('as it was'), 'lost')).to.include({ kind: 'unknown' })
      expect(await sent(messenger.findPosted(to, 'lost', SINCE))).to.equal(undefined)
      const ref = await sent(messenger.postCard(to, saying('as it is'), 'lost'))
      expect(messagesOf(IT_DESK)).to.have.length(2)
      expect(oneOf(ref.messageId)?.content).to.contain('as it is').and.not.contain('as it was')
    })
  }

  it('finds what is to be taken away, though its answer was lost', async () => {
    world.feishu.faults.failNext({ call: 'im.v1.message.create', mode: 'cut_after_accept' })
    expect(await messenger.postWords(IT, { text: ['a secret'] }, 'lost')).to.include({ kind: 'unknown' })
    const ref = await sent(messenger.findPosted(IT, 'lost', SINCE, { bare: true }))
    expect(messagesOf(IT_DESK)).to.have.length(1)
    await sent(messenger.deleteMessage(ref ?? { ...IT, messageId: '' }))
    expect(messagesOf(IT_DESK).map((one) => one.recalled)).to.deep.equal([true])
  })

  it('says nothing of what is to be taken away where it had not arrived', async () => {
    world.feishu.faults.failNext({ call: 'im.v1.message.create', mode: 'cut_before' })
    expect(await messenger.postWords(IT, { text: ['a secret'] }, 'lost')).to.include({ kind: 'unknown' })
    const ref = await sent(messenger.findPosted(IT, 'lost', SINCE, { bare: true }))
    expect(oneOf(ref?.messageId ?? '')?.content)
      .to.be.a('string')
      .that.does.not.contain('a secret')
  })

  it('does not say that a card is shown which is not the newest', async () => {
    world.feishu.faults.failNext({ call: 'im.v1.message.create', mode: 'cut_after_accept' })
    await messenger.postCard(IT, saying('as it was'), 'lost')
    await sent(messenger.findPosted(IT, 'lost', SINCE))
    world.feishu.faults.failNext({ call: 'im.v1.message.patch', mode: '500' })
    expect(await messenger.postCard(IT, saying('as it is'), 'lost')).to.include({ kind: 'transient' })
    const ref = await sent(messenger.postCard(IT, saying('as it is'), 'lost'))
    expect(oneOf(ref.messageId)?.content).to.contain('as it is')
  })

  for (const [mode, kind] of [
    ['500', 'unknown'],
    ['cut_before', 'unknown'],
    ['429', 'rate_limited'],
  ] as const) {
    it(`calls once, whatever happens (${mode})`, async () => {
      world.feishu.faults.failNext({ call: 'im.v1.message.create', mode })
      expect(await messenger.postCard(IT, CARD, 'k')).to.include({ kind })
      expect(callsOf('im.v1.message.create')).to.equal(1)
      expect(messagesOf(IT_DESK)).to.have.length(0)
    })
  }

  it('hears the limit of one group', async () => {
    world.feishu.setRateLimits(true)
    const outcomes = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((n) => messenger.postCard(IT, CARD, `k${n}`)),
    )
    expect(outcomes.map((one) => one.kind).sort()).to.deep.equal([
      ...Array(2).fill('rate_limited'),
      ...Array(5).fill('sent'),
    ])
  })

  it('asks for a token once however many calls wait, and once more when it was refused', async () => {
    const token = 'auth.v3.tenantAccessToken.internal'
    await Promise.all([1, 2, 3, 4].map((n) => sent(messenger.postCard(IT, CARD, `k${n}`))))
    expect(callsOf(token)).to.equal(1)
    world.feishu.faults.revokeTokens()
    await Promise.all([5, 6, 7].map((n) => sent(messenger.postCard(IT, CARD, `k${n}`))))
    expect(callsOf(token)).to.equal(2)
  })

  it('waits to be invited into a chat', async () => {
    const posted = await messenger.postCard({ platform: 'feishu', conversation: ELSEWHERE }, CARD, 'k')
    expect(posted).to.deep.equal({ kind: 'transient', reason: 'feishu_230002' })
  })

  it('says what is gone', async () => {
    await world.feishu.gestures.changeUser({ userId: MEI, available: false })
    const to = { platform: 'feishu', conversation: await sent(messenger.openDirect(MEI)) }
    expect(await messenger.postCard(to, CARD, 'k')).to.deep.equal({ kind: 'gone', reason: 'feishu_230013' })
  })

  it('says that a card of two weeks ago is gone, so that a fresh one takes its place', async () => {
    const ref = await sent(messenger.postCard(IT, CARD, 'k'))
    world.clock.at = new Date(world.clock.at.getTime() + 13 * DAY_MS)
    await sent(messenger.updateCard(ref, saying('still')))
    world.clock.at = new Date(world.clock.at.getTime() + 2 * DAY_MS)
    expect(await messenger.updateCard(ref, saying('no more'))).to.include({ kind: 'gone' })
  })

  it('edits words in place, twenty times', async () => {
    const ref = await sent(messenger.postWords(IT, { text: ['0'] }, 'k'))
    for (let i = 1; i <= 20; i++) await sent(messenger.editWords(ref, { text: [String(i)] }))
    expect(messagesOf(IT_DESK)).to.have.length(1)
    expect(messagesOf(IT_DESK)[0]?.content).to.contain('"20"')
    expect(await messenger.editWords(ref, { text: ['21'] })).to.deep.equal({
      kind: 'rejected',
      reason: 'feishu_230072',
    })
  })

  it('edits words whose buttons come or go', async () => {
    const controls: Card = {
      ...CARD,
      compact: true,
      elements: [
        { kind: 'controls', controls: [{ kind: 'button', label: 'Withdraw', action: { verb: 'retract' } }] },
      ],
    }
    const author = { name: 'Ann' }
    const ref = await sent(messenger.postWords(IT, { text: ['one'], author, card: controls }, 'k'))
    expect(oneOf(ref.messageId)?.msgType).to.equal('interactive')
    await sent(messenger.editWords(ref, { text: ['two'], author }))
    expect(oneOf(ref.messageId)?.content).to.contain('two').and.contain('Ann').and.not.contain('Withdraw')
    const bare = await sent(messenger.postWords(IT, { text: ['one'], author }, 'k2'))
    await sent(messenger.editWords(bare, { text: ['two'], author, card: controls }))
    expect(oneOf(bare.messageId)?.content).to.contain('two').and.contain('Ann')
  })

  it('blots out what cannot be taken back after a day', async () => {
    const words = await sent(messenger.postWords(IT, { text: ['a secret'] }, 'k'))
    const card = await sent(messenger.postCard(IT, saying('a secret'), 'k2'))
    world.clock.at = new Date(world.clock.at.getTime() + 2 * DAY_MS)
    await sent(messenger.deleteMessage(words))
    await sent(messenger.deleteMessage(card))
    for (const each of messagesOf(IT_DESK))
      expect(each.content).to.contain('已撤回').and.not.contain('secret')
  })

  it('reads a profile', async () => {
    expect(await sent(messenger.profile(MEI))).to.deep.equal({
      name: '李梅',
      email: 'mei@acme.example',
      isBot: false,
      isGuest: false,
    })
    expect(await messenger.profile('ou_nobody')).to.include({ kind: 'rejected' })
  })

  it('asks for those who come at once together, and for whom that does not tell alone', async () => {
    const asked = () =>
      world.feishu.calls.flatMap(({ method }) => (method.startsWith('contact') ? [method] : []))
    const crowd = [MEI, TOM, 'ou_nobody', MEI]
    const read = await Promise.all(crowd.map((id) => messenger.profile(id)))
    expect(read.map((one) => (one.kind === 'sent' ? one.value.name : one.kind))).to.deep.equal([
      '李梅',
      'Tom Berg',
      'rejected',
      '李梅',
    ])
    expect(asked()).to.deep.equal(['contact.v3.user.batch', 'contact.v3.user.get'])
  })

  it('asks for each alone when Feishu does not answer for all, and waits when it is asked too much', async () => {
    const several = () => Promise.all([MEI, TOM].map((id) => messenger.profile(id)))
    world.feishu.faults.failNext({ call: 'contact.v3.user.batch', mode: '500' })
    expect((await several()).map(({ kind }) => kind)).to.deep.equal(['sent', 'sent'])
    world.feishu.faults.failNext({ call: 'contact.v3.user.batch', mode: '429' })
    expect((await several()).map(({ kind }) => kind)).to.deep.equal(['rate_limited', 'rate_limited'])
  })

  it('whispers in the person’s own chat, where nobody else reads', async () => {
    await sent(messenger.whisper({ ...IT, thread: 'om_x' }, TOM, { text: ['only you'] }))
    expect(messagesOf(IT_DESK)).to.have.length(0)
    const [direct] = world.feishu.view(TOM).conversations.filter((one) => one.kind === 'direct')
    expect(JSON.stringify(direct?.messages)).to.contain('only you')
  })

  it('marks a message once however often it is asked, and takes the mark away', async () => {
    const ref = await sent(messenger.postCard(IT, CARD, 'k'))
    await world.feishu.gestures.react({
      userId: TOM,
      conversation: IT_DESK,
      messageId: ref.messageId,
      emoji: 'OK',
    })
    await sent(messenger.mark(ref))
    await sent(messenger.mark(ref))
    const by = (): string[] => (oneOf(ref.messageId)?.reactions ?? []).map(({ operator }) => operator.id)
    expect(by()).to.deep.equal([TOM, APP_ID])
    await sent(messenger.unmark(ref))
    await sent(messenger.unmark(ref))
    expect(by()).to.deep.equal([TOM])
  })

  describe('with files', () => {
    const bytes = Buffer.from([0, 1, 2, 255])
    const file = (name: string, mediaType: string) => ({ name, bytes: 4, mediaType, read: async () => bytes })
    const PICTURE = file('a.png', 'image/png')
    const LOG = file('日志.txt', 'text/plain')

    it('shows them below the words, byte for byte, in the same thread', async () => {
      const root = await sent(messenger.postCard(IT, CARD, 'root'))
      const to = { ...IT, thread: root.messageId }
      await sent(messenger.postWords(to, { text: ['look'], files: [PICTURE, LOG] }, 'k'))
      const [, words, picture, log] = messagesOf(IT_DESK)
      expect([words?.msgType, picture?.msgType, log?.msgType]).to.deep.equal(['post', 'image', 'file'])
      expect(picture?.rootId).to.equal(root.messageId)
      const keys = [JSON.parse(picture?.content ?? '').image_key, JSON.parse(log?.content ?? '').file_key]
      for (const key of keys) expect(world.feishu.fileBytes(key)).to.deep.equal(bytes)
      expect(world.feishu.state.files[keys[1]]?.name).to.equal('日志.txt')
    })

    it('shows them once when an answer was lost', async () => {
      world.feishu.faults.failNext({ call: 'im.v1.message.create', mode: 'cut_after_accept' })
      const words = { text: ['look'], files: [PICTURE] }
      expect(await messenger.postWords(IT, words, 'k')).to.include({ kind: 'unknown' })
      await sent(messenger.postWords(IT, words, 'k'))
      await sent(messenger.postWords(IT, words, 'k'))
      expect(messagesOf(IT_DESK).map((one) => one.msgType)).to.deep.equal(['post', 'image'])
    })

    it('takes them back with the words', async () => {
      const ref = await sent(messenger.postWords(IT, { text: ['look'], files: [PICTURE, LOG] }, 'k'))
      await sent(messenger.deleteMessage(ref))
      expect(messagesOf(IT_DESK).map((one) => one.recalled)).to.deep.equal([true, true, true])
    })

    it('takes them back with the words after a restart, too', async () => {
      const store = memory()
      const create = () =>
        createMessenger({
          api: createOpenApi({ appId: APP_ID, appSecret: APP_SECRET, domain: world.domain }),
          ...{ logger: world.log, hearsThreads: () => true, store },
        })
      const ref = await sent(create().postWords(IT, { text: ['look'], files: [PICTURE, LOG] }, 'k'))
      await sent(create().deleteMessage(ref))
      expect(messagesOf(IT_DESK).map((one) => one.recalled)).to.deep.equal([true, true, true])
    })

    it('takes the words back last, when all files are', async () => {
      const ref = await sent(messenger.postWords(IT, { text: ['look'], files: [PICTURE] }, 'k'))
      world.feishu.faults.failNext({ call: 'im.v1.message.delete', mode: '500' })
      expect(await messenger.deleteMessage(ref)).to.include({ kind: 'transient' })
      expect(messagesOf(IT_DESK).map((one) => one.recalled)).to.deep.equal([false, false])
      await sent(messenger.deleteMessage(ref))
      expect(messagesOf(IT_DESK).map((one) => one.recalled)).to.deep.equal([true, true])
    })

    it('says that it is unclear when they cannot be noted, and shows them once all the same', async () => {
      const store = memory()
      let fails = true
      const shaky = createMessenger({
        api: createOpenApi({ appId: APP_ID, appSecret: APP_SECRET, domain: world.domain }),
        ...{ logger: world.log, hearsThreads: () => true },
        store: {
          get: store.get,
          set: async (key, value) => {
            if (fails) throw new Error('the database is away')
            await store.set(key, value)
          },
        },
      })
      const words = { text: ['look'], files: [PICTURE] }
      expect(await shaky.postWords(IT, words, 'k')).to.include({ kind: 'unknown' })
      fails = false
      const ref = await sent(shaky.postWords(IT, words, 'k'))
      expect(messagesOf(IT_DESK).map((one) => one.msgType)).to.deep.equal(['post', 'image'])
      await sent(shaky.deleteMessage(ref))
      expect(messagesOf(IT_DESK).map((one) => one.recalled)).to.deep.equal([true, true])
    })

    it('posts nothing when the bytes do not arrive', async () => {
      world.feishu.faults.failNext({ call: 'im.v1.image.create', mode: '500' })
      expect(await messenger.postWords(IT, { text: ['x'], files: [PICTURE] }, 'k')).to.include({
        kind: 'transient',
      })
      expect(messagesOf(IT_DESK)).to.have.length(0)
    })

    it('fetches what somebody sent, up to a size', async () => {
      const { conversation = '' } = await world.feishu.gestures.openDirect({ userId: MEI })
      for (const [name, mimetype] of [
        ['shot.png', 'image/png'],
        ['a.log', 'text/plain'],
      ] as const) {
        const files = [{ name, mimetype, base64: bytes.toString('base64') }]
        await world.feishu.gestures.postMessage({ userId: MEI, conversation, files })
      }
      await world.feishu.idle()
      const inbound = world.accepted.flatMap((one) => (one.kind === 'message' ? one.files : []))
      expect(inbound.map((one) => one.name)).to.deep.equal(['image.png', 'a.log'])
      for (const one of inbound) {
        expect(await sent(messenger.fetchFile(one, 4))).to.deep.equal(bytes)
        expect(await messenger.fetchFile(one, 3)).to.deep.equal({ kind: 'rejected', reason: 'too_large' })
      }
      const [first] = inbound
      if (first === undefined) throw new Error('no file')
      expect(await messenger.fetchFile({ ...first, locator: 'https://evil.example' }, 4)).to.include({
        kind: 'rejected',
      })
    })
  })
})
