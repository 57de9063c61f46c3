import { expect } from 'chai'
import { encodeAction } from '../../../src/adapters/slack/action-codec.js'
import type { Card } from '../../../src/cards/card.js'
import { t } from '../../../src/i18n/t.js'
import { card } from './stage.js'
import { startWorld, until, type World } from './support.js'

const CLAIM = { verb: 'claim', ticketId: 'ticket-1' } as const
const page = (words: string, rows = 1): Card => ({
  ...card(words),
  elements: Array.from({ length: rows }, (_, i) => ({
    kind: 'rows' as const,
    rows: [{ text: [`${words} ${i}`], control: { kind: 'button' as const, label: 'Claim', action: CLAIM } }],
  })),
})

describe('the Home tab', () => {
  let world: World
  let asked: string[]
  let shown: Card
  beforeEach(async () => {
    world = await startWorld()
    asked = []
    shown = page('one')
    world.intake.home = async ({ platform, userId }) => {
      asked.push(`${platform} ${userId}`)
      return { kind: 'private', card: shown }
    }
  })
  afterEach(() => world.close())

  const tab = () => world.slack.state.views[world.slack.state.homes.U0TOM ?? '']
  const modal = () => world.slack.state.views[world.slack.state.modals.U0TOM?.at(-1) ?? '']
  const calls = (method: string) => world.slack.calls.filter((call) => call.method === method).length

  async function opened(): Promise<void> {
    const before = calls('views.publish')
    await world.slack.gestures.openHome({ userId: 'U0TOM' })
    await until(() => calls('views.publish') > before)
  }
  async function clicked(place: { viewId?: string }): Promise<void> {
    const blocks = world.slack.state.views[place.viewId ?? '']?.blocks ?? []
    const elements = blocks.flatMap((block) => (block.accessory ?? []) as { action_id: string })
    await world.slack.gestures.click({ userId: 'U0TOM', ...place, actionId: elements[0]?.action_id ?? '' })
  }

  it('shows a person their page when they open it, and what is new at the next opening', async () => {
    await opened()
    expect(asked).to.deep.equal(['slack U0TOM'])
    expect(JSON.stringify(tab()?.blocks)).to.contain('one 0')
    expect(tab()?.blocks).to.have.nested.property('[0].accessory.value', encodeAction(CLAIM))
    shown = page('two')
    await opened()
    expect(JSON.stringify(tab()?.blocks)).to.contain('two 0').and.not.contain('one 0')
  })

  it('is not drawn for the messages tab', async () => {
    await world.slack.gestures.openHome({ userId: 'U0TOM', tab: 'messages' })
    await world.slack.idle()
    expect(asked).to.deep.equal([])
  })

  it('keeps as many rows as Slack takes, and no more', async () => {
    shown = page('x', 150)
    await opened()
    expect(tab()?.blocks).to.have.length(100)
  })

  it('opens what a click shows over it', async () => {
    await opened()
    world.intake.click = async () => ({ kind: 'private', card: card('the ticket') })
    await clicked({ viewId: tab()?.id ?? '' })
    await until(() => modal() !== undefined)
    expect(modal()?.type).to.equal('modal')
    expect(tab()?.type).to.equal('home')
    expect(world.slack.state.ephemerals).to.deep.equal([])
  })

  it('changes with what was done on it', async () => {
    await opened()
    world.intake.click = async () => {
      shown = page('claimed')
      return { kind: 'nothing' }
    }
    await clicked({ viewId: tab()?.id ?? '' })
    await until(() => JSON.stringify(tab()?.blocks).includes('claimed 0'))
  })

  it('changes with what was done in a card that it opened, which says so', async () => {
    await opened()
    world.intake.click = async () => ({ kind: 'private', card: page('the ticket') })
    await clicked({ viewId: tab()?.id ?? '' })
    await until(() => modal() !== undefined)
    world.intake.click = async () => {
      shown = page('claimed')
      return { kind: 'nothing' }
    }
    await clicked({ viewId: modal()?.id ?? '' })
    await until(() => JSON.stringify(tab()?.blocks).includes('claimed 0'))
    expect(JSON.stringify(modal()?.blocks)).to.contain(t('en', 'home.done'))
  })

  it('does not fail an event when it cannot be made or shown', async () => {
    world.slack.faults.failNext('views.publish', { mode: '500' })
    await world.slack.gestures.openHome({ userId: 'U0TOM' })
    await until(() => world.log.lines.some(({ message }) => message === 'a home tab is not shown'))
    world.intake.home = async () => Promise.reject(new Error('away'))
    await world.slack.gestures.openHome({ userId: 'U0TOM' })
    await until(() => world.log.lines.some(({ message }) => message === 'a home tab could not be made'))
    expect(tab()).to.equal(undefined)
  })
})
