import { expect } from 'chai'
import { takeMessage } from '../../src/flows/take-message.js'
import { freshDatabase } from '../support/fresh-database.js'
import {
  actionsOf,
  type DeskAtWork,
  deskAtWork,
  directOf,
  HOUR_MS,
  MINUTE_MS,
  userOf,
  wordsOf,
} from '../support/services.js'

const DAY_MS = 24 * HOUR_MS

describe('taking a direct message', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
  })
  const summaries = async () => (await desk.spoken()).map(({ summary }) => summary)

  describe('from somebody without tickets', () => {
    it('opens one: number, title, type, priority, team, first touch', async () => {
      const { taken, messageId } = await desk.writes('ann', '打印机死机了，紧急！今天要交报告。')
      const ticket = await desk.ticket()
      expect(taken).to.deep.equal({ kind: 'done', ticketId: ticket.id })
      expect(ticket).to.deep.include({
        number: '2026110001',
        title: '打印机死机了，紧急！',
        typeId: 'incident',
        priority: 'urgent',
        teamId: 'it',
        status: 'new',
        requesterId: 'ann',
      })
      const address = { platform: 'slack', conversation: 'D-ann', thread: messageId }
      expect(ticket.places).to.deep.equal([
        { id: `requester:slack:D-ann:${messageId}`, audience: 'requester', address, isDirect: true },
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
      expect(await desk.happened(ticket.id)).to.deep.equal(['ticket.opened'])
      expect(await database().cards.countDocuments({ ticketId: ticket.id })).to.equal(3)
    })

    it('takes the next number when a failover has handed out one twice', async () => {
      await desk.writes('ann', 'The printer is broken')
      await desk.writes('bo', 'No network')
      await database().counters.updateMany({}, { $set: { value: 0 } })
      await desk.writes('cy', 'The projector is dark')
      expect((await desk.tickets()).map(({ number }) => number).sort()).to.deep.equal([
        '2026110001',
        '2026110002',
        '2026110003',
      ])
    })

    it('opens one for a file alone, and keeps it', async () => {
      await desk.writes('ann', '', { files: [file('screen.png')] })
      const ticket = await desk.ticket()
      expect(ticket.files.map(({ name, mediaType }) => [name, mediaType])).to.deep.equal([
        ['screen.png', 'application/octet-stream'],
      ])
      expect(await desk.services.files.bytes('acme', ticket.files[0]?.id ?? '')).to.deep.equal(
        Buffer.from('screen.png'),
      )
    })

    for (const text of ['谢谢！', '收到', 'ok', 'Thanks a lot!', '好的', '👍']) {
      it(`does nothing about “${text}”`, async () => {
        expect((await desk.writes('ann', text)).taken).to.deep.equal({ kind: 'done' })
        expect(await desk.tickets()).to.deep.equal([])
        expect(await desk.spoken()).to.deep.equal([])
      })
    }

    it('does nothing about thanks to somebody by name', async () => {
      await desk.writes('ann', `谢谢 @{${userOf('bo')}}`)
      await desk.writes('ann', `thanks @{${userOf('bo')}} @{U-unknown}!`)
      expect(await desk.tickets()).to.deep.equal([])
      expect(await desk.spoken()).to.deep.equal([])
    })

    it('opens one for thanks that come with a file', async () => {
      await desk.writes('ann', '谢谢', { files: [file('error.png')] })
      expect((await desk.ticket()).files).to.have.length(1)
    })

    it('opens one, in which people stand by their names', async () => {
      await desk.writes('sam', `@{${userOf('bo')}} broke the printer, says @{U-unknown}`)
      const { title, excerpt } = await desk.ticket()
      expect(title).to.equal('@Bo broke the printer, says @U-unknown')
      expect(excerpt).to.equal(title)
    })

    for (const [who, text, expected] of [
      ['ann', '在吗', /Ann.*你好|你好.*Ann/],
      ['sam', 'hi', /Hello Sam/],
    ] as const) {
      it(`answers “${text}” in their language with what to write`, async () => {
        const { messageId } = await desk.writes(who, text)
        const [said] = await desk.spoken()
        expect(said?.to).to.equal(`${directOf(who)}/${messageId}`)
        expect(wordsOf(said?.card)).to.match(expected)
        expect(await desk.tickets()).to.deep.equal([])
      })
    }

    for (const [who, text, expected] of [
      ['ann', '帮助', /我的工单/],
      ['sam', 'help', /my tickets/],
      ['ann', '我的工单', /没有/],
      ['sam', 'my tickets', /no open tickets/],
      ['bo', 'queue', /Nothing waits for you|Your queue/],
      ['ann', '状态 2026110099', /2026110099/],
      ['sam', 'status 2026110099', /no ticket 2026110099/],
    ] as const) {
      it(`obeys “${text}”`, async () => {
        await desk.writes(who, text)
        expect(wordsOf((await desk.spoken()).map(({ card }) => card))).to.match(expected)
        expect(await desk.tickets()).to.deep.equal([])
      })
    }

    it('says nothing to an empty message, and greets who only names the bot', async () => {
      expect((await desk.writes('sam', '  ')).taken).to.deep.equal({ kind: 'done' })
      expect(await desk.spoken()).to.deep.equal([])
      await desk.writes('sam', ' ', { mentionsBot: true })
      expect(await summaries()).to.have.length(1)
    })

    it('opens one ticket, however often the message is tried', async () => {
      const { id } = await desk.writes('ann', 'My VPN is down', { files: [file('a.png')] })
      const message = await desk.services.arrival(id)
      if (!message) throw new Error('it has not arrived')
      for (let i = 0; i < 3; i++) await takeMessage(desk.services, message)
      expect((await desk.ticket()).revision).to.equal(1)
      expect(await desk.spoken()).to.deep.equal([])
    })
  })

  describe('from somebody with a ticket', () => {
    it('opens another when nothing suggests the first', async () => {
      await desk.opened('ann')
      desk.passes(10 * MINUTE_MS)
      await desk.writes('ann', 'The coffee machine is empty')
      expect(await desk.tickets()).to.have.length(2)
    })

    it('joins what they wrote a moment ago: a message in two halves', async () => {
      const ticket = await desk.opened('ann')
      desk.passes(MINUTE_MS)
      await desk.writes('ann', 'Since Friday, by the way')
      expect(await desk.happened(ticket.id)).to.deep.equal(['ticket.opened', 'touch.added'])
    })

    it('joins what was answered within 24 hours, and says so with a way out', async () => {
      const ticket = await answered()
      desk.passes(DAY_MS - MINUTE_MS)
      const { id, messageId } = await desk.writes('ann', 'It asks for a code now')
      expect(await desk.happened(ticket.id, ticket.revision + 1)).to.deep.equal(['touch.added'])
      const [said] = await desk.spoken()
      expect(said).to.include({ key: 'added', to: `D-ann/${messageId}` })
      expect(said?.summary).to.include(ticket.number)
      expect(said?.card.locale).to.equal('zh-CN')
      expect(actionsOf(said?.card)).to.deep.equal([{ verb: 'new_ticket', ticketId: ticket.id, arg: id }])
      expect(await desk.said(ticket.id)).to.include('mirror to team')
    })

    it('opens another when the answer is older than that', async () => {
      await answered()
      desk.passes(DAY_MS + MINUTE_MS)
      await desk.writes('ann', 'It asks for a code now')
      expect(await desk.tickets()).to.have.length(2)
    })

    it('joins what awaits their answer, however old, and work goes on', async () => {
      const ticket = await desk.claimed()
      await desk.submits('bo', { verb: 'wait', ticketId: ticket.id }, { text: 'Which gateway?' })
      expect((await desk.load(ticket.id)).status).to.equal('waiting_requester')
      desk.passes(5 * DAY_MS)
      await desk.writes('ann', 'The one in Shanghai')
      expect(await desk.load(ticket.id)).to.include({ status: 'in_progress', assigneeId: 'bo' })
      expect(await desk.tickets()).to.have.length(1)
    })

    it('asks which one when several could be meant, the likeliest first', async () => {
      const first = await desk.opened('ann')
      desk.passes(10 * MINUTE_MS)
      const second = await desk.opened('ann', 'The screen is dark')
      for (const one of [first, second]) {
        desk.passes(10 * MINUTE_MS)
        await desk.submits('bo', { verb: 'reply', ticketId: one.id }, { text: 'Try again' })
      }
      const { revision } = await desk.load(first.id)
      const { id, taken } = await desk.writes('ann', 'It happens again')
      const [said] = (await desk.spoken()).filter(({ key }) => key === 'ask')
      expect(actionsOf(said?.card)).to.deep.equal([
        { verb: 'join', ticketId: second.id, arg: id },
        { verb: 'join', ticketId: first.id, arg: id },
        { verb: 'new_ticket', arg: id },
      ])
      expect(taken.kind).to.equal('done')
      expect(await desk.tickets()).to.have.length(2)
      expect((await desk.load(first.id)).revision).to.equal(revision)
    })

    it('asks whether to reopen what is resolved', async () => {
      const ticket = await resolved()
      desk.passes(HOUR_MS)
      const { id } = await desk.writes('ann', 'It is still down')
      const [said] = await desk.spoken()
      expect(actionsOf(said?.card)).to.deep.equal([
        { verb: 'reopen', ticketId: ticket.id, arg: id },
        { verb: 'new_ticket', ticketId: ticket.id, arg: id },
      ])
      expect((await desk.load(ticket.id)).status).to.equal('resolved')
    })

    it('takes thanks after that for thanks, in the ticket’s thread as well', async () => {
      const ticket = await resolved()
      await desk.writes('ann', '谢谢！')
      await desk.writes('ann', '谢谢！', threadOf(ticket))
      await desk.writes('ann', 'ok', threadOf(ticket))
      expect(await desk.spoken()).to.deep.equal([])
      expect((await desk.load(ticket.id)).revision).to.equal(ticket.revision)
    })

    it('greets them with their open tickets', async () => {
      const ticket = await desk.opened('sam')
      await desk.writes('sam', 'hello')
      expect(wordsOf((await desk.spoken())[0]?.card)).to.include(ticket.number)
    })

    it('shows one by its number to its requester and to the team, to others as if there were none', async () => {
      const ticket = await desk.opened('sam')
      for (const who of ['sam', 'bo', 'ada', 'cy', 'hal'] as const)
        await desk.writes(who, `status ${ticket.number}`)
      const shown = Object.fromEntries(
        (await desk.spoken()).map(({ to, card }) => [to.split('/')[0], wordsOf(card).includes('VPN')]),
      )
      expect(shown).to.deep.equal({
        'D-sam': true,
        'D-bo': true,
        'D-ada': true,
        'D-cy': true,
        'D-hal': false,
      })
      const [stranger] = (await desk.spoken()).filter(({ to }) => to.startsWith('D-hal'))
      await desk.writes('hal', 'status 2026119999')
      const none = (await desk.spoken()).filter(({ to }) => to.startsWith('D-hal')).at(-1)
      const both = [stranger?.summary, none?.summary].map((words) => words?.replace(/\d{10}/, 'N'))
      expect(both[0]).to.equal(both[1])
    })

    it('shows one to who was told of it, though they are of no team', async () => {
      const ticket = await desk.opened('sam')
      await desk.services.tickets.commit({
        deskId: 'acme',
        ticketId: ticket.id,
        before: ticket,
        cause: 'clock:x',
        actor: { kind: 'system' },
        at: desk.now,
        events: [
          {
            type: 'clock.told',
            clock: 'first_response',
            cycle: 1,
            told: [{ level: 'L2', round: 1 }],
            remind: [],
            tell: [{ to: 'max', template: 'overdue' }],
            marks: [],
            late: false,
          },
        ],
      })
      await desk.writes('max', `status ${ticket.number}`)
      expect(wordsOf((await desk.spoken())[0]?.card)).to.include('VPN')
    })

    it('lists an agent’s work: theirs, and what nobody has', async () => {
      const mine = await desk.claimed('bo', 'sam')
      desk.passes(HOUR_MS)
      const free = await desk.opened('ann', 'Please order toner')
      await desk.writes('hal', 'payroll')
      await desk.writes('bo', '待办')
      const said = (await desk.spoken()).find(({ to }) => to.startsWith('D-bo'))
      expect(wordsOf(said?.card)).to.include(mine.number).and.to.include(free.number)
      expect(actionsOf(said?.card)).to.deep.include({ verb: 'claim', ticketId: free.id })
    })
  })

  describe('in a ticket’s thread', () => {
    it('adds to that ticket, whatever else is open', async () => {
      const first = await desk.opened('ann')
      desk.passes(DAY_MS)
      await desk.opened('ann', 'The screen is dark')
      await desk.writes('ann', 'About the VPN: it works at home', threadOf(first))
      expect(await desk.happened(first.id)).to.deep.equal(['ticket.opened', 'touch.added'])
      expect(await desk.spoken()).to.deep.equal([])
    })

    it('adds to it when it begins with a slash or a greeting, too', async () => {
      const ticket = await desk.opened('ann')
      await desk.writes('ann', '// on both machines', threadOf(ticket))
      const touches = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
      expect(touches.map(({ touch }) => [touch.visibility, touch.text])).to.deep.equal([
        ['public', '// on both machines'],
      ])
    })

    it('asks about a closed one', async () => {
      const ticket = await resolved()
      await desk.clicks('ann', { verb: 'confirm', ticketId: ticket.id })
      const { id } = await desk.writes('ann', 'It is down again', threadOf(ticket))
      expect(actionsOf((await desk.spoken())[0]?.card)).to.deep.include({
        verb: 'reopen',
        ticketId: ticket.id,
        arg: id,
      })
    })

    it('waits for a post of ours that is not recorded yet, and does without in the end', async () => {
      const waits = await desk.writes('ann', 'An answer', { thread: 'ours', threadIsOurs: true })
      expect(waits.taken).to.deep.equal({ kind: 'later', reason: 'thread' })
      expect(await desk.tickets()).to.deep.equal([])
      const last = await desk.writes('ann', 'An answer', { thread: 'ours', threadIsOurs: true, attempts: 9 })
      expect(last.taken.kind).to.equal('done')
      expect(await desk.tickets()).to.have.length(1)
    })

    it('takes an unknown thread in a direct conversation for a message like any other', async () => {
      const { messageId } = await desk.writes('ann', 'My VPN is down', { thread: 'unknown' })
      const ticket = await desk.ticket()
      expect(ticket.places[0]?.address).to.deep.equal({
        platform: 'slack',
        conversation: 'D-ann',
        thread: 'unknown',
      })
      expect(messageId).to.not.equal('unknown')
    })
  })

  describe('with files', () => {
    it('keeps what it can, and says which ones it could not take', async () => {
      desk.fetches = { 'gone.txt': 'gone', 'fat.iso': 'too_large' }
      await desk.writes('sam', 'See these', {
        files: [file('fine.png'), file('huge.zip', 10 * 1024 * 1024 + 1), file('gone.txt'), file('fat.iso')],
      })
      const ticket = await desk.ticket()
      expect(ticket.files.map(({ name }) => name)).to.deep.equal(['fine.png'])
      const [said] = await desk.spoken()
      expect(said?.key).to.equal('files')
      expect(said?.summary).to.include('huge.zip').and.to.include('gone.txt').and.to.include('fat.iso')
      expect(said?.summary).to.not.include('fine.png')
    })

    it('takes one of exactly ten megabytes', async () => {
      await desk.writes('sam', 'See this', { files: [file('ten.bin', 10 * 1024 * 1024)] })
      expect((await desk.ticket()).files).to.have.length(1)
      expect(await desk.spoken()).to.deep.equal([])
    })

    it('waits while a file cannot be fetched, and does without it in the end', async () => {
      desk.fetches = { 'slow.png': 'later' }
      const waits = await desk.writes('sam', 'See this', { files: [file('slow.png')] })
      expect(waits.taken).to.deep.equal({ kind: 'later', reason: 'file' })
      expect(await desk.tickets()).to.deep.equal([])
      await desk.writes('sam', 'See this', { files: [file('slow.png')], attempts: 9 })
      expect((await desk.ticket()).files).to.deep.equal([])
      expect((await desk.spoken())[0]?.summary).to.include('slow.png')
    })

    it('opens a ticket for a file alone that is too large, and says so', async () => {
      await desk.writes('sam', '', { files: [file('huge.zip', 99 * 1024 * 1024)] })
      expect(await desk.tickets()).to.have.length(1)
      expect((await desk.spoken())[0]?.summary).to.include('huge.zip')
    })

    it('takes ten at most', async () => {
      await desk.writes('sam', 'See', { files: Array.from({ length: 12 }, (_, i) => file(`f${i}.png`)) })
      expect((await desk.ticket()).files).to.have.length(10)
    })
  })

  async function answered() {
    const ticket = await desk.claimed()
    await desk.submits('bo', { verb: 'reply', ticketId: ticket.id }, { text: 'Try again' })
    return await desk.load(ticket.id)
  }
  async function resolved() {
    const ticket = await desk.claimed()
    await desk.submits('bo', { verb: 'resolve', ticketId: ticket.id }, { resolution: 'Restarted.' })
    return await desk.load(ticket.id)
  }
})

const file = (name: string, bytes = 100) => ({ id: name, name, bytes, locator: name })
function threadOf(ticket: { places: { address: { thread?: string } }[] }): { thread: string } {
  return { thread: ticket.places[0]?.address.thread ?? '' }
}
