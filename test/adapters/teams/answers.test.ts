import { expect } from 'chai'
import type { Button, Card, Form } from '../../../src/cards/card.js'
import type { MessageRef } from '../../../src/delivery/messenger.js'
import type { Answer, InboundClick } from '../../../src/intake/inbound.js'
import type { GestureResult } from '../../../src/sandbox/teams/types.js'
import { IT_DESK, seenBy, startWorld, TOM, until, type World } from './support.js'

const line = (summary: string, elements: Card['elements'] = [{ kind: 'text', text: [summary] }]): Card => ({
  audience: 'team',
  locale: 'en',
  title: '',
  tone: 'neutral',
  summary,
  elements,
})
const button = (label: string, verb: Button['action']['verb'], more: Partial<Button> = {}): Button => ({
  kind: 'button',
  label,
  action: { verb, ticketId: 't1' },
  ...more,
})
const PRESSED = line('A ticket', [
  {
    kind: 'controls',
    controls: [
      button('Claim', 'claim'),
      button('Resolve…', 'resolve'),
      button('Withdraw', 'urge', {
        confirm: { title: 'Sure?', text: 'It cannot be undone.', yes: 'Yes, withdraw', no: 'No' },
      }),
      {
        kind: 'menu',
        label: 'More',
        options: [{ label: 'Priority…', action: { verb: 'priority', ticketId: 't1' } }],
      },
    ],
  },
])
const FORM: Form = {
  verb: 'resolve',
  ticketId: 't1',
  locale: 'zh-CN',
  title: '解决',
  submit: '提交',
  cancel: '取消',
  fields: [
    { kind: 'text', name: 'text', label: '解决方案', lines: 'many', required: true, maxLength: 3000 },
    { kind: 'files', name: 'files', label: '附件', required: false, maxFiles: 3 },
  ],
}

