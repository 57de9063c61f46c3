import { expect } from 'chai'
import { parseAction, parseSubmit, whereOfUnknown } from '../../../src/adapters/slack/parse-interaction.js'
import { fixture, fixtureNames } from './fixtures.js'

const NOW = new Date('2026-11-20T08:00:05Z')
const ON_CARD = { conversation: 'C0IT', messageId: '1795161600.000500' }

const ACTIONS: [name: string, click: Record<string, unknown>, where: Record<string, unknown>][] = [
  [
    'button',
    {
      action: { verb: 'claim', ticketId: 't1' },
      key: 'action:T0001:U0TOM:claim:0:1795161650.123456',
      userId: 'U0TOM',
      tenant: 'T0001',
      at: new Date(1795161650123),
      on: ON_CARD,
    },
    { channel: 'C0IT', triggerId: '123.456.abc', responseUrl: 'https://hooks.slack.com/actions/T0001/1/abc' },
  ],
  [
    'button-in-thread',
    {
      action: { verb: 'publish', ticketId: 't1', arg: 'touch-9' },
      on: { conversation: 'C0IT', messageId: '1795161610.000100', thread: '1795161600.000500' },
    },
    { channel: 'C0IT', thread: '1795161600.000500' },
  ],
  [
    'button-in-ephemeral',
    { on: { conversation: 'C0IT', messageId: '1795161620.000100', thread: '1795161600.000500' } },
    { ephemeral: true, thread: '1795161600.000500' },
  ],
  [
    'button-in-modal',
    { action: { verb: 'why', ticketId: 't1' }, on: undefined },
    { viewId: 'V0001', channel: 'C0IT', thread: '1795161600.000500', locale: 'zh-CN' },
  ],
  ['menu', { action: { verb: 'assign', ticketId: 't1', arg: 'p-ann' }, on: ON_CARD }, {}],
]
const UNSUPPORTED: [name: string, what: string][] = [
  ['forged-value', 'forged_value'],
  ['garbage-value', 'forged_value'],
]

function actionOf(body: unknown): { click: Record<string, unknown>; where: Record<string, unknown> } {
  const parsed = parseAction(body)
  if (parsed.kind !== 'action') throw new Error(`no action: ${JSON.stringify(parsed)}`)
  return { click: { ...parsed.click }, where: { ...parsed.where } }
}

describe('parseAction', () => {
  for (const [name, click, where] of ACTIONS) {
    it(`understands ${name}`, () => {
      const parsed = actionOf(fixture('interactions', name))
      for (const [field, value] of Object.entries(click))
        expect(parsed.click[field], field).to.deep.equal(value)
      expect(parsed.where).to.include({ userId: 'U0TOM', ...where })
    })
  }

  for (const [name, what] of UNSUPPORTED) {
    it(`calls ${name} unsupported and knows whom to tell`, () => {
      const parsed = parseAction(fixture('interactions', name))
      expect(parsed).to.include({ kind: 'unsupported', what })
      expect(parsed.kind === 'unsupported' ? parsed.where : undefined).to.include({
        userId: 'U0TOM',
        channel: 'C0IT',
      })
    })
  }

  it('lets a link be followed', () => {
    expect(parseAction(fixture('interactions', 'link'))).to.deep.equal({ kind: 'link' })
  })

  it('refuses an option whose menu carries no sound ticket', () => {
    const body = fixture('interactions', 'menu')
    const [element] = body.actions as Record<string, unknown>[]
    const longId = { ...element, action_id: `assign:1:${'t'.repeat(200)}` }
    expect(parseAction({ ...body, actions: [longId] })).to.include({ kind: 'unsupported' })
  })

  it('takes the workspace from the person where an org-wide install leaves the team out', () => {
    const body = { ...fixture('interactions', 'button'), team: null }
    expect(actionOf(body).click).to.include({ tenant: 'T0001' })
  })

  for (const body of [
    null,
    {},
    { type: 'block_actions' },
    { ...fixture('interactions', 'button'), actions: [] },
  ]) {
    it(`calls ${JSON.stringify(body)?.slice(0, 40)} unsupported`, () => {
      expect(parseAction(body)).to.include({ kind: 'unsupported' })
    })
  }
})

describe('parseSubmit', () => {
  it('reads what was typed, chosen and attached', () => {
    const parsed = parseSubmit(fixture('interactions', 'submission'), NOW)
    expect(parsed).to.deep.equal({
      kind: 'submit',
      inputs: ['text', 'cause', 'note', 'files'],
      where: {
        userId: 'U0TOM',
        viewId: 'V0001',
        triggerId: '123.456.abc',
        channel: 'C0IT',
        thread: '1795161600.000500',
        locale: 'zh-CN',
      },
      click: {
        kind: 'submit',
        platform: 'slack',
        tenant: 'T0001',
        userId: 'U0TOM',
        at: NOW,
        key: 'submit:V0001:1795161650.Ab12',
        action: { verb: 'resolve', ticketId: 't1' },
        values: { text: 'Cable < replaced & tested', cause: 'hardware', note: '' },
        files: [
          {
            id: 'F05',
            name: 'after.png',
            bytes: 77,
            locator: 'https://files.slack.com/files-pri/T0001-F05/download/after.png',
          },
        ],
      },
    })
  })

  it('refuses a form whose memory was tampered with', () => {
    expect(parseSubmit(fixture('interactions', 'submission-forged'), NOW)).to.include({
      kind: 'unsupported',
      what: 'forged_form',
    })
  })

  it('calls garbage unsupported', () => {
    expect(parseSubmit({ type: 'view_submission' }, NOW)).to.include({ kind: 'unsupported' })
  })
})

describe('the fixtures of interactions', () => {
  it('are all named by a test', () => {
    const named = [...ACTIONS, ...UNSUPPORTED].map(([name]) => name)
    const all = [...named, 'link', 'submission', 'submission-forged'].sort()
    expect(all).to.deep.equal(fixtureNames('interactions').sort())
  })
})

describe('whereOfUnknown', () => {
  it('knows who used a command or a shortcut', () => {
    const command = { command: '/desk', user_id: 'U1', channel_id: 'C1', response_url: 'https://x.example' }
    expect(whereOfUnknown(command)).to.deep.equal({
      userId: 'U1',
      channel: 'C1',
      responseUrl: 'https://x.example',
    })
    const shortcut = { type: 'shortcut', user: { id: 'U1' }, callback_id: 'x' }
    expect(whereOfUnknown(shortcut)).to.deep.equal({ userId: 'U1' })
    expect(whereOfUnknown({ type: 'moon_landed' })).to.equal(undefined)
  })
})
