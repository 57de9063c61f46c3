import { expect } from 'chai'
import { createTeamsPlatform } from '../../../src/sandbox/teams/emulator.js'
import type { TeamsChange } from '../../../src/sandbox/teams/types.js'
import {
  cardAttachment,
  IT,
  type Json,
  MEI,
  request,
  SEED,
  startWorld,
  TOM,
  ticketCard,
  until,
  type World,
} from './support.js'

describe('the Teams emulator’s memory', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  const gesture = (name: string, body: unknown) =>
    request('POST', `${world.url}/sandbox/teams/gestures/${name}`, { body })

  it('shows a person their conversations as they are', async () => {
    const { conversation = '' } = await world.teams.gestures.openDirect({ userId: MEI })
    await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'VPN' })
    await world.call('POST', `conversations/${conversation}/activities`, {
      type: 'message',
      attachments: [cardAttachment(ticketCard())],
    })
    const view = world.teams.view(MEI)
    expect(view.conversations.map((each) => [each.id, each.name, each.kind, each.unread])).to.deep.equal([
      [conversation, 'Paidan', 'direct', 1],
    ])
    const [own, card] = view.conversations[0]?.messages ?? []
    expect(own).to.deep.include({
      text: 'VPN',
      html: '<p>VPN</p>',
      author: { id: MEI, name: '李梅', isBot: false },
      at: '2026-11-20T08:00:00.000Z',
    })
    expect(card?.card).to.deep.equal(ticketCard())
    expect(card?.author).to.deep.equal({ id: SEED.bot.id, name: 'Paidan', isBot: true })
    expect(card).not.to.have.property('onlyFor')
  })

  it('gives copies away', async () => {
    await world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: 'x' })
    const view = world.teams.view(TOM)
    for (const each of view.conversations) each.messages.length = 0
    const [kept] = world.teams.view(TOM).conversations.filter((each) => each.id === IT)
    expect(kept?.messages).to.have.lengthOf(1)
  })

  it('comes back from a snapshot: messages, files, key and installations', async () => {
    const { conversation = '' } = await world.teams.gestures.openDirect({ userId: MEI })
    const files = [{ name: 'a.txt', base64: Buffer.from('bytes').toString('base64') }]
    await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'x', files })
    await world.teams.gestures.uninstall({ userId: TOM })
    await world.teams.idle()
    const snapshot = JSON.parse(JSON.stringify(world.teams.snapshot()))
    const again = await startWorld({ rateLimits: false, snapshot })
    try {
      expect(again.teams.view(MEI).conversations).to.deep.equal(world.teams.view(MEI).conversations)
      const [fileId = ''] = Object.keys(again.teams.state.files)
      expect(again.teams.fileBytes(fileId)?.toString()).to.equal('bytes')
      expect((await again.teams.gestures.openDirect({ userId: TOM })).error).to.equal('app_not_installed')
      const keys = (at: string) => request('GET', `${at}/teams/openid/.well-known/keys`, {})
      expect((await keys(again.url)).json).to.deep.equal((await keys(world.url)).json)
      // A token of before is still good: the bot keeps it for an hour.
      const before = await again.call('GET', `conversations/${IT}/members`, undefined, await world.token())
      expect(before.status).to.equal(200)
      const next = await again.teams.gestures.postMessage({ userId: MEI, conversation, text: 'y' })
      const ids = again.teams.view(MEI).conversations[0]?.messages.map((each) => each.messageId)
      expect(ids).to.deep.equal([...new Set(ids)])
      expect(next.messageId).to.equal(ids?.at(-1))
    } finally {
      await again.close()
    }
  })

  it('takes new people and channels of a seed into a snapshot', () => {
    const [first] = SEED.users
    const teams = createTeamsPlatform({
      seed: {
        ...SEED,
        users: [
          ...SEED.users,
          { ...(first as NonNullable<typeof first>), aadObjectId: 'new', mri: '29:new' },
        ],
      },
      snapshot: world.teams.snapshot(),
      requestUrl: 'http://127.0.0.1:1',
      publicUrl: 'http://127.0.0.1:1',
      now: () => new Date(0),
    })
    expect(Object.keys(teams.state.users)).to.include.members(['new', MEI])
  })

  it('tells what changed, and how far back it knows', async () => {
    const heard: TeamsChange[] = []
    const stop = world.teams.onChange((change) => heard.push(change))
    await world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: 'x' })
    await world.teams.idle()
    stop()
    expect(heard.map((each) => each.kind)).to.deep.equal(['message_posted', 'delivery'])
    const from = (heard[0]?.version ?? 1) - 1
    expect(world.teams.changesSince(from).changes).to.deep.equal(heard)
  })

  describe('over HTTP', () => {
    it('lets a page do what a person does', async () => {
      const posted = await gesture('postMessage', { userId: TOM, conversation: IT, text: 'x' })
      expect(posted.json).to.include({ ok: true, conversation: IT })
      const view = await request('GET', `${world.url}/sandbox/teams/view/${TOM}`, {})
      const found = (view.json.conversations as Json[]).find((each) => each.id === IT)
      expect((found?.messages as Json[] | undefined)?.[0]).to.include({ text: 'x' })
    })

    it('answers what Teams would refuse with 200 and the reason', async () => {
      const refused = await gesture('postMessage', { userId: MEI, conversation: IT, text: 'x' })
      expect([refused.status, refused.json]).to.deep.equal([200, { ok: false, error: 'not_in_conversation' }])
    })

    const wrong: [string, string, unknown, number][] = [
      ['an unknown gesture', 'fly', {}, 404],
      ['one that every object has', 'constructor', {}, 404],
      ['a missing argument', 'postMessage', { userId: TOM }, 400],
      ['an argument too many', 'openDirect', { userId: TOM, x: 1 }, 400],
      ['no JSON', 'openDirect', '{', 400],
    ]
    for (const [name, path, body, status] of wrong) {
      it(`refuses ${name}`, async () => {
        expect((await gesture(path, body)).status).to.equal(status)
      })
    }

    it('breaks things and mends them', async () => {
      const fault = (name: string, body: unknown) =>
        request('POST', `${world.url}/sandbox/teams/faults/${name}`, { body })
      expect((await fault('failNext', { call: 'getTeam', mode: '412' })).json.failNext).to.have.lengthOf(1)
      expect((await fault('failNext', { call: 'fly', mode: '412' })).status).to.equal(400)
      expect((await fault('down', { ms: 10 })).json.downMsLeft).to.equal(10)
      expect((await fault('clear', {})).json).to.deep.include({ downMsLeft: 0, failNext: [] })
    })

    it('gives files as downloads, and 404 for others', async () => {
      const files = [{ name: '说明.txt', base64: Buffer.from('bytes').toString('base64') }]
      await world.teams.gestures.postMessage({ userId: TOM, conversation: IT, files })
      const [fileId = ''] = Object.keys(world.teams.state.files)
      const found = await request('GET', `${world.url}/sandbox/teams/files/${fileId}`, {})
      expect([found.text, found.headers.get('x-content-type-options')]).to.deep.equal(['bytes', 'nosniff'])
      expect(found.headers.get('content-disposition')).to.include('attachment')
      expect((await request('GET', `${world.url}/sandbox/teams/files/nothing`, {})).status).to.equal(404)
      expect((await request('GET', `${world.url}/sandbox/teams/view/nobody`, {})).status).to.equal(404)
    })

    it('streams changes until it is closed', async () => {
      const response = await fetch(`${world.url}/sandbox/teams/stream`)
      let text = ''
      const reading = (async () => {
        for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
      })()
      await until(() => text.includes('event: hello'))
      await world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: 'x' })
      await until(() => text.includes('"kind":"message_posted"'))
      world.teams.close()
      await reading
    })
  })
})
