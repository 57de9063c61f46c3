import { expect } from 'chai'
import fc from 'fast-check'
import { type Understanding, understand } from '../../../src/models/conversation/understand.js'

const THANKS = listed(
  '谢谢|谢谢！|谢谢你|谢谢您！！|谢谢啦～|多谢啦|多谢|感谢|非常感谢！|太感谢了|辛苦了|辛苦啦|收到',
  '收到！|收到，谢谢|谢谢，收到！|好的|好的谢谢|好的，谢谢老师|好的呀|好滴|嗯嗯|嗯嗯，好的|明白了|了解',
  '知道了，谢谢|好的好的|谢谢谢谢|好了，谢谢|可以了，谢谢！|解决了 谢谢🙏|收到👌|谢谢 @{U0CHEN}',
  '麻烦您了|ok|OK|Ok.|okay|OK👌|ok 👍🏽|k|thanks|Thanks!|thx!!!|THX|ty|thank you|Thank you so much!',
  'thanks a lot :)|thanks, got it|ok thanks|ok, thank you!|Great, thanks!|perfect|got it|noted, thanks',
  'many thanks for your help|it works now, thanks!|thanks team|Thanks Chen!|thank you, Maria|谢谢 Chen',
  'cheers|👍|🙏🙏|👍🏻|❤️|:+1:|:thumbsup::skin-tone-3:|[赞]|ok :pray:|ＯＫ|谢谢\u200b|hi, thanks',
  '你好，谢谢',
)
const GREETINGS = listed(
  '在吗|在吗？|在吗?|在不在|你好|您好！|你好呀|你好，在吗？|有人吗|有人吗？？|请问有人在吗|早上好|早',
  '下午好～|哈喽|嗨|喂|请问|打扰了|你好 @{U0BOT}|@{U0BOT} 在吗|在？|您好，请问在吗？|hi|Hi!|hello|HELLO',
  'hey|hi there|Hello there!|hi team|good morning|Good morning, everyone!|anyone there?',
  'is anybody there?|hi, anyone here?|👋|hi 👋|:wave:|hi hi|hello?|hey bot|test',
)
const TEXTS = [
  '',
  ' ',
  ...listed(
    'ok but it still fails|谢谢，但是还是不行|hi my vpn is down|在吗？打印机坏了|收到的邮件打不开',
    '你好，我的电脑开不了机|help me with VPN|thanks, but the printer is still broken|ok?|收到？|收到了吗',
    '好的，我试一下|OK it happens again|好了|可以了|解决了|fixed|it works now|不行|没收到|谢谢不用了',
    '好的吗|okta is down|hit a bug|history|hide|thankless|你好像没有回复|在吗在吗打印机',
    '早上好，VPN 连不上|thanks for nothing, still broken|👎|😡|👍?|my vpn is down|打印机坏了|怎么重置密码',
    '???? what|can you help|I need help with my laptop|帮我开通权限|!!!|...|？！|status of my laptop',
    '状态不对|my tickets are gone|工单系统打不开|queue is stuck|队列满了|13800138000|12345|2026130015',
    'Thanks VPN down|thanks printer|please reset 2026110015 now|2026110015 还是不行|no|不',
    'link broken|link is broken|the link does not work|link office365|link-local|关联不上|绑定手机号失败',
    'no thanks needed here|yes|//cdn|http://example.com|1|__proto__|constructor|toString',
  ),
]
const COMMANDS: [string, Understanding][] = [
  ...listed(
    'help|Help|HELP!|/help|help?|帮助|帮助！|?|？|??|使用说明|怎么用？|@{U0BOT} help|help me|求助',
  ).map((text): [string, Understanding] => [text, { kind: 'command', name: 'help' }]),
  ...listed(
    'my tickets|My Tickets|my  tickets?|list my tickets|我的工单|我的工单？|查看我的工单|工单列表',
  ).map((text): [string, Understanding] => [text, { kind: 'command', name: 'my_tickets' }]),
  ...listed('queue|Queue|my queue|队列|我的待办|待办|我的队列').map((text): [string, Understanding] => [
    text,
    { kind: 'command', name: 'queue' },
  ]),
  ...listed(
    'status 2026110015|Status #2026110015|status of 2026110015?|状态 2026110015|状态2026110015',
    '状态：2026110015|查询工单2026110015|查询 2026110015|进度 2026110015|工单2026110015',
    '工单号：2026110015|2026110015|#2026110015|２０２６１１００１５|ticket 2026110015|ticket #2026110015',
    '2026110015怎么样了？|2026110015 进度|2026110015 status',
  ).map((text): [string, Understanding] => [text, { kind: 'command', name: 'status', number: '2026110015' }]),
  ...listed('link|Link!|link my account|关联|绑定账号').map((text): [string, Understanding] => [
    text,
    { kind: 'command', name: 'link' },
  ]),
  ...listed(
    'link K7MPQ-4XTRD|LINK k7mpq-4xtrd.|关联 K7MPQ-4XTRD|绑定：k7mpq-4xtrd|关联ｋ７ｍｐｑ－４ｘｔｒｄ',
  ).map((text): [string, Understanding] => [text, { kind: 'command', name: 'link', code: 'k7mpq-4xtrd' }]),
  ['link k7mpq4xtrd', { kind: 'command', name: 'link', code: 'k7mpq4xtrd' }],
  ['link K7MPQ-4XTR0', { kind: 'command', name: 'link', code: 'k7mpq-4xtr0' }],
  ...listed('unlink|解除关联|解绑').map((text): [string, Understanding] => [
    text,
    { kind: 'command', name: 'unlink' },
  ]),
  ...listed('accounts|My accounts|我的账号').map((text): [string, Understanding] => [
    text,
    { kind: 'command', name: 'accounts' },
  ]),
  ...listed('reach me here|在这里通知我').map((text): [string, Understanding] => [
    text,
    { kind: 'command', name: 'reach_here' },
  ]),
  ...listed('reach me anywhere|自动通知').map((text): [string, Understanding] => [
    text,
    { kind: 'command', name: 'reach_auto' },
  ]),
  ['status 7', { kind: 'command', name: 'status', number: '7' }],
  ['状态 123', { kind: 'command', name: 'status', number: '123' }],
  ['20261100151', { kind: 'command', name: 'status', number: '20261100151' }],
  ['status', { kind: 'command', name: 'status' }],
  ['状态？', { kind: 'command', name: 'status' }],
]

