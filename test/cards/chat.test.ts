import { expect } from 'chai'
import { greeting, help, howToBegin, welcome } from '../../src/cards/chat/greeting.js'
import { myTickets, queueCard } from '../../src/cards/chat/lists.js'
import { deletedMirror, mirrorForRequester, mirrorForTeam } from '../../src/cards/chat/mirror.js'
import { noticeLine } from '../../src/cards/chat/notice.js'
import { refusalCard, refusalText } from '../../src/cards/chat/refusal.js'
import { ackedReply, filesRefused, urgedReply } from '../../src/cards/chat/replies.js'
import { reminderLine, threadOpener } from '../../src/cards/chat/thread-lines.js'
import { insideMark, sentMark, withdrawnMark } from '../../src/cards/chat/thread-marks.js'
import { addedTo, askReopen, chooseTicket } from '../../src/cards/chat/where-it-goes.js'
import { plain } from '../../src/cards/format.js'
import { isPublic } from '../../src/cards/views/public-touch.js'
import { forRequester } from '../../src/cards/views/requester-ticket.js'
import { LOCALES, t } from '../../src/i18n/t.js'
import { understand } from '../../src/models/conversation/understand.js'
import { withTeam } from '../support/desk-fixture.js'
import { cardWords, clickable, clock, contextFor, later, ticketIn, touch } from './sample.js'

const EN = contextFor('en')
const ZH = contextFor('zh-CN')
const OWN = forRequester(ticketIn('in_progress'))

describe('greeting, welcome and help', () => {
  it('say what to write', () => {
    for (const card of [welcome('ann', EN), greeting('ann', [], EN), help(EN, { agent: false })]) {
      expect(cardWords(card)).to.contain('Write what does not work or what you need')
    }
  })
  it('offer a new ticket and one’s own to whoever is new', () => {
    expect(clickable(welcome('ann', EN))).to.equal('new_ticket mine /')
    expect(cardWords(welcome('ann', ZH)))
      .to.contain('安娜')
      .and.contain('新建工单')
      .and.contain('我的工单')
    expect(cardWords(howToBegin(ZH))).to.contain('一条消息')
  })
  it('show the open tickets of whoever greets', () => {
    const made = greeting('ann', [OWN], EN)
    expect(cardWords(made)).to.contain('Hello 安娜').and.to.contain('2026110015')
    expect(clickable(made)).to.equal('show /')
    expect(clickable(greeting('ann', [], EN))).to.equal('/')
  })
  it('tell agents of their queue and nobody else', () => {
    expect(clickable(help(EN, { agent: true }))).to.equal('mine queue /')
    expect(clickable(help(EN, { agent: false }))).to.equal('mine /')
    expect(cardWords(help(EN, { agent: false }))).to.not.contain('queue')
  })
  it('name commands that the bot understands, in every language', () => {
    for (const locale of LOCALES) {
      const heard = (words: string) => understand(words)
      expect(heard(t(locale, 'command.help'))).to.deep.include({ kind: 'command', name: 'help' })
      expect(heard(t(locale, 'command.mine'))).to.deep.include({ kind: 'command', name: 'my_tickets' })
      expect(heard(t(locale, 'command.queue'))).to.deep.include({ kind: 'command', name: 'queue' })
      expect(heard(`${t(locale, 'command.status')} 2026110015`)).to.deep.include({
        name: 'status',
        number: '2026110015',
      })
    }
  })
})

describe('lists', () => {
  it('count and show one’s open tickets', () => {
    expect(myTickets([OWN], EN).title).to.equal('You have 1 open ticket')
    expect(cardWords(myTickets([OWN], EN))).to.contain('In progress · Resolution Mon 9 Nov, 20:00')
    expect(cardWords(myTickets([], EN))).to.contain('You have no open tickets')
  })
  it('show ten rows and count the rest', () => {
    const many = Array.from({ length: 13 }, () => OWN)
    expect(cardWords(myTickets(many, EN))).to.contain('and 3 more')
  })
  it('put an agent’s own work before what nobody has, with what is late marked', () => {
    const late = ticketIn('in_progress', {
      clocks: { resolution: clock('resolution', { dueAt: later(-1) }) },
    })
    const made = queueCard({ mine: [late], unclaimed: [ticketIn('new')] }, EN)
    expect(clickable(made)).to.equal('show claim /')
    expect(cardWords(made)).to.contain('09:59 · overdue').and.to.contain('To be claimed (1)')
    expect(made.summary).to.equal('Yours: 1. To be claimed: 1.')
  })
  it('say so when nothing waits', () => {
    expect(cardWords(queueCard({ mine: [], unclaimed: [] }, ZH))).to.contain('目前没有待处理的工单。')
  })
})