describe('answers on Teams', () => {
  let world: World
  let ref: MessageRef
  let answer: (click: InboundClick) => Promise<Answer>

  async function start(patience = { eventMs: 60_000, clickMs: 60_000 }): Promise<void> {
    world = await startWorld({ patience })
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return answer(click)
    }
    const posted = await world.adapter.messenger.postCard(
      { platform: 'teams', conversation: IT_DESK },
      PRESSED,
      'k',
    )
    if (posted.kind !== 'sent') throw new Error(JSON.stringify(posted))
    ref = posted.value
  }
  beforeEach(() => {
    answer = async () => ({ kind: 'nothing' })
  })
  afterEach(() => world.close())

  const press = (action: string): Promise<GestureResult> =>
    world.teams.gestures.click({ userId: TOM, conversation: IT_DESK, messageId: ref.messageId, action })
  const dialogOf = () => world.teams.view(TOM).dialog
  const submit = (values: Record<string, string>): Promise<GestureResult> =>
    world.teams.gestures.submitDialog({ userId: TOM, dialogId: dialogOf()?.dialogId ?? '', values })

  it('to a click that only acts are a sign that it was taken', async () => {
    await start()
    expect(await press('Claim')).to.include({ ok: true, status: 200, toast: '✓' })
    expect(world.clicks[0]).to.deep.include({
      kind: 'action',
      userId: TOM,
      action: { verb: 'claim', ticketId: 't1' },
      on: { conversation: IT_DESK, messageId: ref.messageId },
    })
  })

  it('that are a line are shown beside the button, with HTTP 200, and to nobody else', async () => {
    await start()
    answer = async () => ({ kind: 'private', card: line('Ann has already claimed this ticket.') })
    const result = await press('Claim')
    expect(result).to.include({ ok: true, status: 200, toast: 'Ann has already claimed this ticket.' })
    await world.teams.idle()
    expect(seenBy(world, TOM, IT_DESK)).to.have.length(1)
    expect(world.teams.view(TOM).conversations.filter(({ kind }) => kind === 'direct')).to.deep.equal([])
  })

  it('that are more than a line come in the person’s own chat', async () => {
    await start()
    const list = line('Two tickets', [{ kind: 'rows', rows: [{ text: ['one'] }, { text: ['two'] }] }])
    answer = async () => ({ kind: 'private', card: list })
    expect(await press('Claim')).to.include({ ok: true, toast: 'Two tickets' })
    const own = () =>
      world.teams.view(TOM).conversations.find(({ kind }) => kind === 'direct')?.messages ?? []
    await until(() => own().length > 0)
    expect(JSON.stringify(own()[0]?.card)).to.contain('two')
  })

  it('that are a form open a dialog; what was filled in comes back and closes it', async () => {
    await start()
    answer = async (click) => (click.kind === 'submit' ? { kind: 'nothing' } : { kind: 'form', form: FORM })
    expect(await press('Resolve…')).to.include({ ok: true, status: 200 })
    expect(dialogOf()?.title).to.equal('解决')
    expect(await submit({})).to.include({ ok: false, error: 'required_input_missing' })
    expect(await submit({ text: 'new cable' })).to.include({ ok: true })
    expect(dialogOf()).to.equal(undefined)
    expect(world.clicks.at(-1)).to.deep.include({
      kind: 'submit',
      action: { verb: 'resolve', ticketId: 't1' },
      values: { text: 'new cable' },
      locale: 'zh-CN',
    })
    expect(new Set(world.clicks.map(({ key }) => key)).size).to.equal(2)
  })

  it('to a form with mistakes show it again, with what was typed and what is wrong', async () => {
    await start()
    answer = async (click) =>
      click.kind === 'submit'
        ? { kind: 'field_errors', errors: { text: '请写得更详细。' } }
        : { kind: 'form', form: FORM }
    await press('Resolve…')
    expect(await submit({ text: 'x' })).to.include({ ok: true })
    const shown = JSON.stringify(dialogOf()?.card)
    expect(shown).to.contain('请写得更详细。').and.contain('"value":"x"')
  })

  it('to a button that might ask, and has nothing to ask, are a line in the dialog', async () => {
    await start()
    expect(await press('Resolve…')).to.include({ ok: true })
    expect(dialogOf()?.message).to.equal('✓')
    answer = async () => ({ kind: 'private', card: line('You cannot do that.') })
    await press('Priority…')
    expect(dialogOf()?.message).to.equal('You cannot do that.')
  })

  it('to a form may be a card, whose buttons work in the dialog', async () => {
    await start()
    const choice = line('Which?', [{ kind: 'controls', controls: [button('This one', 'join')] }])
    answer = async (click) =>
      click.action.verb === 'join' ? { kind: 'nothing' } : { kind: 'private', card: choice }
    await press('Resolve…')
    expect(await submit({})).to.include({ ok: true })
    expect(world.clicks.at(-1)?.action).to.deep.equal({ verb: 'join', ticketId: 't1' })
    expect(dialogOf()).to.equal(undefined)
  })

  it('wait for a yes where one is asked for', async () => {
    await start()
    await press('Withdraw')
    expect(world.clicks).to.deep.equal([])
    expect(JSON.stringify(dialogOf()?.card)).to.contain('It cannot be undone')
    expect(await submit({})).to.include({ ok: true })
    expect(world.clicks.map(({ action }) => action.verb)).to.deep.equal(['urge'])
  })

  it('that come too late are announced in time, and follow in the person’s chat', async () => {
    await start({ eventMs: 60_000, clickMs: 5 })
    let open: (value: Answer) => void = () => undefined
    answer = () =>
      new Promise((resolve) => {
        open = resolve
      })
    const result = await press('Claim')
    expect(result.ok).to.equal(true)
    expect(result.toast).to.match(/unclear/)
    open({ kind: 'private', card: line('Ann has it.') })
    const own = () =>
      world.teams.view(TOM).conversations.find(({ kind }) => kind === 'direct')?.messages ?? []
    await until(() => own().length > 0)
  })

  it('name a trace when something of ours is broken', async () => {
    await start()
    answer = async () => {
      throw new Error('a bug')
    }
    const result = await press('Claim')
    const [logged] = world.log.lines.filter(({ message }) => message === 'a click failed')
    expect(result.ok).to.equal(true)
    expect(result.toast).to.contain(String(logged?.fields?.trace))
  })
})