function listed(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split('|'))
}

const rows: [string, Understanding][] = [
  ...THANKS.map((text): [string, Understanding] => [text, { kind: 'thanks' }]),
  ...GREETINGS.map((text): [string, Understanding] => [text, { kind: 'greeting' }]),
  ...TEXTS.map((text): [string, Understanding] => [text, { kind: 'text' }]),
  ...COMMANDS,
]

describe('understand', () => {
  for (const [text, expected] of rows) {
    const { kind } = expected
    it(`takes ${JSON.stringify(text)} for ${kind === 'command' ? expected.name : kind}`, () => {
      expect(understand(text)).to.deep.equal(expected)
    })
  }

  it('takes anything for something, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(understand(text).kind).to.be.oneOf(['thanks', 'greeting', 'command', 'text'])
      }),
    )
  })

  it('takes thanks with anything to read after it for text', () => {
    const news = fc.constantFrom(
      '打印机还是坏的',
      'still broken',
      'VPN 又断了',
      'but error 809',
      '还有一个问题',
      'x1',
    )
    fc.assert(
      fc.property(
        fc.constantFrom('谢谢', '好的', '收到', 'ok', 'thanks', 'hi', '在吗', '你好'),
        news,
        (said, more) => {
          expect(understand(`${said}，${more}`)).to.deep.equal({ kind: 'text' })
        },
      ),
    )
  })

  it('reads a long text in one pass', () => {
    expect(understand('好'.repeat(100_000)).kind).to.equal('text')
    expect(understand('ok '.repeat(100_000)).kind).to.equal('text')
    expect(understand(`谢谢${'!'.repeat(100)}x`).kind).to.equal('text')
  })
})
