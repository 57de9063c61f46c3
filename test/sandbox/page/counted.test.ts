import { expect } from 'chai'
import { counted } from '../../../src/sandbox/page/counted.js'
import { CAST, card, DM, NUMBER, posted, slackWith, written } from './support.js'

const OPENING = written('10.0', CAST.employee.userId)
const REQUESTER = card('11.0', ['urge'], { thread_ts: '10.0' })
const TEAM = card('12.0', ['claim'])
const marked = (ts: string, id: string) =>
  posted(ts, `${NUMBER} is overdue`, { metadata: { event_type: 'paidan_post', event_payload: { id } } })

describe('what is counted', () => {
  it('is nothing while there is no ticket', () => {
    const sums = counted(slackWith({ [DM.employee]: [OPENING] }))
    expect(sums).to.include({ tickets: 0, messages: 0, doubles: 0 })
    expect(sums).to.not.have.property('number')
  })

  it('is one ticket, one card a place, one message a person', () => {
    const sums = counted(
      slackWith({
        [DM.employee]: [OPENING, REQUESTER],
        [CAST.channel]: [TEAM],
        [DM.lead]: [marked('13.0', 'a')],
      }),
    )
    expect(sums).to.deep.equal({
      number: NUMBER,
      opened: { n: 1, ok: true },
      cards: [
        { place: DM.employee, n: 1, ok: true },
        { place: CAST.channel, n: 1, ok: true },
      ],
      told: [{ place: DM.lead, n: 1, ok: true }],
      tickets: 1,
      messages: 3,
      doubles: 0,
    })
  })

  it('takes what is told about a ticket for no card of it', () => {
    const told = card('13.0', ['ack'])
    const heading = { type: 'header', text: { type: 'plain_text', text: `🔴 Overdue · ${NUMBER} · VPN` } }
    told.blocks = [heading, ...(told.blocks ?? []).slice(1)]
    const sums = counted(slackWith({ [CAST.channel]: [TEAM], [DM.lead]: [told] }))
    expect(sums.cards).to.deep.equal([{ place: CAST.channel, n: 1, ok: true }])
    expect(sums.told).to.deep.equal([{ place: DM.lead, n: 1, ok: true }])
  })

  it('sees a second card in one place', () => {
    const sums = counted(
      slackWith({ [DM.employee]: [OPENING, REQUESTER], [CAST.channel]: [TEAM, card('12.5', ['claim'])] }),
    )
    expect(sums.cards).to.deep.include({ place: CAST.channel, n: 2, ok: false })
    expect(sums.doubles).to.equal(1)
  })

  it('sees a second ticket of one message', () => {
    const other = card('11.5', ['urge'], { thread_ts: '10.0', number: '2026110002' })
    const sums = counted(slackWith({ [DM.employee]: [OPENING, REQUESTER, other] }))
    expect(sums.opened).to.deep.equal({ n: 2, ok: false })
  })

  it('lets one person be told two things, but none twice', () => {
    const twoThings = counted(
      slackWith({ [CAST.channel]: [TEAM], [DM.lead]: [marked('13.0', 'a'), marked('14.0', 'b')] }),
    )
    expect(twoThings.told).to.deep.equal([{ place: DM.lead, n: 2, ok: true }])
    const twice = counted(
      slackWith({ [CAST.channel]: [TEAM], [DM.lead]: [marked('13.0', 'a'), marked('14.0', 'a')] }),
    )
    expect(twice.told).to.deep.equal([{ place: DM.lead, n: 2, ok: false }])
    expect(twice.doubles).to.equal(1)
  })
})
