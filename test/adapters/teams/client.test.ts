import { expect } from 'chai'
import type { Card } from '../../../src/cards/card.js'
import type { Messenger } from '../../../src/delivery/messenger.js'
import {
  ANN,
  activity,
  BOB,
  IT_DESK,
  MEI,
  post,
  seenBy,
  startWorld,
  TOM,
  until,
  type World,
} from './support.js'

const IT = { platform: 'teams', conversation: IT_DESK }
const CARD: Card = {
  audience: 'team',
  locale: 'en',
  title: 'T',
  tone: 'info',
  summary: 'a card',
  elements: [{ kind: 'text', text: ['x'] }],
}

describe('the messenger of Teams', () => {
  let world: World
  let messenger: Messenger
  beforeEach(async () => {
    world = await startWorld()
    messenger = world.adapter.messenger
  })
  afterEach(() => world.close())

  async function direct(userId: string): Promise<string> {
    const opened = await messenger.openDirect(userId)
    if (opened.kind !== 'sent') throw new Error(JSON.stringify(opened))
    return opened.value
  }
  const callsOf = (call: string): number => world.teams.calls.filter((each) => each.call === call).length

  it('knows whether it hears what mentions nobody', async () => {
    expect(messenger.hearsThreads?.()).to.equal(true)
    await world.close()
    world = await startWorld({ hearsThreads: false })
    expect(world.adapter.messenger.hearsThreads?.()).to.equal(false)
  })

  it('opens a chat with somebody who never wrote, and remembers it', async () => {
    const conversation = await direct(MEI)
    expect(await direct(MEI)).to.equal(conversation)
    expect(await await world.another().messenger.openDirect(MEI)).to.deep.equal({
      kind: 'sent',
      value: conversation,
    })
    expect(callsOf('createConversation')).to.equal(1)
    const posted = await messenger.postWords({ platform: 'teams', conversation }, { text: ['hello'] }, 'k')
    expect(posted.kind).to.equal('sent')
    expect(seenBy(world, MEI, conversation)).to.have.length(1)
  })

  it('says that somebody without the app cannot be reached', async () => {
    expect(await messenger.openDirect(BOB)).to.deep.equal({
      kind: 'gone',
      reason: 'BotNotInConversationRoster',
    })
  })

  it('does not write where the app was removed, even while Teams would take it', async () => {
    const { conversation = '' } = await world.teams.gestures.openDirect({ userId: MEI })
    await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'hi' })
    await until(() => world.accepted.length > 0)
    await world.teams.gestures.uninstall({ userId: MEI })
    await world.teams.idle()
    world.teams.resetLog()
    const there = { platform: 'teams', conversation }
    expect(await messenger.postCard(there, CARD, 'k')).to.deep.equal({ kind: 'gone', reason: 'app_removed' })
    expect(callsOf('sendToConversation')).to.equal(0)
    await world.teams.gestures.install({ userId: MEI })
    await world.teams.idle()
    expect(await messenger.postCard(there, CARD, 'k')).to.include({ kind: 'sent' })
  })

  it('writes to the newest address that a conversation named', async () => {
    await post(world, activity(world))
    expect(world.store.kept.get('service:a:1mei')).to.equal(world.teams.serviceUrl)
    expect(world.store.kept.get('service')).to.equal(world.teams.serviceUrl)
  })

  it('puts a reply into its thread, under the author’s name', async () => {
    const root = await messenger.postCard(IT, CARD, 'k')
    const thread = root.kind === 'sent' ? root.value.messageId : ''
    const author = { name: 'Ann <Lee>' }
    const said = await messenger.postWords({ ...IT, thread }, { text: ['a <b> & c\nd'], author }, 'k2')
    const ref = said.kind === 'sent' ? said.value : { ...IT, messageId: '' }
    const [, reply] = world.teams.state.messages[IT_DESK] ?? []
    expect(reply).to.include({ thread, text: '<b>Ann &lt;Lee&gt;</b><br>a &lt;b&gt; &amp; c<br>d' })
    expect(await messenger.editWords(ref, { text: ['changed'], author })).to.include({ kind: 'sent' })
    expect(reply?.text).to.equal('<b>Ann &lt;Lee&gt;</b><br>changed')
    expect(await messenger.deleteMessage(ref)).to.include({ kind: 'sent' })
    expect(reply?.deleted).to.equal(true)
  })

  it('mentions by the name that Teams wants, once it is known', async () => {
    const ann = { kind: 'person', id: 'p', name: 'Ann Lee', notify: true, userIds: { teams: ANN } } as const
    await messenger.postWords(IT, { text: ['ask ', ann] }, 'k')
    await post(world, activity(world, { from: { id: '29:ann', name: 'Ann Lee', aadObjectId: ANN } }))
    await messenger.postWords(IT, { text: ['ask ', ann] }, 'k')
    const [before, after] = world.teams.state.messages[IT_DESK] ?? []
    expect(before).to.deep.include({ text: 'ask Ann Lee', mentions: [] })
    expect(after).to.deep.include({
      text: 'ask <at>Ann Lee</at>',
      mentions: [{ id: ANN, name: 'Ann Lee', text: '<at>Ann Lee</at>' }],
    })
  })

  it('whispers in the person’s own chat', async () => {
    expect(await messenger.whisper(IT, TOM, { text: ['only you'] })).to.include({ kind: 'sent' })
    expect(seenBy(world, TOM, IT_DESK)).to.deep.equal([])
    expect(seenBy(world, TOM, await direct(TOM))).to.have.length(1)
  })

  it('knows what the roster says of somebody who never wrote', async () => {
    expect(await messenger.profile(TOM)).to.deep.equal({
      kind: 'sent',
      value: { name: 'Tom Berg', email: 'tom@acme.example', isBot: false, isGuest: false },
    })
  })

  it('keeps language and zone from what a person’s client sends', async () => {
    const { conversation = '' } = await world.teams.gestures.openDirect({ userId: MEI })
    await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'hi' })
    await until(() => world.accepted.length > 0)
    expect(await messenger.profile(MEI)).to.deep.include({
      value: {
        name: '李梅',
        email: 'mei@acme.example',
        locale: 'zh-CN',
        zone: 'Asia/Shanghai',
        isBot: false,
        isGuest: false,
      },
    })
  })

  it('gets a new token when the service takes the old one no more', async () => {
    expect(await messenger.postCard(IT, CARD, 'k')).to.include({ kind: 'sent' })
    world.teams.expireTokens()
    expect(await messenger.postCard(IT, CARD, 'k')).to.include({ kind: 'transient' })
    expect(await messenger.postCard(IT, CARD, 'k')).to.include({ kind: 'sent' })
    expect(callsOf('token')).to.equal(2)
  })

  it('asks for one token however many wait for it', async () => {
    await Promise.all(Array.from({ length: 8 }, () => messenger.postCard(IT, CARD, 'k')))
    expect(callsOf('token')).to.equal(1)
  })

  it('shows small pictures, and names what Teams takes from no bot', async () => {
    const file = (name: string, mediaType: string, bytes: number) => ({
      name,
      mediaType,
      bytes,
      read: async () => Buffer.alloc(bytes, 7),
    })
    const files = [
      file('small.png', 'image/png', 30_000),
      file('second.png', 'image/png', 30_000),
      file('log.txt', 'text/plain', 10),
      { ...file('lost.gif', 'image/gif', 10), read: async () => Promise.reject(new Error('gone')) },
      file('third.jpg', 'image/jpeg', 300),
    ]
    expect(await messenger.postWords(IT, { text: ['look'], files }, 'k')).to.include({ kind: 'sent' })
    const [message] = world.teams.state.messages[IT_DESK] ?? []
    expect(message?.attachments.map(({ name }) => name)).to.deep.equal(['small.png', 'third.jpg'])
    for (const { name } of files) expect(message?.text).to.contain(name)
  })

  it('cannot react, and says so', async () => {
    expect(await messenger.mark({ ...IT, messageId: '1' })).to.deep.equal({
      kind: 'rejected',
      reason: 'no_reactions',
    })
  })

  it('fetches what was sent in a personal chat, within the size that is asked for', async () => {
    const { conversation = '' } = await world.teams.gestures.openDirect({ userId: MEI })
    const file = {
      name: 'log.txt',
      mimetype: 'text/plain',
      base64: Buffer.from('twelve bytes').toString('base64'),
    }
    await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'see', files: [file] })
    await until(() => world.accepted.length > 0)
    const [event] = world.accepted
    const [sent] = event?.kind === 'message' ? event.files : []
    if (sent === undefined) throw new Error('no file')
    expect(sent.name).to.equal('log.txt')
    expect(await messenger.fetchFile(sent, 100)).to.deep.equal({
      kind: 'sent',
      value: Buffer.from('twelve bytes'),
    })
    expect(await messenger.fetchFile(sent, 5)).to.deep.equal({ kind: 'rejected', reason: 'too_large' })
  })

  for (const locator of [
    'http://acme.sharepoint.com/x',
    'https://127.0.0.1/x',
    'https://localhost/x',
    'https://10.0.0.1/x',
    'https://[::1]/x',
    'https://db.internal/x',
    'https://intranet/x',
    'file:///etc/passwd',
    'x',
  ]) {
    it(`fetches nothing from ${locator}`, async () => {
      const file = { id: 'f', name: 'x', bytes: 0, locator }
      expect(await messenger.fetchFile(file, 100)).to.deep.equal({ kind: 'rejected', reason: 'address' })
    })
  }
})
