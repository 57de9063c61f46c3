import { expect } from 'chai'
import { t } from '../../src/i18n/t.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { withTeam } from '../support/desk-fixture.js'
import { freshDatabase } from '../support/fresh-database.js'
import { type DeskAtWork, deskAtWork, HOUR_MS, privateWords, userOf } from '../support/services.js'

const IT = 'C-IT'

describe('writing in threads', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
  })

  /** The team's card of a ticket as if it had been posted: its thread is the ticket's. */
  async function posted(ticket: Ticket): Promise<{ channel: string; thread: string }> {
    const thread = `card-${ticket.number}`
    await database().cards.updateOne({ _id: `${ticket.id}:team:it:slack` }, { $set: { messageId: thread } })
    return { channel: IT, thread }
  }
  const words = async (ticket: Ticket) =>
    (await desk.events(ticket.id)).flatMap((event) =>
      event.type === 'touch.added'
        ? [`${event.touch.authorId} ${event.touch.visibility}: ${event.touch.text}`]
        : [],
    )
  const toRequester = async (ticket: Ticket) =>
    (await desk.said(ticket.id)).filter((line) => line.startsWith('mirror') && line.endsWith('to requester'))

  describe('of a team’s card', () => {
    it('sends what the assignee writes after the claim, and marks it', async () => {
      const ticket = await desk.claimed()
      await desk.writes('bo', 'Please try again', await posted(ticket))
      expect(await words(ticket)).to.deep.equal(['bo public: Please try again'])
      expect(await desk.said(ticket.id)).to.deep.equal([
        'mirror to requester',
        'mirror to team',
        'sent_mark to team',
      ])
    })

    it('waits, where the messenger cannot tell whose thread it is, for a card that is being posted', async () => {
      const ticket = await desk.claimed()
      const id = `${ticket.id}:team:it:slack`
      const write = (attempts = 0) =>
        desk.writes('bo', 'Please try again', {
          channel: IT,
          thread: 'its-card',
          attempts,
        })
      expect((await write()).taken).to.deep.equal({ kind: 'done' })
      await database().cards.updateOne({ _id: id }, { $set: { triedAt: new Date() } })
      expect((await write()).taken).to.deep.equal({ kind: 'later', reason: 'thread' })
      expect((await write(9)).taken).to.deep.equal({ kind: 'done' })
      await database().cards.updateOne({ _id: id }, { $set: { messageId: 'its-card' } })
      await write()
      expect(await words(ticket)).to.deep.equal(['bo public: Please try again'])
    })

    it('knows a card that was posted and never noted from the first click on it', async () => {
      const ticket = await desk.claimed()
      await posted(ticket)
      const write = (text: string) => desk.writes('bo', text, { channel: IT, thread: 'the-other-card' })
      const action = { verb: 'why', ticketId: ticket.id } as const
      const on = { conversation: IT, messageId: 'the-other-card' }
      for (const elsewhere of [
        { ...on, thread: 'a-card' },
        { ...on, conversation: 'C-HR' },
        { ...on, messageId: `card-${ticket.number}` },
      ])
        await desk.clicks('bo', action, { on: elsewhere })
      await write('Nobody hears this')
      await desk.clicks('bo', action, { on })
      await write('Please try again')
      expect(await words(ticket)).to.deep.equal(['bo public: Please try again'])
      expect(await database().messages.countDocuments({ direction: 'out' })).to.equal(1)
    })

    it('keeps inside what is written before the claim, even by who claims it later', async () => {
      const ticket = await desk.opened()
      await desk.writes('bo', 'What a mess', await posted(ticket))
      await desk.clicks('bo', { verb: 'claim', ticketId: ticket.id })
      expect(await words(ticket)).to.deep.equal(['bo internal: What a mess'])
      expect(await toRequester(ticket)).to.deep.equal([])
    })

    it('keeps inside what anybody else writes, with an offer to send it', async () => {
      const ticket = await desk.claimed()
      for (const who of ['cy', 'lin', 'hal', 'max'] as const)
        await desk.writes(who, `I am ${who}`, await posted(ticket))
      expect(await words(ticket)).to.deep.equal([
        'cy internal: I am cy',
        'lin internal: I am lin',
        'hal internal: I am hal',
        'max internal: I am max',
      ])
      expect(await toRequester(ticket)).to.deep.equal([])
      expect((await desk.said(ticket.id)).filter((line) => line === 'inside_offer to team')).to.have.length(4)
    })

    for (const mark of ['//', '／／', '、、', '// ', `@{${'U-cy'}} //`, ' \u200B//']) {
      it(`keeps inside what begins with “${mark}”`, async () => {
        const ticket = await desk.claimed()
        await desk.writes('bo', `${mark}she forgot it again`, await posted(ticket))
        const [said] = await words(ticket)
        expect(said).to.match(/^bo note: (@Cy )?she forgot it again$/)
        expect(await toRequester(ticket)).to.deep.equal([])
      })
    }

    it('does nothing about a mark alone', async () => {
      const ticket = await desk.claimed()
      await desk.writes('bo', '//', await posted(ticket))
      expect(await words(ticket)).to.deep.equal([])
    })

    it('keeps everything inside where the team has it so', async () => {
      desk.desk = withTeam({ threads: 'inside_only' })
      const ticket = await desk.claimed()
      await desk.writes('bo', 'Please try again', await posted(ticket))
      expect(await words(ticket)).to.deep.equal(['bo internal: Please try again'])
      await desk.submits('bo', { verb: 'reply', ticketId: ticket.id }, { text: 'Please try again now' })
      expect(await toRequester(ticket)).to.have.length(1)
    })

    it('takes a mention of the bot there for the same', async () => {
      const ticket = await desk.claimed()
      await desk.writes('cy', 'please look', { ...(await posted(ticket)), mentionsBot: true })
      expect(await desk.tickets()).to.have.length(1)
      expect(await words(ticket)).to.deep.equal(['cy internal: please look'])
    })

    it('does not take “help” or thanks there for anything but words', async () => {
      const ticket = await desk.claimed()
      await desk.writes('bo', '谢谢', await posted(ticket))
      expect(await words(ticket)).to.deep.equal(['bo public: 谢谢'])
      expect(await desk.spoken()).to.deep.equal([])
    })

    it('keeps what is written about an ended ticket inside', async () => {
      const ticket = await desk.claimed()
      const thread = await posted(ticket)
      await desk.submits('bo', { verb: 'resolve', ticketId: ticket.id }, { resolution: 'Done.' })
      await desk.clicks('ann', { verb: 'confirm', ticketId: ticket.id })
      await desk.writes('bo', 'At last', thread)
      expect(await words(ticket)).to.deep.equal(['bo internal: At last'])
    })

    it('keeps files, and names those it could not take in the thread', async () => {
      const ticket = await desk.claimed()
      const thread = await posted(ticket)
      const file = (name: string, bytes: number) => ({ id: name, name, bytes, locator: name })
      await desk.writes('bo', '', { ...thread, files: [file('a.png', 1), file('b.iso', 99_000_000)] })
      const [touch] = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
      expect(touch?.touch.files.map(({ name }) => name)).to.deep.equal(['a.png'])
      const [said] = await desk.spoken()
      expect(said).to.include({ to: `${IT}/${thread.thread}` })
      expect(said?.summary).to.include('b.iso')
    })
  })

  describe('with second thoughts', () => {
    async function inside() {
      desk.passes(25 * HOUR_MS)
      const ticket = await desk.claimed()
      const message = await desk.writes('cy', 'It is the gateway', await posted(ticket))
      const [touch] = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
      return { ticket, message, touchId: touch?.touch.id ?? '' }
    }
    async function sent(who = 'bo') {
      // far enough from whatever came before
      desk.passes(25 * HOUR_MS)
      const ticket = await desk.claimed()
      const message = await desk.writes(who, 'It is the gateway', await posted(ticket))
      const [touch] = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
      return { ticket, message, touchId: touch?.touch.id ?? '' }
    }

    it('sends what was inside to the requester, once', async () => {
      const { ticket, touchId } = await inside()
      const publish = () => desk.clicks('bo', { verb: 'publish', ticketId: ticket.id, arg: touchId })
      expect(await publish()).to.deep.equal({ kind: 'nothing' })
      await Promise.all([
        publish(),
        publish(),
        desk.clicks('cy', { verb: 'publish', ticketId: ticket.id, arg: touchId }),
      ])
      expect((await desk.happened(ticket.id)).filter((type) => type === 'touch.published')).to.have.length(1)
      expect(await toRequester(ticket)).to.have.length(1)
    })

    it('never sends a note, nor what is not there', async () => {
      const ticket = await desk.claimed()
      await desk.submits('bo', { verb: 'note', ticketId: ticket.id }, { text: 'She is angry' })
      const [note] = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
      const publish = (arg: string, ticketId = ticket.id) =>
        desk.clicks('bo', { verb: 'publish', ticketId, arg })
      expect((await publish(note?.touch.id ?? '')).kind).to.equal('private')
      expect(privateWords(await publish('forged'))).to.equal(t('en', 'error.touch.not_found'))
      expect(privateWords(await publish(note?.touch.id ?? '', 'forged'))).to.equal(
        t('en', 'error.touch.not_found'),
      )
      expect(await toRequester(ticket)).to.deep.equal([])
    })

    it('never sends for a stranger or the requester', async () => {
      const { ticket, touchId } = await inside()
      for (const who of ['ann', 'hal'] as const) {
        expect(
          (await desk.clicks(who, { verb: 'publish', ticketId: ticket.id, arg: touchId })).kind,
        ).to.equal('private')
      }
      expect(await toRequester(ticket)).to.deep.equal([])
    })

    it('takes back what went out, for its author, the assignee and the lead', async () => {
      for (const who of ['bo', 'lin', 'ada'] as const) {
        const { ticket, touchId } = await sent()
        expect(await desk.clicks(who, { verb: 'retract', ticketId: ticket.id, arg: touchId })).to.deep.equal({
          kind: 'nothing',
        })
        expect((await desk.happened(ticket.id)).at(-1)).to.equal('touch.withdrawn')
        expect((await desk.said(ticket.id)).at(-1)).to.equal('mirror_delete to team')
      }
    })

    it('does not take it back for others, nor what never went out', async () => {
      const { ticket, touchId } = await sent()
      for (const who of ['cy', 'hal', 'ann'] as const) {
        expect(
          (await desk.clicks(who, { verb: 'retract', ticketId: ticket.id, arg: touchId })).kind,
        ).to.equal('private')
      }
      const other = await inside()
      expect(
        (await desk.clicks('bo', { verb: 'retract', ticketId: other.ticket.id, arg: other.touchId })).kind,
      ).to.equal('private')
      for (const { id } of [ticket, other.ticket]) {
        expect(await desk.happened(id)).to.not.include('touch.withdrawn')
      }
    })

    it('follows an edit to wherever it is shown', async () => {
      const { ticket, message, touchId } = await sent()
      await desk.edits('bo', message, `It was the gateway, @{${userOf('cy')}}`, await posted(ticket))
      expect((await desk.events(ticket.id)).at(-1)).to.deep.equal({
        type: 'touch.edited',
        touchId,
        text: 'It was the gateway, @Cy',
      })
      expect((await desk.said(ticket.id)).at(-1)).to.equal('mirror_edit to team')
    })

    it('takes a reply back that is edited into a note, before the words change', async () => {
      for (const mark of ['//', `@{${userOf('cy')}} // `]) {
        const { ticket, message } = await sent()
        await desk.edits('bo', message, `${mark}she forgot it`, await posted(ticket))
        expect((await desk.happened(ticket.id)).slice(-2)).to.deep.equal(['touch.withdrawn', 'touch.edited'])
        expect((await desk.said(ticket.id)).slice(-2)).to.deep.equal([
          'mirror_delete to team',
          'mirror_edit to team',
        ])
        const edited = (await desk.events(ticket.id)).at(-1)
        expect(edited?.type === 'touch.edited' && edited.text).to.match(/^(@Cy )?she forgot it$/)
      }
    })

    it('does not follow an edit into a note by who may no longer take the reply back', async () => {
      const { ticket, message } = await sent()
      await desk.clicks('bo', { verb: 'release', ticketId: ticket.id })
      desk.desk = withTeam({ members: ['cy'] })
      await desk.edits('bo', message, '// she forgot it', await posted(ticket))
      expect(await desk.happened(ticket.id)).to.not.include('touch.edited')
    })

    it('never makes a note public by an edit', async () => {
      const ticket = await desk.claimed()
      const thread = await posted(ticket)
      const note = await desk.writes('bo', '// she forgot it', thread)
      await desk.edits('bo', note, 'she forgot it', thread)
      expect((await desk.happened(ticket.id)).at(-1)).to.equal('touch.edited')
      expect(await toRequester(ticket)).to.deep.equal([])
      expect(
        (await desk.services.messages.byRef('acme', { platform: 'slack', ...ref(note) }))?.visibility,
      ).to.equal('note')
    })

    it('does not let anybody edit or delete another’s words', async () => {
      const { ticket, message } = await sent()
      await desk.edits('cy', message, 'Nonsense', await posted(ticket))
      expect(await desk.happened(ticket.id)).to.not.include('touch.edited')
    })

    it('follows a deletion, whoever the messenger says did it', async () => {
      const { ticket, message, touchId } = await sent()
      await desk.deletes('cy', message, await posted(ticket))
      expect((await desk.events(ticket.id)).at(-1)).to.deep.equal({ type: 'touch.deleted', touchId })
      const last = (await desk.services.tickets.history(ticket.id)).at(-1)
      expect(last?.actor).to.deep.equal({ kind: 'person', id: 'bo' })
      expect((await desk.said(ticket.id)).at(-1)).to.equal('mirror_delete to team')
    })

    it('waits with an edit or a deletion until its message is there', async () => {
      const unknown = { messageId: 'm-late', conversation: 'D-ann' }
      expect((await desk.edits('ann', unknown, 'Other words')).taken).to.deep.equal({
        kind: 'later',
        reason: 'message',
      })
      expect((await desk.deletes('ann', unknown)).taken).to.deep.equal({ kind: 'later', reason: 'message' })
      expect((await desk.edits('ann', unknown, 'Other words', { attempts: 9 })).taken).to.deep.equal({
        kind: 'done',
      })
    })

    it('does not wait for a message that was dealt with and is no touch', async () => {
      const greeting = await desk.writes('ann', '在吗')
      expect((await desk.edits('ann', greeting, '在吗？？')).taken).to.deep.equal({ kind: 'done' })
      expect((await desk.deletes('ann', greeting)).taken).to.deep.equal({ kind: 'done' })
    })

    it('takes the words of a deleted first message off the card', async () => {
      const message = await desk.writes('ann', 'My password is 1234')
      const ticket = await desk.ticket()
      await desk.deletes('ann', message)
      expect((await desk.load(ticket.id)).excerpt).to.equal('')
    })

    const ref = ({ conversation, messageId }: { conversation: string; messageId: string }) => ({
      conversation,
      messageId,
    })
  })

  describe('of a channel in which the bot was named', () => {
    const raised = (who = 'ann') =>
      desk.writes(who, 'My VPN is down', { channel: 'C-ALL', mentionsBot: true })

    it('opens a ticket whose requester’s side is that thread', async () => {
      const { messageId } = await raised()
      const ticket = await desk.ticket()
      expect(ticket.requesterId).to.equal('ann')
      expect(ticket.places[0]?.address).to.deep.equal({
        platform: 'slack',
        conversation: 'C-ALL',
        thread: messageId,
      })
    })

    it('opens nothing for what does not name it', async () => {
      await desk.writes('ann', 'My VPN is down', { channel: 'C-ALL' })
      await desk.writes('ann', 'My VPN is down', { channel: 'C-ALL', thread: 'x' })
      expect(await desk.tickets()).to.deep.equal([])
    })

    it('takes what the requester writes there for an answer', async () => {
      const { messageId } = await raised()
      const ticket = await desk.ticket()
      await desk.writes('ann', 'On both machines', { channel: 'C-ALL', thread: messageId })
      expect(await words(ticket)).to.deep.equal(['ann public: On both machines'])
    })

    it('takes what an agent writes there for a reply', async () => {
      const { messageId } = await raised()
      const ticket = await desk.ticket()
      await desk.writes('bo', 'Which office?', { channel: 'C-ALL', thread: messageId })
      expect(await words(ticket)).to.deep.equal(['bo public: Which office?'])
      expect(await desk.load(ticket.id)).to.include({ assigneeId: 'bo', status: 'in_progress' })
    })

    it('leaves what bystanders say there alone', async () => {
      const { messageId } = await raised()
      const ticket = await desk.ticket()
      await desk.writes('sam', 'Mine works', { channel: 'C-ALL', thread: messageId })
      await desk.writes('sam', '谢谢', { channel: 'C-ALL', thread: messageId, mentionsBot: true })
      expect(await desk.tickets()).to.have.length(1)
      expect(await words(ticket)).to.deep.equal([])
    })

    it('opens a bystander’s own ticket when they name the bot themselves', async () => {
      const { messageId } = await raised()
      await desk.writes('sam', 'Mine is down, too', {
        channel: 'C-ALL',
        thread: messageId,
        mentionsBot: true,
      })
      expect((await desk.tickets()).map(({ requesterId }) => requesterId)).to.deep.equal(['ann', 'sam'])
    })

    for (const text of ['help', 'my tickets', '队列', 'status 2026110001']) {
      it(`answers “${text}” with help, and with nobody’s list`, async () => {
        await desk.opened('sam', 'A secret matter')
        await desk.writes('sam', text, { channel: 'C-ALL', mentionsBot: true })
        expect(await desk.tickets()).to.have.length(1)
        const [said] = (await desk.spoken()).filter(({ to }) => to.startsWith('C-ALL'))
        expect(said?.card.title).to.equal(t('en', 'chat.help.title'))
        expect(JSON.stringify(said?.card)).to.not.include('A secret matter')
      })
    }

    it('greets who only greets, and does nothing about thanks', async () => {
      await desk.writes('sam', 'hi', { channel: 'C-ALL', mentionsBot: true })
      await desk.writes('sam', 'thanks', { channel: 'C-ALL', mentionsBot: true })
      expect(await desk.spoken()).to.have.length(1)
      expect(await desk.tickets()).to.deep.equal([])
    })

    it('goes on in private when the requester wants it so', async () => {
      await raised()
      const ticket = await desk.ticket()
      const relocate = () => desk.clicks('ann', { verb: 'relocate', ticketId: ticket.id })
      expect(privateWords(await relocate())).to.include(ticket.number)
      const places = (await desk.load(ticket.id)).places.filter(({ audience }) => audience === 'requester')
      expect(places.map(({ id, retiredAt }) => [id.split(':')[2], retiredAt !== undefined])).to.deep.equal([
        ['C-ALL', true],
        ['D-ann', false],
      ])
      expect(privateWords(await relocate())).to.equal(t('zh-CN', 'error.ticket.unchanged'))
      expect((await desk.clicks('sam', { verb: 'relocate', ticketId: ticket.id })).kind).to.equal('private')
      // what is said from now on goes there alone
      await desk.clicks('bo', { verb: 'claim', ticketId: ticket.id })
      await desk.submits('bo', { verb: 'reply', ticketId: ticket.id }, { text: 'Hello' })
      const rows = await database()
        .outbox.find({ 'say.kind': 'mirror', 'to.placeId': /^requester/ })
        .toArray()
      expect(rows.map(({ lane }) => lane)).to.deep.equal(['slack:D-ann'])
    })
  })
})
