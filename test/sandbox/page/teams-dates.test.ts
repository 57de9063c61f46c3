import { expect } from 'chai'
import { withDates } from '../../../src/sandbox/page/teams-dates.js'

const AT = '2026-11-23T03:23:00Z'

describe('dates in a card of Teams', () => {
  it('stand in the zone and the language of whoever reads them', () => {
    const card = { body: [{ text: `by {{DATE(${AT},SHORT)}} {{TIME(${AT})}}` }], n: 1 }
    expect(withDates(card, { lang: 'en', zone: 'Asia/Shanghai' })).to.deep.equal({
      body: [{ text: 'by Mon, Nov 23 11:23' }],
      n: 1,
    })
    expect(withDates(card, { lang: 'zh-CN', zone: 'Europe/London' }).body[0]?.text).to.match(
      /11月23日.* 03:23$/,
    )
  })

  it('stay as they are when they are none', () => {
    expect(withDates('{{DATE(soon)}} {{NAME(x)}}', { lang: 'en', zone: 'Etc/UTC' })).to.equal(
      '{{DATE(soon)}} {{NAME(x)}}',
    )
  })
})
