import { expect } from 'chai'
import {
  encodeAction,
  encodeChoice,
  encodeMenu,
  encodeSubmit,
} from '../../../src/adapters/feishu/action-codec.js'
import { type ParsedCallback, parseCallback } from '../../../src/adapters/feishu/parse-callback.js'
import { ENVELOPE } from '../../../src/adapters/feishu/wire.js'
import { AT, cardAction, IT_DESK, TENANT, TOM } from './support.js'

const CLAIM = { verb: 'claim', ticketId: 't1' } as const
const STATE = { action: { verb: 'resolve', ticketId: 't1' }, locale: 'zh-CN', title: '解决' } as const

function parsed(action: Record<string, unknown>, header: Record<string, unknown> = {}): ParsedCallback {
  return parseCallback(ENVELOPE.parse(cardAction(action, { event_id: 'ev', ...header })), AT)
}
function keyOf(result: ParsedCallback): string {
  return result.kind === 'click' ? result.click.key : ''
}

describe('parseCallback', () => {
  it('reads a button', () => {
    expect(parsed({ value: encodeAction(CLAIM) })).to.deep.equal({
      kind: 'click',
      where: { userId: TOM, chatId: IT_DESK, messageId: 'om_card', key: 'action:ev' },
      click: {
        kind: 'action',
        platform: 'feishu',
        tenant: TENANT,
        userId: TOM,
        at: AT,
        key: 'action:ev',
        action: CLAIM,
        on: { conversation: IT_DESK, messageId: 'om_card' },
      },
    })
  })

  it('reads a value that comes back as text', () => {
    expect(parsed({ value: JSON.stringify(encodeAction(CLAIM)) })).to.include({ kind: 'click' })
  })

  it('reads an option of a menu, whose ticket stands in the menu', () => {
    const option = encodeChoice({ verb: 'assign', ticketId: 't1', arg: 'p-ann' })
    const result = parsed({ tag: 'select_static', value: encodeMenu('t1'), option })
    expect(result).to.deep.nested.include({
      'click.action': { verb: 'assign', ticketId: 't1', arg: 'p-ann' },
    })
  })

  it('reads a form, and knows one that is sent in twice unchanged', () => {
    const send = (text: string, event_id: string): ParsedCallback =>
      parsed({ value: encodeSubmit(STATE), form_value: { text, cause: null, people: ['x'] } }, { event_id })
    const result = send('cable', 'ev-1')
    expect(result).to.deep.nested.include({
      'click.kind': 'submit',
      'click.action': STATE.action,
      'click.values': { text: 'cable', cause: '' },
      'click.locale': 'zh-CN',
      'where.form': STATE,
    })
    expect(keyOf(result))
      .to.equal(keyOf(send('cable', 'ev-2')))
      .and.not.equal(keyOf(send('wire', 'ev-3')))
  })

  it('reads the time of a callback, which is in microseconds', () => {
    const result = parsed({ value: encodeAction(CLAIM) }, { create_time: `${AT.getTime()}123` })
    expect(result.kind === 'click' ? result.click.at : undefined).to.deep.equal(AT)
  })

  for (const value of [
    undefined,
    null,
    7,
    '',
    {},
    { a: 7 },
    { a: '{"verb":"root"}' },
    { a: '{"verb":"claim","role":"admin"}' },
    { a: '{"verb":"toString"}' },
    { m: 't1' },
    { f: '{"action":{"verb":"claim"}}' },
    { c: 'x'.repeat(99) },
  ]) {
    it(`calls ${JSON.stringify(value)} forged`, () => {
      expect(parsed({ value })).to.deep.equal({ kind: 'unsupported', what: 'forged_value' })
    })
  }

  it('refuses a click from another company', () => {
    expect(parsed({ value: encodeAction(CLAIM) }, { tenant_key: 'another' })).to.include({
      what: 'from_outside',
    })
  })
})
