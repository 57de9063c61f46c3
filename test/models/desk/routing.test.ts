import { expect } from 'chai'
import fc from 'fast-check'
import type { RoutingRule } from '../../../src/models/desk/desk.js'
import { containsWord, route, titleOf } from '../../../src/models/desk/routing.js'
import { deskOf, SAMPLE_TEXT } from './sample-desk.js'

const { desk } = deskOf(SAMPLE_TEXT)

const routed: [string, string, string, string, string[]][] = [
  ['my VPN is down', 'incident', 'high', 'it', ['network', 'work-stops']],
  ['我的VPN连不上了', 'incident', 'high', 'it', ['network', 'work-stops']],
  ['我的ＶＰＮ断了', 'incident', 'high', 'it', ['network', 'work-stops']],
  ['打印机卡纸', 'hardware', 'low', 'it', ['devices']],
  ['The printer on floor 3 is jammed', 'hardware', 'low', 'it', ['devices']],
  ['忘记密码了', 'access', 'medium', 'it', ['access']],
  ['I forgot my PASSWORD!', 'access', 'medium', 'it', ['access']],
  ['这个月工资条在哪里看？', 'hr', 'medium', 'hr', ['pay']],
  ['question about my payslip', 'hr', 'medium', 'hr', ['pay']],
  ['紧急：全公司断网', 'incident', 'urgent', 'it', ['network', 'everybody']],
  ['URGENT: outage, everything is down', 'incident', 'urgent', 'it', ['broken', 'everybody']],
  ['紧急！工资没到账', 'hr', 'urgent', 'hr', ['pay', 'everybody']],
  ['where is the cafeteria', 'general', 'medium', 'it', []],
  ['', 'general', 'medium', 'it', []],
]

const words: [string, string, boolean][] = [
  ['which one', 'hi', false],
  ['say hi to him', 'hi', true],
  ['hi', 'hi', true],
  ['hi5', 'hi', false],
  ['5hi', 'hi', false],
  ['(hi)', 'hi', true],
  ['this, hi!', 'hi', true],
  ['我的vpn连不上', 'vpn', true],
  ['vpn2连不上', 'vpn', false],
  ['openvpn', 'vpn', false],
  ['不紧急的事', '紧急', true],
  ['log  in', 'log in', false],
  ['cannot log in today', 'log in', true],
  ['a blog in town', 'log in', false],
  ['wi-fi down', 'wi-fi', true],
  ['c++ build', 'c++', true],
  ['naïve', 'na', false],
  ['das größte', 'gr', false],
  ['anything', '', false],
  ['𝒳vpn', 'vpn', false],
]

const titles: [string, string[], string][] = [
  ['my VPN is down', [], 'my VPN is down'],
  ['Hi, my VPN is down.', [], 'My VPN is down.'],
  ['hello team! iPhone will not sync. It did yesterday.', [], 'iPhone will not sync.'],
  ['Hi there\n\nprinter 3.2 is jammed', [], 'Printer 3.2 is jammed'],
  ['在吗？打印机坏了，卡纸。', [], '打印机坏了，卡纸。'],
  ['你好，我的电脑开不了机！急', [], '我的电脑开不了机！'],
  ['你好像没有回复我', [], '你好像没有回复我'],
  ['请问怎么连VPN', [], '怎么连VPN'],
  ['hi-fi speakers are broken', [], 'hi-fi speakers are broken'],
  ['history is gone', [], 'history is gone'],
  ['hey', [], 'hey'],
  ['@{U0BOT} hi @{U0CHEN}, reset my password', [], 'Reset my password'],
  ['@{U0BOT} VPN down', [], 'VPN down'],
  ['1. open the app\n2. it crashes', [], 'open the app'],
  ['Error 809! What now?', [], 'Error 809!'],
  ['', ['screen.png', 'log.txt'], 'screen.png'],
  ['   ', ['截图.png'], '截图.png'],
  ['hi', ['screen.png'], 'screen.png'],
  ['???', ['screen.png'], 'screen.png'],
  ['see this', ['screen.png'], 'see this'],
  ['???', [], '???'],
  ['', [], ''],
  ['x'.repeat(200), [], `${'x'.repeat(79)}…`],
  [`${'😀'.repeat(100)}x`, ['a.png'], 'a.png'],
  ['坏'.repeat(100), [], `${'坏'.repeat(79)}…`],
]

describe('route', () => {
  for (const [text, typeId, priority, teamId, matched] of routed) {
    it(`sends ${JSON.stringify(text)} to ${teamId} as ${typeId}, ${priority}`, () => {
      expect(route(desk, text)).to.deep.equal({ typeId, priority, teamId, matched })
    })
  }

  it('lets the first rule decide each property, and names only rules that decided', () => {
    const routing: RoutingRule[] = [
      { id: 'a', anyOf: ['x'], priority: 'low' },
      { id: 'b', anyOf: ['x'], priority: 'urgent' },
      { id: 'c', anyOf: ['x'], typeId: 'hr', priority: 'high' },
      { id: 'd', anyOf: ['y'], teamId: 'hr' },
      { id: 'e', anyOf: ['x'], teamId: 'it' },
    ]
    expect(route({ ...desk, routing }, 'X')).to.deep.equal({
      typeId: 'hr',
      priority: 'low',
      teamId: 'it',
      matched: ['a', 'c', 'e'],
    })
  })

  it('gives a type, a priority and a team of the desk for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { typeId, teamId } = route(desk, text)
        expect(desk.types).to.have.property(typeId)
        expect(desk.teams).to.have.property(teamId)
      }),
    )
  })
})

describe('containsWord', () => {
  for (const [text, word, expected] of words) {
    it(`${expected ? 'finds' : 'does not find'} ${JSON.stringify(word)} in ${JSON.stringify(text)}`, () => {
      expect(containsWord(text, word)).to.equal(expected)
    })
  }
})

describe('titleOf', () => {
  for (const [text, files, title] of titles) {
    it(`calls ${JSON.stringify(text.slice(0, 50))} with ${files.length} files ${JSON.stringify(title)}`, () => {
      expect(
        titleOf(
          text,
          files.map((name) => ({ name })),
        ),
      ).to.equal(title)
    })
  }

  it('is at most 80 characters long, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.array(fc.string({ maxLength: 300 })),
        (text, names) => {
          const title = titleOf(
            text,
            names.map((name) => ({ name })),
          )
          expect([...title].length).to.be.at.most(80)
        },
      ),
    )
  })

  it('drops ten thousand greetings in one go', () => {
    expect(titleOf(`${'hi '.repeat(10_000)}printer`, [])).to.equal('Printer')
  })
})