describe('where a message goes', () => {
  it('is said, and can be changed', () => {
    const made = addedTo(OWN, EN, { message: 'm1' })
    expect(made.compact).to.equal(true)
    expect(cardWords(made)).to.contain('Added to ticket 2026110015')
    expect(clickable(made)).to.equal('new_ticket:m1 /')
  })
  it('is asked where several tickets could be meant', () => {
    const other = forRequester(ticketIn('new', { id: 't2', number: '2026110016' }))
    const made = chooseTicket([OWN, other], EN, { message: 'm1' })
    expect(clickable(made)).to.equal('join:m1 join:m1 new_ticket:m1 /')
    expect(cardWords(made)).to.contain('2026110015').and.to.contain('2026110016')
  })
  it('is asked after the end, and reopening is offered only where it is possible', () => {
    const ask = (ticket: Parameters<typeof forRequester>[0]) =>
      askReopen(forRequester(ticket), EN, { message: 'm1' })
    expect(clickable(ask(ticketIn('resolved')))).to.equal('reopen:m1 new_ticket:m1 /')
    expect(clickable(ask(ticketIn('closed')))).to.equal('reopen:m1 new_ticket:m1 /')
    expect(clickable(ask(ticketIn('closed', { closedAt: later(-60 * 24 * 30) })))).to.equal('new_ticket:m1 /')
    expect(clickable(ask(ticketIn('cancelled')))).to.equal('new_ticket:m1 /')
  })
})

describe('threadOpener', () => {
  const opener = (ticket: Parameters<typeof threadOpener>[0], ctx = EN) =>
    plain(threadOpener(ticket, ctx).text)

  it('says before the claim that everything stays inside until then', () => {
    expect(opener(ticketIn('new')))
      .to.contain('Until then everything stays inside.')
      .and.to.contain('//')
  })
  it('says after the claim whose words reach whom', () => {
    expect(opener(ticketIn('in_progress')))
      .to.contain('What the assignee or a helper writes')
      .and.to.contain('reaches 安娜')
      .and.to.contain('//')
  })
  it('says that nothing goes out where the team’s threads are inside-only', () => {
    const words = opener(
      ticketIn('in_progress'),
      contextFor('en', { desk: withTeam({ threads: 'inside_only' }) }),
    )
    expect(words).to.contain('Nothing written in this thread reaches 安娜')
  })
})

describe('reminderLine', () => {
  const remind = (people: string[], ticket = ticketIn('new')) =>
    reminderLine(ticket, EN, { clock: 'first_response', level: 'r50', people })

  it('calls the people it names and nobody else', () => {
    const called = remind(['lin', 'hua']).text.filter(
      (inline) => typeof inline !== 'string' && inline.kind === 'person',
    )
    expect(called).to.have.length(2)
    for (const inline of called) expect(inline).to.include({ notify: true })
    expect(plain(remind(['lin']).text)).to.equal(
      '林立: 50% of the time for a first response is over. It is due by Mon 9 Nov, 12:00. Nobody has claimed it yet.',
    )
  })
  it('calls nobody where there is nobody to call', () => {
    expect(remind([]).text.some((inline) => typeof inline !== 'string' && inline.kind === 'person')).to.equal(
      false,
    )
  })
})

describe('mirrored messages', () => {
  const reply = touch({ side: 'team', authorId: 'bo', text: '请重启 <!channel>' })
  const onTicket = ticketIn('in_progress')

  it('reach the requester word for word under their author’s name', () => {
    expect(isPublic(reply) && mirrorForRequester(reply, EN)).to.deep.equal({
      author: { name: '李博' },
      text: ['请重启 <!channel>'],
    })
  })
  it('say in the team’s thread where they went', () => {
    const sent = mirrorForTeam(reply, onTicket, EN)
    expect(plain(sent.text)).to.equal('请重启 <!channel>')
    expect(sent.card && cardWords(sent.card)).to.contain('Sent to 安娜 ✓')
    expect(sent.card && clickable(sent.card)).to.equal(`retract:${reply.id} /`)
    const back = mirrorForTeam(reply, onTicket, EN, { withdrawn: true })
    expect(back.card && clickable(back.card)).not.to.contain('retract')
    expect(plain(mirrorForTeam({ ...reply, visibility: 'note' }, onTicket, EN).text)).to.contain(
      'Internal note',
    )
    expect(plain(mirrorForTeam({ ...reply, visibility: 'internal' }, onTicket, EN).text)).to.contain(
      'Stays inside',
    )
    expect(mirrorForTeam(touch(), onTicket, EN)).to.deep.equal({
      author: { name: '安娜 (requester)' },
      text: ['网络连不上'],
    })
  })
  it('name the files that came without words', () => {
    const files = [{ id: 'f', name: '截图.png', bytes: 1, mediaType: 'image/png' }]
    expect(plain(mirrorForTeam(touch({ text: '', files }), onTicket, EN).text)).to.equal('Files: 截图.png')
  })
  it('are marked when edited or deleted', () => {
    expect(plain(mirrorForTeam(touch(), onTicket, EN, { edited: true }).text)).to.equal('网络连不上 (edited)')
    expect(plain(deletedMirror(touch(), EN).text)).to.equal('安娜 deleted this message.')
  })
})

