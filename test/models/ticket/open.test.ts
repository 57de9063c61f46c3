import { expect } from 'chai'
import type { OpenCommand } from '../../../src/models/ticket/commands.js'
import { fold } from '../../../src/models/ticket/fold.js'
import { open } from '../../../src/models/ticket/open.js'
import { DESK, INCIDENT } from '../../support/desk-fixture.js'
import { commitAfter, contextOf, MONDAY, only, THREAD, types } from './support.js'

const ANN = { kind: 'person', id: 'ann' } as const

function opened(text: string, more: Partial<OpenCommand> = {}, desk = DESK) {
  const command: OpenCommand = {
    ticketId: 't1',
    number: '2026110015',
    requesterId: 'ann',
    openedById: 'ann',
    text,
    files: [],
    place: THREAD,
    touchId: 'x1',
    messageId: 'm1',
    ...more,
  }
  return open(command, contextOf(desk, ANN, MONDAY))
}

describe('open', () => {
  it('makes one commit of ticket, first touch and promises', () => {
    const events = opened('My VPN is down. Since this morning.')
    expect(types(events)).to.deep.equal(['ticket.opened', 'clock.started', 'clock.started'])
    expect(only(events, 'ticket.opened')).to.deep.include({
      number: '2026110015',
      typeId: 'request',
      teamId: 'it',
      priority: 'medium',
      status: 'new',
      requesterId: 'ann',
      title: 'My VPN is down.',
      excerpt: 'My VPN is down. Since this morning.',
    })
    expect(only(events, 'ticket.opened').touch).to.deep.equal({
      id: 'x1',
      authorId: 'ann',
      side: 'requester',
      visibility: 'public',
      text: 'My VPN is down. Since this morning.',
      files: [],
      source: { placeId: THREAD.id, messageId: 'm1' },
    })
  })

  it('shows in the place where it was asked and in every channel of the team', () => {
    expect(only(opened('Hello'), 'ticket.opened').places).to.deep.equal([
      THREAD,
      {
        id: 'team:it:slack',
        audience: 'team',
        address: { platform: 'slack', conversation: 'C-IT' },
        teamId: 'it',
      },
      {
        id: 'team:it:feishu',
        audience: 'team',
        address: { platform: 'feishu', conversation: 'oc-it' },
        teamId: 'it',
      },
    ])
  })

  const rows: [string, string, Partial<OpenCommand>, [string, string, string]][] = [
    ['words choose the type and with it the team', 'My payroll is wrong', {}, ['payroll', 'hr', 'medium']],
    ['words choose the priority', '紧急：打印机坏了', {}, ['request', 'it', 'urgent']],
    ['words choose each on its own', 'urgent: it had a crash', {}, ['incident', 'it', 'urgent']],
    ['a chosen type is not overruled', 'payroll crash', { typeId: 'request' }, ['request', 'it', 'medium']],
    [
      'a chosen type leaves the priority to words',
      'urgent',
      { typeId: 'payroll' },
      ['payroll', 'hr', 'urgent'],
    ],
    ['a type that is gone becomes the default', 'Hello', { typeId: 'gone' }, ['request', 'it', 'medium']],
  ]
  for (const [name, text, more, [typeId, teamId, priority]] of rows) {
    it(name, () => {
      expect(only(opened(text, more), 'ticket.opened')).to.deep.include({ typeId, teamId, priority })
    })
  }

  it('gives a chosen type its own priority, not that of the type the words name', () => {
    const incident = { ...INCIDENT, defaultPriority: 'high' } as const
    const desk = { ...DESK, types: { ...DESK.types, incident } }
    expect(only(opened('a crash', {}, desk), 'ticket.opened').priority).to.equal('high')
    expect(only(opened('a crash', { typeId: 'payroll' }, desk), 'ticket.opened').priority).to.equal('medium')
  })

  it('is opened by a file alone', () => {
    const files = [{ id: 'f1', name: 'screen.png', bytes: 1, mediaType: 'image/png' }]
    const events = opened('', { files })
    expect(only(events, 'ticket.opened')).to.deep.include({ title: 'screen.png', excerpt: '' })
    const commit = commitAfter(undefined, ANN, MONDAY, events)
    expect(fold(null, commit).files).to.deep.equal(files)
  })

  it('keeps the whole text in the touch, and an excerpt for the card', () => {
    const event = only(opened('字'.repeat(5000)), 'ticket.opened')
    expect([...event.excerpt]).to.have.length(600)
    expect(event.touch.text).to.have.length(5000)
  })

  it('on behalf of somebody keeps both', () => {
    const event = only(opened('For him', { requesterId: 'sam' }), 'ticket.opened')
    expect([event.requesterId, event.openedById, event.touch.authorId]).to.deep.equal(['sam', 'ann', 'ann'])
  })

  it('folds to a ticket whose next due time is its first reminder', () => {
    const ticket = fold(null, commitAfter(undefined, ANN, MONDAY, opened('Hello')))
    expect(ticket.nextDueAt).to.deep.equal(ticket.clocks.first_response?.marks[0]?.at)
    expect(ticket).to.deep.include({ status: 'new', revision: 1, openedAt: MONDAY, reopenCount: 0 })
    expect(ticket.assigneeId).to.equal(undefined)
  })
})
