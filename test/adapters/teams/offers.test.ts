import { expect } from 'chai'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Messenger, OutFile } from '../../../src/delivery/messenger.js'
import type { VisibleMessage } from '../../../src/sandbox/teams/types.js'
import {
  activity,
  IT_DESK,
  MEI,
  post,
  seenBy,
  startWorld,
  TENANT,
  TOM,
  until,
  type World,
} from './support.js'
import { startTrap, type Trap } from './trap.js'

const LOG = Buffer.from('what the printer said')
const KEPT = new Map([
  ['f-log', LOG],
  ['f-big', Buffer.alloc(70_000, 7)],
])
const file = (id: string, name: string, mediaType = 'text/plain'): OutFile => ({
  id,
  name,
  mediaType,
  bytes: KEPT.get(id)?.length ?? 0,
  url: `https://desk.example/files/${id}`,
  read: async () => KEPT.get(id) ?? Buffer.alloc(0),
})
const WORDS = { text: ['see the log'], files: [file('f-log', 'printer log.txt')] }

describe('files that Teams people are offered', () => {
  let world: World
  let messenger: Messenger
  let chat: string
  let reads: string[]
  let trap: Trap

  async function start(more: Parameters<typeof startWorld>[0] = {}): Promise<void> {
    world = await startWorld({
      fileBytes: async (id) => {
        reads.push(id)
        return KEPT.get(id)
      },
      ...more,
    })
    messenger = world.adapter.messenger
    const opened = await messenger.openDirect(MEI)
    chat = opened.kind === 'sent' ? opened.value : ''
  }
  beforeEach(async () => {
    reads = []
    trap = await startTrap()
    await start()
  })
  afterEach(async () => {
    await world.close()
    trap.server.close()
  })

  const seen = (): VisibleMessage[] => seenBy(world, MEI, chat).filter(({ deleted }) => !deleted)
  const offers = () => seen().filter(({ offer }) => offer !== undefined)
  const say = (key = 'k', to = chat) =>
    messenger.postWords({ platform: 'teams', conversation: to }, WORDS, key)
  const answer = (accept: boolean, messageId = offers()[0]?.messageId ?? '') =>
    world.teams.gestures.answerFileConsent({ userId: MEI, conversation: chat, messageId, accept })
  const uploads = () => world.teams.calls.filter(({ call }) => call === 'upload')
  /** Another process takes over: nothing but the store is left. */
  async function restart(): Promise<FastifyInstance> {
    const server = Fastify()
    world.another().register(server)
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    world.teams.configure({ requestUrl: `${url}/teams/messages` })
    return server
  }
  /** What the card of the first offer gives back. */
  function token(): string {
    const [card] = offers()[0]?.attachments ?? []
    const content = card?.content as { acceptContext?: { offer?: unknown } } | undefined
    return String(content?.acceptContext?.offer)
  }
  /** An answer as a client that was tampered with would send it. */
  const invoke = (more: { offer?: string; uploadUrl?: string } = {}, change: object = {}) =>
    activity(world, {
      type: 'invoke',
      id: 'f:1',
      name: 'fileConsent/invoke',
      text: undefined,
      conversation: { conversationType: 'personal', tenantId: TENANT, id: chat },
      value: {
        type: 'fileUpload',
        action: 'accept',
        context: { offer: more.offer ?? token() },
        uploadInfo: {
          uploadUrl: more.uploadUrl ?? trap.url,
          contentUrl: 'https://contoso-my.sharepoint.com/personal/x',
          name: 'x.txt',
          uniqueId: 'U-1',
          fileType: 'txt',
        },
      },
      ...change,
    })

  it('stand beside the words as a card of their own, without a link in them', async () => {
    expect(await say()).to.include({ kind: 'sent' })
    const [words, card] = seen()
    expect(words?.text).to.contain('📎 printer log.txt').and.not.contain('http')
    expect(card?.offer).to.deep.equal({
      name: 'printer log.txt',
      size: LOG.length,
      description: 'From the service desk. If you allow it, it is saved with your own files.',
      isAnswered: false,
    })
    expect(reads).to.deep.equal([])
  })

  it('are not offered where they are shown, are empty, or where several people read', async () => {
    KEPT.set('f-small', Buffer.alloc(300, 7))
    const files = [file('f-small', 'a.png', 'image/png'), file('f-empty', 'empty.txt')]
    await messenger.postWords({ platform: 'teams', conversation: chat }, { text: ['x'], files }, 'k')
    await say('k2', IT_DESK)
    expect(offers()).to.deep.equal([])
    const [inChannel] = world.teams.state.messages[IT_DESK] ?? []
    expect(inChannel?.text).to.contain('<a href="https://desk.example/files/f-log">printer log.txt</a>')
    expect(inChannel?.attachments).to.deep.equal([])
  })

  it('are put where the person’s client says when they are taken, and shown in place of the offer', async () => {
    await say()
    expect(await answer(true)).to.include({ ok: true, status: 200 })
    await until(() => offers().length === 0)
    const [shown] = seen().at(-1)?.files ?? []
    expect(shown).to.include({ name: 'printer log.txt', size: LOG.length })
    expect(world.teams.fileBytes(shown?.id ?? '')).to.deep.equal(LOG)
    expect(seen()).to.have.length(2)
  })

  it('go nowhere when they are declined, and a line says so', async () => {
    await say()
    expect(await answer(false)).to.include({ ok: true, status: 200 })
    expect(seen().at(-1)?.text).to.equal('📎 printer log.txt 没有保存。')
    expect(offers()).to.deep.equal([])
    expect(uploads()).to.deep.equal([])
  })

  it('can be taken after a restart', async () => {
    await say()
    const server = await restart()
    expect(await answer(true)).to.include({ ok: true, status: 200 })
    await until(() => offers().length === 0)
    expect(seen().at(-1)?.files?.[0]).to.include({ name: 'printer log.txt', size: LOG.length })
    await server.close()
  })

  it('are offered once, and their words said once, however often Teams says later', async () => {
    world.teams.faults.failNext({ call: 'sendToConversation', mode: '429', retryAfterS: 3 })
    expect(await say()).to.include({ kind: 'rate_limited' })
    expect(seen()).to.deep.equal([])
    const files = [...WORDS.files, file('f-big', 'photo.bmp', 'image/bmp')]
    const both = () =>
      messenger.postWords({ platform: 'teams', conversation: chat }, { ...WORDS, files }, 'k')
    let posts = 0
    const unwatch = world.teams.onChange(({ kind, by }) => {
      if (kind !== 'message_posted' || by !== 'bot') return
      posts += 1
      // behind the words, and behind the first offer
      world.teams.faults.failNext({ call: 'sendToConversation', mode: '429' })
    })
    for (const standing of [1, 2]) {
      expect(await both()).to.include({ kind: 'rate_limited' })
      expect(posts).to.equal(standing)
      world.teams.faults.clear()
    }
    const there = { platform: 'teams', conversation: chat }
    const since = new Date(0)
    const bare = await messenger.findPosted(there, 'k', since, { bare: true })
    expect(seen()).to.have.length(2)
    const found = await messenger.findPosted(there, 'k', since)
    expect(found).to.deep.equal(bare)
    unwatch()
    world.teams.faults.clear()
    expect(await both()).to.deep.equal(found)
    expect(seen().map(({ offer }) => offer?.name)).to.deep.equal([undefined, 'printer log.txt', 'photo.bmp'])
  })

  it('are taken back with their words', async () => {
    const said = await say()
    if (said.kind !== 'sent') throw new Error(said.kind)
    const late = invoke({ uploadUrl: `${world.teams.serviceUrl}upload/x` })
    expect(await messenger.deleteMessage(said.value)).to.include({ kind: 'sent' })
    expect(seen()).to.deep.equal([])
    expect((await post(world, late)).status).to.equal(200)
    expect(uploads()).to.deep.equal([])
    expect(reads).to.deep.equal([])
  })

  it('that the desk has no more are named as such', async () => {
    await messenger.postWords(
      { platform: 'teams', conversation: chat },
      { text: ['x'], files: [{ ...file('f-lost', 'lost.txt'), bytes: 9 }] },
      'k',
    )
    expect(await answer(true)).to.include({ ok: true })
    expect(seen().at(-1)?.text).to.equal('📎 lost.txt 已经不可用。')
    expect(uploads()).to.deep.equal([])
  })

  it('that could not be put there are offered again, and a line says so', async () => {
    await say()
    world.teams.faults.failNext({ call: 'upload', mode: '500' })
    expect(await answer(true)).to.include({ ok: true, status: 200 })
    expect(seen().at(-1)?.text).to.equal('📎 printer log.txt 没有保存成功，请再试一次。')
    expect(await answer(true)).to.include({ ok: true, status: 200 })
    expect(offers()).to.deep.equal([])
    expect(seen().at(-1)?.files).to.have.length(1)
  })

  it('are shown again when showing them failed, and not put there twice', async () => {
    await say()
    world.teams.faults.failNext({ call: 'sendToConversation', mode: '500' })
    await answer(true)
    expect(seen()).to.have.length(2)
    await answer(true)
    expect(seen().at(-1)?.files).to.have.length(1)
    expect(offers()).to.deep.equal([])
    expect(uploads()).to.have.length(1)
  })

  it('are put there once when somebody presses twice', async () => {
    await say()
    await Promise.all([answer(true), answer(true)])
    await until(() => offers().length === 0)
    expect(uploads()).to.have.length(1)
  })

  it('that take long are answered in time, and follow', async () => {
    await world.close()
    await start({ patience: { clickMs: 5 } })
    await say()
    world.teams.faults.slow(60)
    expect(await answer(true)).to.include({ ok: true, status: 200 })
    world.teams.faults.slow(0)
    await until(() => seen().at(-1)?.files?.length === 1)
  })

  it('go to nobody else, from no other chat, and by no other name', async () => {
    await say()
    const uploadUrl = `${world.teams.serviceUrl}upload/x`
    const forged = [
      invoke({ uploadUrl }, { from: { id: '29:tom', name: 'Tom Berg', aadObjectId: TOM } }),
      invoke(
        { uploadUrl },
        { conversation: { conversationType: 'personal', id: 'a:other', tenantId: TENANT } },
      ),
      invoke({ uploadUrl, offer: '0'.repeat(26) }),
      invoke({ uploadUrl, offer: '../../files' }),
    ]
    for (const each of forged) expect((await post(world, each)).status).to.equal(403)
    const inChannel = {
      conversation: { conversationType: 'channel', isGroup: true, id: IT_DESK, tenantId: TENANT },
    }
    expect((await post(world, invoke({ uploadUrl }, inChannel))).status).to.equal(501)
    expect(uploads()).to.deep.equal([])
    expect(reads).to.deep.equal([])
    expect(offers()).to.have.length(1)
  })

  it('go to no address but people’s storage, whoever asks', async () => {
    await say()
    const headers = { authorization: 'Bearer a.b.c' }
    expect((await post(world, invoke(), headers)).status).to.equal(401)
    expect((await post(world, invoke())).status).to.equal(403)
    for (const uploadUrl of [
      'https://evil.example/upload',
      'https://acme.sharepoint.com.evil.example/upload',
      'https://evilsharepoint.com/upload',
      'https://user@acme-my.sharepoint.com/upload',
      'https://acme-my.sharepoint.com:8443/upload',
      'http://acme-my.sharepoint.com/upload',
      'https://169.254.169.254/latest',
      'file:///etc/passwd',
      'x',
    ]) {
      expect((await post(world, invoke({ uploadUrl }))).status, uploadUrl).to.equal(403)
    }
    expect(trap.got).to.deep.equal([])
    expect(reads).to.deep.equal([])
  })
})
