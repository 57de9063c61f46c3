import { expect } from 'chai'
import { createTeamsAdapter, type TeamsOptions } from '../../../src/adapters/teams/index.js'
import { keptLog } from '../../support/kept-log.js'
import { AT, IT_DESK, MEI, mapStore, seenBy, startWorld, TENANT, until, type World } from './support.js'
import { startTrap } from './trap.js'

const OPTIONS: Omit<TeamsOptions, 'auth'> = {
  store: mapStore(),
  logger: keptLog(),
  now: () => AT,
  intake: { accept: async () => undefined, click: async () => ({ kind: 'nothing' }) },
}
const APP = { kind: 'app', appId: 'a', appPassword: 'p', tenantId: 't' } as const

describe('the first words on Teams', () => {
  for (const empty of ['appId', 'appPassword', 'tenantId'] as const) {
    it(`are never said by an adapter without ${empty}: everybody would be let in`, () => {
      expect(() => createTeamsAdapter({ ...OPTIONS, auth: { ...APP, [empty]: '' } })).to.throw(/empty/)
    })
  }

  it('name the tenant in both places where Teams has looked for it', async () => {
    const service = await startTrap((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"a:1"}')
    })
    const { messenger } = createTeamsAdapter({
      ...OPTIONS,
      auth: { kind: 'anonymous' },
      serviceUrls: [new URL('/teams/', service.url).href],
      store: mapStore(
        new Map([
          ['bot', '28:paidan'],
          ['tenant', TENANT],
        ]),
      ),
    })
    expect(await messenger.openDirect(MEI)).to.deep.equal({ kind: 'sent', value: 'a:1' })
    expect(service.got).to.have.length(1)
    expect(JSON.parse(service.got[0]?.body ?? '')).to.deep.equal({
      isGroup: false,
      bot: { id: '28:paidan' },
      members: [{ id: MEI }],
      tenantId: TENANT,
      channelData: { tenant: { id: TENANT } },
    })
    service.server.close()
  })

  describe('in a chat', () => {
    let world: World
    beforeEach(async () => {
      world = await startWorld()
    })
    afterEach(() => world.close())

    const opened = (): number => world.teams.calls.filter(({ call }) => call === 'createConversation').length

    for (const mode of ['403', '404'] as const) {
      it(`that answered ${mode} go by asking Teams again, which knows the same chat`, async () => {
        const { messenger } = world.adapter
        const first = await messenger.openDirect(MEI)
        const conversation = first.kind === 'sent' ? first.value : ''
        const words = { text: ['hello'] }
        world.teams.faults.failNext({ call: 'sendToConversation', mode })
        const there = { platform: 'teams', conversation }
        expect(await messenger.postWords(there, words, 'k')).to.include({ kind: 'gone' })
        expect(await messenger.openDirect(MEI)).to.deep.equal(first)
        expect(opened()).to.equal(2)
        expect(await messenger.postWords(there, words, 'k')).to.include({ kind: 'sent' })
        expect(seenBy(world, MEI, conversation)).to.have.length(1)
      })
    }

    it('are asked for once, though Teams tells twice that the app is there', async () => {
      await world.teams.gestures.uninstall({ userId: MEI })
      await world.teams.idle()
      await world.teams.gestures.install({ userId: MEI })
      await world.teams.idle()
      const told = world.teams.deliveries.map(({ type }) => type)
      // the two of one gesture go out at once
      expect(told).to.have.members(['installationUpdate', 'installationUpdate', 'conversationUpdate'])
      expect(world.accepted.map(({ kind }) => kind)).to.deep.equal(['presence'])
    })

    it('may be a picture, which is fetched with our token and not without', async () => {
      const { conversation = '' } = await world.teams.gestures.openDirect({ userId: MEI })
      const base64 = Buffer.from('a picture').toString('base64')
      const files = [{ name: 'a.png', mimetype: 'image/png', base64, inline: true }]
      await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'see', files })
      await until(() => world.accepted.length > 0)
      const [event] = world.accepted
      const [sent] = event?.kind === 'message' ? event.files : []
      if (sent === undefined) throw new Error('no picture')
      expect((await fetch(sent.locator)).status).to.equal(401)
      expect(await world.adapter.messenger.fetchFile(sent, 100)).to.deep.equal({
        kind: 'sent',
        value: Buffer.from('a picture'),
      })
    })

    it('in a channel stand behind six buttons at most, and nothing is lost behind the seventh', async () => {
      const controls = Array.from({ length: 9 }, (_, i) => ({
        kind: 'button' as const,
        label: `B${i}`,
        action: { verb: 'help' as const },
      }))
      await world.adapter.messenger.postCard(
        { platform: 'teams', conversation: IT_DESK },
        {
          audience: 'team',
          locale: 'en',
          title: 'T',
          tone: 'info',
          summary: 's',
          elements: [{ kind: 'controls', controls }],
        },
        'k',
      )
      const [message] = world.teams.state.messages[IT_DESK] ?? []
      const card = message?.attachments[0]?.content as {
        body: { actions?: { title: string; mode?: string }[] }[]
      }
      const actions = card.body.flatMap((each) => each.actions ?? [])
      expect(actions.map(({ title }) => title)).to.deep.equal(controls.map(({ label }) => label))
      expect(actions.filter(({ mode }) => mode !== 'secondary')).to.have.length(6)
    })
  })
})
