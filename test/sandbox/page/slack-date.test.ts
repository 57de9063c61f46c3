import { expect } from 'chai'
import { slackDate } from '../../../src/sandbox/page/slack-date.js'

const AT_S = Date.parse('2026-11-23T17:30:00Z') / 1000
const shanghai = { lang: 'zh-CN', zone: 'Asia/Shanghai', now: new Date('2026-11-23T10:00:00Z') } as const
const london = { lang: 'en', zone: 'Europe/London', now: new Date('2026-11-23T10:00:00Z') } as const

describe('a Slack date', () => {
  it('is in the zone and language of its reader', () => {
    expect(slackDate(AT_S, '{date_short_pretty} {time}', shanghai)).to.equal('明天 01:30')
    expect(slackDate(AT_S, '{date_short_pretty} {time}', london)).to.equal('Today 17:30')
  })

  it('names the day where it is not near', () => {
    const later = { ...london, now: new Date('2026-11-30T10:00:00Z') }
    expect(slackDate(AT_S, '{date_short_pretty}', later)).to.equal('Nov 23, 2026')
    expect(slackDate(AT_S, '{date_num}', shanghai)).to.equal('2026-11-24')
  })

  it('says yesterday by the calendar, not by 24 hours', () => {
    const early = { ...london, now: new Date('2026-11-24T00:10:00Z') }
    expect(slackDate(AT_S, '{date_pretty}', early)).to.equal('Yesterday')
  })

  it('leaves unknown tokens as they are', () => {
    expect(slackDate(AT_S, '{nothing} {time}', london)).to.equal('{nothing} 17:30')
  })
})