describe('marks in the thread', () => {
  const ticket = ticketIn('in_progress')

  it('show what went out, with a way back', () => {
    expect(cardWords(sentMark(ticket, 'x', EN))).to.contain('Sent to 安娜 ✓')
    expect(clickable(sentMark(ticket, 'x', EN))).to.equal('retract:x /')
  })
  it('show what stayed inside, with a way out', () => {
    expect(cardWords(insideMark(ticket, 'x', EN))).to.contain('Stays inside')
    expect(clickable(insideMark(ticket, 'x', EN))).to.equal('publish:x /')
  })
  it('show what was taken back, with nothing to click', () => {
    expect(cardWords(withdrawnMark(ticket, EN))).to.contain('安娜 no longer sees this message')
    expect(clickable(withdrawnMark(ticket, EN))).to.equal('/')
  })
})

describe('noticeLine', () => {
  it('tells the requester what was done and until when to answer', () => {
    const line = noticeLine('resolved', forRequester(ticketIn('resolved')), EN, 'bo')
    expect(plain(line.text)).to.equal(
      '李博 has resolved ticket 2026110015.\n重置了账号。\nIs it solved? If we hear nothing by Thu 12 Nov, 10:00, the ticket closes itself.',
    )
  })
  it('tells of a ticket that closed itself how long it can be reopened', () => {
    const line = noticeLine('closed', forRequester(ticketIn('closed')), EN)
    expect(plain(line.text)).to.contain('you can reopen it until Mon 23 Nov, 09:59')
  })
})

describe('replies', () => {
  it('to a nudge say who was told, the place in the queue, and when the next is possible', () => {
    const words = cardWords(urgedReply(OWN, EN, { told: ['bo', 'lin'], place: 3, nextAt: later(60) }))
    expect(words)
      .to.contain('We have told 李博, 林立 that you are waiting')
      .and.to.contain('number 3 in the queue')
      .and.to.contain('from 11:00')
    expect(cardWords(urgedReply(OWN, EN, { told: ['bo'], nextAt: later(60) }))).to.not.contain('queue')
  })
  it('to “I’m on it” say when the next level is told', () => {
    const first_response = clock('first_response', { marks: [{ at: later(60), level: 'L2', round: 1 }] })
    const words = (clocks: ReturnType<typeof ticketIn>['clocks']) =>
      cardWords(ackedReply(ticketIn('assigned', { clocks }), EN, 'first_response'))
    expect(words({ first_response })).to.contain(
      'If it is still late by Mon 9 Nov, 11:00, the next level is told.',
    )
    expect(words({ first_response: clock('first_response') })).to.not.contain('next level')
  })
  it('name each file that was not taken, and the limit', () => {
    const files = [
      { name: 'a', code: 'file.too_large', maxBytes: 10 * 1024 * 1024 },
      { name: 'b', code: 'file.unreadable' },
    ] as const
    expect(cardWords(filesRefused(files, EN)))
      .to.contain('“a” is larger than 10 MB')
      .and.to.contain('“b” could not be fetched')
  })
})

describe('refusalText', () => {
  const table = [
    [
      { code: 'ticket.status_forbids', details: { status: 'closed' } },
      'That is not possible now: the status of the ticket is “Closed”.',
      '“已关闭”',
    ],
    [{ code: 'touch.is_note', details: {} }, 'internal note', '内部备注'],
    [
      { code: 'ticket.role_forbids', details: { who: 'assignee,helper,lead,admin' } },
      'the assignee, the helpers or the leads',
      '处理人、协助人或主管',
    ],
    [
      { code: 'ticket.role_forbids', details: { who: 'assignee,member,lead,told,admin' } },
      'the team',
      '受理组成员',
    ],
    [{ code: 'ticket.role_forbids', details: { who: 'requester' } }, 'the requester', '提单人'],
    [{ code: 'ticket.role_forbids', details: { who: 'system' } }, 'somebody else', '其他人员'],
    [
      { code: 'ticket.already_claimed', details: { person: 'bo' } },
      '李博 has already claimed this ticket.',
      '李博 已经认领了',
    ],
    [
      { code: 'ticket.urged_recently', details: { time: later(30) } },
      'Mon 9 Nov, 10:30',
      '11月9日周一 10:30',
    ],
    [{ code: 'ticket.text_too_long', details: { max: 40_000 } }, '40000 characters', '40000 个字符'],
    [{ code: 'file.too_large', details: { name: 'a', max: 10_485_760 } }, '10 MB', '10 MB'],
  ] as const
  for (const [refusal, english, chinese] of table) {
    it(`words ${refusal.code} with ${JSON.stringify(refusal.details)}`, () => {
      expect(refusalText(refusal, EN))
        .to.contain(english)
        .and.to.not.match(/\{\w+\}/)
      expect(refusalText(refusal, ZH))
        .to.contain(chinese)
        .and.to.not.match(/\{\w+\}/)
    })
  }
  it('is a line of its own for the person who asked', () => {
    const made = refusalCard({ code: 'ticket.unchanged', details: {} }, ZH)
    expect(made.compact).to.equal(true)
    expect(made.summary).to.equal('内容没有变化，无需修改。')
  })
})
