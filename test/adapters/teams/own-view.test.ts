import { expect } from 'chai'
import type { Button, Card } from '../../../src/cards/card.js'
import type { Fields } from '../../../src/sandbox/teams/types.js'
import {
  ANN,
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

const IT = { platform: 'teams', conversation: IT_DESK }
const VIEW = { verb: 'view', ticketId: 't1' } as const
const button = (label: string, verb: Button['action']['verb']): Button => ({
  kind: 'button',
  label,
  action: { verb, ticketId: 't1' },
})

/** The card of a ticket with these buttons, and a view of their own for those people. */
function cardWith(buttons: Button[], people: readonly Record<string, string>[] = []): Card {
  return {
    audience: 'team',
    locale: 'en',
    title: 'T',
    tone: 'info',
    summary: 'a card',
    elements: [{ kind: 'controls', controls: buttons }],
    ...(people.length === 0 ? {} : { ownView: { action: VIEW, people } }),
  }
}
const SHARED = cardWith([button('Claim', 'claim')], [{ teams: TOM }, { teams: ANN }, { slack: 'U1' }])
const OWN = cardWith([button('Reassign', 'reassign')], [{ teams: TOM }])

describe('a view of their own on Teams', () => {
  let world: World
  const heard = async (userId: string, mri: string): Promise<void> => {
    await post(world, activity(world, { id: `1-${mri}`, from: { id: mri, name: 'x', aadObjectId: userId } }))
  }
  async function start(options: Parameters<typeof startWorld>[0] = {}): Promise<void> {
    world = await startWorld(options)
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return click.action.verb === 'view' ? { kind: 'private', card: OWN } : { kind: 'nothing' }
    }
  }
  async function shown(card = SHARED): Promise<string> {
    const posted = await world.adapter.messenger.postCard(IT, card, 'k')
    if (posted.kind !== 'sent') throw new Error(JSON.stringify(posted))
    await world.teams.idle()
    return posted.value.messageId
  }
  beforeEach(() => start())
  afterEach(() => world.close())

  const seen = (userId: string): string => JSON.stringify(seenBy(world, userId, IT_DESK)[0]?.card)
  const refreshOf = (): Fields | undefined => {
    const [message] = world.teams.state.messages[IT_DESK] ?? []
    return (message?.attachments[0]?.content as { refresh?: Fields } | undefined)?.refresh
  }
  const views = () => world.clicks.filter(({ action }) => action.verb === 'view')

  it('is for those whom Teams can be told by name, and is shown to nobody else', async () => {
    await heard(TOM, '29:tom')
    await shown()
    expect(refreshOf()?.userIds).to.deep.equal(['29:tom'])
    expect(seen(TOM)).to.contain('Reassign').and.not.contain('Claim')
    expect(seen(ANN)).to.contain('Claim').and.not.contain('Reassign')
    expect(views()).to.have.length(1)
    expect(views()[0]).to.include({ userId: TOM }).and.not.have.property('on')
  })

  it('is asked for by nobody while Teams names none of them', async () => {
    await shown()
    expect(refreshOf()).to.equal(undefined)
    expect(views()).to.deep.equal([])
    expect(seen(TOM)).to.contain('Claim')
  })

  it('goes with the next change of the card, and is asked for again', async () => {
    await heard(TOM, '29:tom')
    const messageId = await shown()
    await world.adapter.messenger.updateCard({ ...IT, messageId }, cardWith([button('Reply', 'reply')]))
    await world.teams.idle()
    expect(seen(TOM)).to.contain('Reply').and.not.contain('Reassign')
    await world.adapter.messenger.updateCard({ ...IT, messageId }, SHARED)
    await world.teams.idle()
    expect(seen(TOM)).to.contain('Reassign')
    expect(views()).to.have.length(2)
  })

  it('works like the shared card: its buttons are of that message', async () => {
    await heard(TOM, '29:tom')
    const messageId = await shown(SHARED)
    const pressed = { userId: TOM, conversation: IT_DESK, messageId, action: 'Reassign' }
    expect(await world.teams.gestures.click(pressed)).to.include({ ok: true })
    expect(world.clicks.at(-1)).to.deep.include({
      action: { verb: 'reassign', ticketId: 't1' },
      on: { conversation: IT_DESK, messageId },
    })
  })

  const FAILING: [name: string, click: World['intake']['click']][] = [
    ['the desk has none for them', async () => ({ kind: 'nothing' })],
    ['the desk says why not', async () => ({ kind: 'private', card: cardWith([button('X', 'help')]) })],
    ['the desk fails', () => Promise.reject(new Error('away'))],
    [
      'it takes too long',
      () => new Promise((resolve) => setTimeout(resolve, 40, { kind: 'private', card: OWN })),
    ],
  ]
  for (const [name, click] of FAILING) {
    it(`is not there when ${name}: the shared card stays, and nobody is told`, async () => {
      await world.close()
      await start({ patience: { clickMs: 10 } })
      world.intake.click = click
      await heard(TOM, '29:tom')
      await shown()
      await until(() => world.teams.deliveries.some(({ kind }) => kind === 'invoke'))
      await world.adapter.stop()
      await world.teams.idle()
      expect(seen(TOM)).to.contain('Claim')
      expect(world.teams.view(TOM)).to.not.have.property('toast')
      const direct = world.teams.view(TOM).conversations.filter(({ kind }) => kind === 'direct')
      expect(direct.flatMap(({ messages }) => messages)).to.deep.equal([])
    })
  }

  it('names sixty people at most, and keeps within the size of a card', async () => {
    const people = Array.from({ length: 70 }, (_, i) => ({ teams: `person-${i}` }))
    for (const [i, { teams }] of people.entries()) await heard(teams, `29:${i}-${'x'.repeat(80)}`)
    const words = 'long '.repeat(4000)
    const card = cardWith([button('Claim', 'claim')], people)
    await shown({ ...card, elements: [{ kind: 'text', text: [words] }, ...card.elements] })
    expect(refreshOf()?.userIds).to.have.length(60)
    const [message] = world.teams.state.messages[IT_DESK] ?? []
    expect(JSON.stringify(message?.attachments[0]?.content).length).to.be.at.most(25_000)
  })

  it('is nobody’s who only says so: the desk is asked by whom the token vouches for', async () => {
    const value = { action: { type: 'Action.Execute', verb: 'view', data: { a: JSON.stringify(VIEW) } } }
    const conversation = { conversationType: 'channel', isGroup: true, id: IT_DESK, tenantId: TENANT }
    const body = activity(world, { type: 'invoke', name: 'adaptiveCard/action', value, conversation })
    expect((await post(world, body, { authorization: 'Bearer a.b.c' })).status).to.equal(401)
    expect(views()).to.deep.equal([])
    await post(world, body)
    expect(views().map(({ userId }) => userId)).to.deep.equal([MEI])
  })
})
