import { expect } from 'chai'
import fc from 'fast-check'
import { mentions, plainFromWire } from '../../../src/adapters/slack/parse-text.js'

const TABLE: [name: string, raw: string, expected: string][] = [
  ['decodes the three entities, once', '&lt;b&gt; &amp;amp; &amp;lt; &quot;', '<b> &amp; &lt; &quot;'],
  ['writes a mention with its id', 'ask <@U1> or <@W2|ann>', 'ask @{U1} or @{W2}'],
  ['removes its own leading mention', '<@UBOT> my VPN is down', 'my VPN is down'],
  ['removes its own mention with a name', '<@UBOT|paidan>: help', ': help'],
  ['removes its own mention in the middle', 'hey <@UBOT> my VPN is down', 'hey my VPN is down'],
  ['removes its own mention at the end', 'my VPN is down <@UBOT>', 'my VPN is down'],
  ['is empty when there was only its own mention', ' <@UBOT> ', ''],
  ['keeps lines apart around its own mention', 'a\n<@UBOT>\nb', 'a\n \nb'],
  ['writes a link with its label', 'the <https://a.example/x|wiki>', 'the wiki (https://a.example/x)'],
  [
    'writes a link once when the label is the link',
    '<https://a.example/|https://a.example>',
    'https://a.example',
  ],
  ['writes a link once when the label is the host', '<http://a.example|a.example>', 'a.example'],
  ['writes a bare link', '<https://a.example/?a=1&amp;b=2>', 'https://a.example/?a=1&b=2'],
  [
    'does not let a label hide where it goes',
    '<https://evil.example|https://bank.example>',
    'https://bank.example (https://evil.example)',
  ],
  ['writes a mail address once', '<mailto:a@b.example|a@b.example>', 'a@b.example'],
  ['writes a telephone number once', '<tel:+4930|+4930>', '+4930'],
  ['writes a channel by its name', 'in <#C1|general>', 'in #general'],
  ['writes a channel without a name by its id', '<#C1> <#C2|>', '#C1 #C2'],
  ['writes calls of a group as words', '<!here> <!channel|channel> <!everyone>', '@here @channel @everyone'],
  ['writes a user group by its handle', '<!subteam^S1|@it> <!subteam^S2>', '@it @S2'],
  ['writes a date as it was shown', '<!date^1795161600^{date}|20 Nov>', '20 Nov'],
  ['keeps bold as typed', '*urgent* _now_ `x`', '*urgent* _now_ `x`'],
  ['keeps what is no mark', 'a > b', 'a > b'],
  ['breaks a mention that somebody only typed', 'hi @{U0BOSS}', 'hi @ {U0BOSS}'],
  ['keeps emoji and lines', ':fire: 着火了\n第二行', ':fire: 着火了\n第二行'],
]

describe('plainFromWire', () => {
  for (const [name, raw, expected] of TABLE) {
    it(name, () => {
      expect(plainFromWire(raw, 'UBOT')).to.equal(expected)
    })
  }

  it('gives back what somebody typed, spaces at its ends apart', () => {
    const onWire = (text: string): string =>
      text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        fc.pre(!typed.includes('@{') && !typed.includes('\uE000'))
        expect(plainFromWire(onWire(typed), 'UBOT')).to.equal(typed.trim())
      }),
    )
  })

  it('never makes a mention of what somebody typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const typed = `${before}@{U0BOSS}${after}`.replace(/[<>]/g, '')
        expect(plainFromWire(typed, undefined)).to.not.contain('@{')
      }),
    )
  })
})

describe('mentions', () => {
  it('sees a mention with and without a name, and not a longer id', () => {
    expect(mentions('a <@U1> b', 'U1')).to.equal(true)
    expect(mentions('a <@U1|x> b', 'U1')).to.equal(true)
    expect(mentions('a <@U12> b', 'U1')).to.equal(false)
    expect(mentions('a @U1 b', 'U1')).to.equal(false)
    expect(mentions('a <@U1> b', undefined)).to.equal(false)
  })
})
