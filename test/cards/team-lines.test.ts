import { expect } from 'chai'
import { plain } from '../../src/cards/format.js'
import { teamLines } from '../../src/cards/history/team-lines.js'
import type { Locale } from '../../src/models/ids.js'
import type { TicketEvent, Touch } from '../../src/models/ticket/events.js'
import { contextFor, NOW } from './sample.js'

/** The history of these events in one text. */
function told(locale: Locale, ...events: TicketEvent[]): string {
  const commits = [{ actor: { kind: 'system' as const }, at: NOW, events }]
  return teamLines(commits, contextFor(locale)).map(plain).join('\n')
}
const touch: Touch = {
  id: 'copy',
  authorId: 'bo',
  side: 'team',
  visibility: 'public',
  text: 'the very words',
  files: [],
}

describe('the history as the team reads it', () => {
  it('shows what was sent on, until it is deleted', () => {
    const published: TicketEvent = { type: 'touch.published', touch, from: 'inside' }
    expect(told('en', published)).to.contain('the very words')
    const after = told('en', published, { type: 'touch.deleted', touchId: 'copy' })
    expect(after).to.not.contain('the very words')
    expect(after).to.contain('deleted')
  })

  it('says whom nobody could reach, and who was told instead', () => {
    const unreached: TicketEvent = {
      type: 'people.unreached',
      personId: 'lin',
      template: 'overdue',
      clock: 'resolution',
      tell: [{ to: 'max', template: 'overdue' }],
    }
    expect(told('en', unreached)).to.match(/林立 could not be reached.* Told instead: 马克/)
    expect(told('zh-CN', unreached)).to.match(/在所有平台上都无法联系到林立。已改为通知马克/)
    expect(told('en', { ...unreached, tell: [] })).to.not.contain('instead')
  })

  it('says that somebody linked another account', () => {
    const merged: TicketEvent = { type: 'person.merged', personId: 'x', into: 'ann' }
    expect(told('zh-CN', merged)).to.contain('安娜关联了另一个账号')
  })
})
