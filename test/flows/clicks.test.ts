import { expect } from 'chai'
import { CLICKS } from '../../src/flows/clicks.js'
import { t } from '../../src/i18n/t.js'
import type { ActionVerb } from '../../src/models/actions.js'
import { withTeam } from '../support/desk-fixture.js'
import { freshDatabase } from '../support/fresh-database.js'
import {
  actionsOf,
  type DeskAtWork,
  deskAtWork,
  HOUR_MS,
  MINUTE_MS,
  privateWords,
  wordsOf,
} from '../support/services.js'

const NOTHING = { kind: 'nothing' } as const

describe('clicking', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
  })
  const refusals = async (ticketId: string) =>
    (await desk.events(ticketId)).flatMap((event) =>
      event.type === 'attempt.refused' ? [`${event.verb}: ${event.code}`] : [],
    )

  describe('Claim', () => {
    it('takes the ticket', async () => {
      const ticket = await desk.opened()
      expect(await desk.clicks('bo', { verb: 'claim', ticketId: ticket.id })).to.deep.equal(NOTHING)
      expect(await desk.load(ticket.id)).to.include({ status: 'in_progress', assigneeId: 'bo' })
    })

    it('gives it to one of two who click at once, and tells the other who has it, privately', async () => {
      const ticket = await desk.opened()
      const answers = await Promise.all([
        desk.clicks('bo', { verb: 'claim', ticketId: ticket.id }),
        desk.clicks('cy', { verb: 'claim', ticketId: ticket.id }),
      ])
      const { assigneeId } = await desk.load(ticket.id)
      const [loser, name] = assigneeId === 'bo' ? [answers[1], 'Bo'] : [answers[0], 'Cy']
      expect(answers.filter(({ kind }) => kind === 'nothing')).to.have.length(1)
      expect(loser && privateWords(loser)).to.equal(t('en', 'error.ticket.already_claimed', { name }))
      expect(await refusals(ticket.id)).to.deep.equal(['claim: ticket.already_claimed'])
    })

    it('is the same click however often the messenger sends it', async () => {
      const ticket = await desk.opened()
      const click = () => desk.clicks('bo', { verb: 'claim', ticketId: ticket.id }, { key: 'click-1' })
      expect(await Promise.all([click(), click(), click()])).to.deep.equal([NOTHING, NOTHING, NOTHING])
      expect(await click()).to.deep.equal(NOTHING)
      expect(await desk.happened(ticket.id)).to.deep.equal(['ticket.opened', 'ticket.claimed'])
    })

    it('is refused to the requester and to strangers, and the attempt is on record', async () => {
      const ticket = await desk.opened()
      for (const who of ['ann', 'hal'] as const)
        expect((await desk.clicks(who, { verb: 'claim', ticketId: ticket.id })).kind).to.equal('private')
      expect(await refusals(ticket.id)).to.deep.equal([
        'claim: ticket.role_forbids',
        'claim: ticket.role_forbids',
      ])
      expect(await desk.load(ticket.id)).to.not.have.property('assigneeId')
    })

    it('is refused on an old card of a ticket that has ended', async () => {
      const ticket = await desk.opened()
      await desk.submits('ann', { verb: 'withdraw', ticketId: ticket.id }, {})
      const answer = await desk.clicks('bo', { verb: 'claim', ticketId: ticket.id })
      expect(privateWords(answer)).to.include(t('en', 'status.cancelled'))
      expect(await refusals(ticket.id)).to.deep.equal(['claim: ticket.status_forbids'])
    })
  })

  describe('on a ticket that does not exist', () => {
    const verbs = (Object.keys(CLICKS) as ActionVerb[]).filter(
      (verb) => !['help', 'mine', 'queue', 'show', 'publish', 'retract', 'new_ticket'].includes(verb),
    )
    for (const verb of verbs) {
      it(`says so to ${verb}, and leaves no trace`, async () => {
        for (const action of [{ verb, ticketId: '01forged' }, { verb }]) {
          expect(privateWords(await desk.clicks('bo', action))).to.equal(t('en', 'error.ticket.not_found'))
          const answer = await desk.submits('bo', action, {
            text: 'x',
            reason: 'x',
            resolution: 'x',
            agent: 'bo',
            priority: 'low',
          })
          expect(privateWords(answer)).to.equal(t('en', 'error.ticket.not_found'))
        }
        expect(await database().commits.countDocuments()).to.equal(0)
      })
    }

    it('says the same of another desk’s ticket', async () => {
      const ticket = await desk.opened()
      desk.desk = { ...desk.desk, id: 'umbrella' }
      await desk.services.people.list('umbrella', [
        {
          id: 'spy',
          deskId: 'umbrella',
          name: 'Spy',
          locale: 'en',
          isAdmin: true,
          identities: [{ platform: 'slack', userId: 'U-spy' }],
        },
      ])
      for (const verb of verbs) {
        expect(privateWords(await desk.clicks('spy', { verb, ticketId: ticket.id }))).to.equal(
          t('en', 'error.ticket.not_found'),
        )
      }
      const shown = await desk.clicks('spy', { verb: 'show', ticketId: ticket.id })
      expect(wordsOf(shown)).to.not.include(ticket.number).and.to.not.include('VPN')
      expect((await desk.services.tickets.load(ticket.id))?.revision).to.equal(1)
    })
  })

  describe('Assign', () => {
    it('asks whom, and gives it to them', async () => {
      const ticket = await desk.opened()
      const form = await desk.clicks('lin', { verb: 'assign', ticketId: ticket.id })
      expect(form.kind === 'form' && form.form).to.deep.include({ ticketId: ticket.id })
      expect(
        await desk.submits('lin', { verb: 'assign', ticketId: ticket.id }, { agent: 'cy' }),
      ).to.deep.equal(NOTHING)
      expect(await desk.load(ticket.id)).to.include({ status: 'assigned', assigneeId: 'cy' })
      expect(await desk.said(ticket.id)).to.include('tell assigned to cy')
    })

    it('moves it to another team, whose card it gets', async () => {
      const ticket = await desk.claimed()
      expect(await desk.submits('bo', { verb: 'assign', ticketId: ticket.id }, { team: 'hr' })).to.deep.equal(
        NOTHING,
      )
      const moved = await desk.load(ticket.id)
      expect(moved).to.include({ teamId: 'hr', status: 'new' })
      expect(moved.places.filter(({ retiredAt }) => !retiredAt).map(({ id }) => id)).to.include(
        'team:hr:slack',
      )
      expect(await database().cards.countDocuments({ _id: `${ticket.id}:team:hr:slack` })).to.equal(1)
    })

    it('says at the field what is wrong with it', async () => {
      desk.desk = withTeam({ reasonsFor: ['reassign'] })
      const ticket = await desk.claimed()
      const action = { verb: 'reassign', ticketId: ticket.id } as const
      for (const [values, field, key] of [
        [{ agent: 'hal', reason: 'x' }, 'agent', 'error.ticket.unknown_assignee'],
        [{ team: 'nobody', reason: 'x' }, 'team', 'error.ticket.unknown_team'],
        [{ agent: 'cy', reason: ' ' }, 'reason', 'error.ticket.reason_required'],
      ] as const) {
        expect(await desk.submits('bo', action, values)).to.deep.equal({
          kind: 'field_errors',
          errors: { [field]: t('en', key) },
        })
      }
      expect((await desk.load(ticket.id)).assigneeId).to.equal('bo')
    })

    it('does not open for whoever may not', async () => {
      const ticket = await desk.opened()
      expect((await desk.clicks('ann', { verb: 'assign', ticketId: ticket.id })).kind).to.equal('private')
      expect(await refusals(ticket.id)).to.deep.equal(['assign: ticket.role_forbids'])
    })
  })

  describe('Release', () => {
    it('puts it back into the queue at once where no reason is demanded', async () => {
      const ticket = await desk.claimed()
      expect(await desk.clicks('bo', { verb: 'release', ticketId: ticket.id })).to.deep.equal(NOTHING)
      expect((await desk.load(ticket.id)).status).to.equal('new')
    })

    it('asks for the reason where one is', async () => {
      desk.desk = withTeam({ reasonsFor: ['release'] })
      const ticket = await desk.claimed()
      expect((await desk.clicks('bo', { verb: 'release', ticketId: ticket.id })).kind).to.equal('form')
      const empty = await desk.submits('bo', { verb: 'release', ticketId: ticket.id }, { reason: '' })
      expect(empty).to.deep.equal({
        kind: 'field_errors',
        errors: { reason: t('en', 'error.ticket.reason_required') },
      })
      await desk.submits('bo', { verb: 'release', ticketId: ticket.id }, { reason: 'Not mine' })
      expect((await desk.events(ticket.id)).find((event) => event.type === 'ticket.released')).to.include({
        reason: 'Not mine',
      })
    })
  })

  describe('Reply and Note', () => {
    it('send the one to the requester and keep the other inside', async () => {
      const ticket = await desk.claimed()
      expect((await desk.clicks('bo', { verb: 'reply', ticketId: ticket.id })).kind).to.equal('form')
      await desk.submits('bo', { verb: 'reply', ticketId: ticket.id }, { text: 'Try again' })
      await desk.submits('bo', { verb: 'note', ticketId: ticket.id }, { text: 'She is angry' })
      const touches = (await desk.events(ticket.id)).flatMap((event) =>
        event.type === 'touch.added' ? [`${event.touch.visibility}: ${event.touch.text}`] : [],
      )
      expect(touches).to.deep.equal(['public: Try again', 'note: She is angry'])
      const rows = (await desk.said(ticket.id)).filter((line) => line === 'mirror to requester')
      expect(rows).to.have.length(1)
    })

    it('take files, and say which ones they could not', async () => {
      const ticket = await desk.claimed()
      const files = [file('a.png', 10), file('b.iso', 99_000_000)]
      const answer = await desk.submits(
        'bo',
        { verb: 'reply', ticketId: ticket.id },
        { text: 'See' },
        { files },
      )
      expect(privateWords(answer)).to.include('b.iso')
      const [touch] = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
      expect(touch?.touch.files.map(({ name }) => name)).to.deep.equal(['a.png'])
    })

    it('ask for words where there are none', async () => {
      const ticket = await desk.claimed()
      const errors = { text: t('en', 'error.ticket.text_required') }
      for (const verb of ['reply', 'note'] as const) {
        const answer = await desk.submits('bo', { verb, ticketId: ticket.id }, { text: '  ' })
        expect(answer).to.deep.equal({ kind: 'field_errors', errors })
      }
      expect(await desk.happened(ticket.id)).to.not.include('touch.added')
    })

    it('are refused to the requester', async () => {
      const ticket = await desk.claimed()
      expect((await desk.submits('ann', { verb: 'note', ticketId: ticket.id }, { text: 'x' })).kind).to.equal(
        'private',
      )
    })
  })

  describe('Add details', () => {
    it('adds the requester’s words and files', async () => {
      const ticket = await desk.claimed()
      expect((await desk.clicks('ann', { verb: 'add', ticketId: ticket.id })).kind).to.equal('form')
      await desk.submits('ann', { verb: 'add', ticketId: ticket.id }, { text: 'On both machines' })
      expect((await desk.happened(ticket.id)).at(-1)).to.equal('touch.added')
      expect((await desk.clicks('bo', { verb: 'add', ticketId: ticket.id })).kind).to.equal('private')
    })
  })

  describe('Waiting for requester', () => {
    it('sends the question and pauses; their answer resumes', async () => {
      const ticket = await desk.claimed()
      expect((await desk.clicks('bo', { verb: 'wait', ticketId: ticket.id })).kind).to.equal('form')
      expect(
        await desk.submits('bo', { verb: 'wait', ticketId: ticket.id }, { text: 'Which office?' }),
      ).to.deep.equal(NOTHING)
      const waiting = await desk.load(ticket.id)
      expect(waiting.status).to.equal('waiting_requester')
      expect(waiting.clocks.resolution?.state).to.equal('paused')
      expect(await desk.said(ticket.id)).to.include.members([
        'mirror to requester',
        'notice waiting to requester',
      ])
      await desk.submits('ann', { verb: 'add', ticketId: ticket.id }, { text: 'Shanghai' })
      const going = await desk.load(ticket.id)
      expect([going.status, going.clocks.resolution?.state]).to.deep.equal(['in_progress', 'running'])
    })

    it('sends and pauses once, however often the form arrives', async () => {
      const ticket = await desk.claimed()
      const submit = () =>
        desk.submits(
          'bo',
          { verb: 'wait', ticketId: ticket.id },
          { text: 'Which office?' },
          { key: 'form-1' },
        )
      await Promise.all([submit(), submit()])
      await submit()
      expect(await desk.happened(ticket.id, 3)).to.deep.equal(['touch.added', 'ticket.status_changed'])
    })

    it('does not send the question of whoever may not wait', async () => {
      const ticket = await desk.claimed()
      const answer = await desk.submits(
        'cy',
        { verb: 'wait', ticketId: ticket.id },
        { text: 'Which office?' },
      )
      expect(answer.kind).to.equal('private')
      expect(await desk.happened(ticket.id)).to.not.include('touch.added')
    })

    it('ends by hand, too', async () => {
      const ticket = await desk.claimed()
      await desk.submits('bo', { verb: 'wait', ticketId: ticket.id }, { text: '' })
      expect((await desk.load(ticket.id)).status).to.equal('waiting_requester')
      await desk.clicks('bo', { verb: 'wait', ticketId: ticket.id, arg: 'off' })
      expect((await desk.load(ticket.id)).status).to.equal('in_progress')
    })
  })

  describe('Priority', () => {
    it('changes it, and the promises with it', async () => {
      const ticket = await desk.opened()
      expect((await desk.clicks('bo', { verb: 'priority', ticketId: ticket.id })).kind).to.equal('form')
      await desk.submits('bo', { verb: 'priority', ticketId: ticket.id }, { priority: 'urgent' })
      const changed = await desk.load(ticket.id)
      expect(changed.priority).to.equal('urgent')
      expect(changed.clocks.first_response?.targetMs).to.equal(15 * MINUTE_MS)
    })

    it('takes nothing that is no priority', async () => {
      const ticket = await desk.opened()
      for (const priority of ['highest', '', 'medium']) {
        const answer = await desk.submits('bo', { verb: 'priority', ticketId: ticket.id }, { priority })
        expect(privateWords(answer)).to.equal(t('en', 'error.ticket.unchanged'))
      }
      expect((await desk.load(ticket.id)).priority).to.equal('medium')
    })
  })

  describe('Resolve', () => {
    it('asks for the resolution, and for what the type demands', async () => {
      const ticket = await desk.opened('ann', '打印机死机了')
      const action = { verb: 'resolve', ticketId: ticket.id } as const
      expect((await desk.clicks('bo', action)).kind).to.equal('form')
      const empty = { resolution: '', cause: '', prevention: '' }
      for (const [values, field, key] of [
        [empty, 'resolution', 'error.ticket.text_required'],
        [{ ...empty, resolution: 'Restarted.' }, 'cause', 'error.ticket.cause_required'],
        [
          { ...empty, resolution: 'Restarted.', cause: 'Heat' },
          'prevention',
          'error.ticket.prevention_required',
        ],
      ] as const) {
        expect(await desk.submits('bo', action, values)).to.deep.equal({
          kind: 'field_errors',
          errors: { [field]: t('en', key) },
        })
      }
      await desk.submits('bo', action, { resolution: 'Restarted.', cause: 'Heat', prevention: 'A fan' })
      const resolved = await desk.load(ticket.id)
      expect(resolved.resolution).to.deep.include({
        text: 'Restarted.',
        cause: 'Heat',
        prevention: 'A fan',
        byId: 'bo',
      })
      expect(await desk.said(ticket.id)).to.include('notice resolved to requester')
    })

    it('lets the requester agree, which closes it', async () => {
      const ticket = await resolved()
      expect((await desk.clicks('bo', { verb: 'confirm', ticketId: ticket.id })).kind).to.equal('private')
      expect(await desk.clicks('ann', { verb: 'confirm', ticketId: ticket.id })).to.deep.equal(NOTHING)
      expect(await desk.load(ticket.id)).to.include({ status: 'closed' })
    })

    it('lets them disagree with a reason, which is their word', async () => {
      const ticket = await resolved()
      expect((await desk.clicks('ann', { verb: 'reopen', ticketId: ticket.id })).kind).to.equal('form')
      await desk.submits('ann', { verb: 'reopen', ticketId: ticket.id }, { reason: 'Still down' })
      expect(await desk.load(ticket.id)).to.include({
        status: 'in_progress',
        assigneeId: 'bo',
        reopenCount: 1,
      })
      const touches = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
      expect(touches.map(({ touch }) => [touch.side, touch.visibility, touch.text])).to.deep.equal([
        ['requester', 'public', 'Still down'],
      ])
    })

    it('lets the assignee reopen as well, which is no word to the requester', async () => {
      const ticket = await resolved()
      await desk.submits('bo', { verb: 'reopen', ticketId: ticket.id }, { reason: 'I was wrong' })
      expect((await desk.load(ticket.id)).status).to.equal('in_progress')
      expect(await desk.happened(ticket.id)).to.not.include('touch.added')
      expect(await desk.said(ticket.id)).to.include('notice reopened to requester')
    })

    it('cannot be taken back when its window is over', async () => {
      const ticket = await resolved()
      await desk.clicks('ann', { verb: 'confirm', ticketId: ticket.id })
      desk.passes(15 * 24 * HOUR_MS)
      const answer = await desk.submits('ann', { verb: 'reopen', ticketId: ticket.id }, { reason: 'Again' })
      expect(privateWords(answer)).to.equal(t('zh-CN', 'error.ticket.window_over'))
    })

    const resolved = async () => {
      const ticket = await desk.claimed()
      await desk.submits('bo', { verb: 'resolve', ticketId: ticket.id }, { resolution: 'Restarted.' })
      return await desk.load(ticket.id)
    }
  })

  describe('the end of it', () => {
    it('is the requester’s to withdraw, until it is resolved', async () => {
      const ticket = await desk.claimed()
      expect((await desk.submits('bo', { verb: 'withdraw', ticketId: ticket.id }, {})).kind).to.equal(
        'private',
      )
      expect(await desk.submits('ann', { verb: 'withdraw', ticketId: ticket.id }, {})).to.deep.equal(NOTHING)
      expect((await desk.load(ticket.id)).status).to.equal('cancelled')
    })

    it('is the team’s to dismiss', async () => {
      const ticket = await desk.opened()
      expect((await desk.clicks('bo', { verb: 'dismiss', ticketId: ticket.id })).kind).to.equal('form')
      await desk.submits('bo', { verb: 'dismiss', ticketId: ticket.id }, { reason: 'Spam' })
      expect((await desk.load(ticket.id)).status).to.equal('rejected')
      expect(await desk.said(ticket.id)).to.include('notice dismissed to requester')
    })
  })

  describe('Nudge', () => {
    it('tells the leads while nobody has it, and shows the place in the queue', async () => {
      await desk.opened('sam', 'urgent: everything is down')
      desk.passes(MINUTE_MS)
      await desk.opened('max', 'Toner')
      desk.passes(MINUTE_MS)
      const ticket = await desk.opened('ann')
      const words = privateWords(await desk.clicks('ann', { verb: 'urge', ticketId: ticket.id }))
      expect(words)
        .to.include('Lin')
        .and.to.include(t('zh-CN', 'chat.urged.place', { place: 3 }))
      expect(await desk.said(ticket.id)).to.deep.equal(['tell urged to lin'])
      expect((await desk.load(ticket.id)).urges.count).to.equal(1)
    })

    it('tells who has it', async () => {
      const ticket = await desk.claimed()
      const words = privateWords(await desk.clicks('ann', { verb: 'urge', ticketId: ticket.id }))
      expect(words).to.include('Bo')
      expect(await desk.said(ticket.id)).to.deep.equal(['tell urged to bo'])
    })

    it('is possible once an hour', async () => {
      const ticket = await desk.claimed()
      const urge = () => desk.clicks('ann', { verb: 'urge', ticketId: ticket.id })
      await urge()
      desk.passes(HOUR_MS - 1000)
      expect((await urge()).kind).to.equal('private')
      expect(await refusals(ticket.id)).to.deep.equal(['urge: ticket.urged_recently'])
      desk.passes(1000)
      await urge()
      expect((await desk.load(ticket.id)).urges.count).to.equal(2)
    })

    it('is the requester’s alone, and pointless while they are waited for', async () => {
      const ticket = await desk.claimed()
      expect((await desk.clicks('sam', { verb: 'urge', ticketId: ticket.id })).kind).to.equal('private')
      await desk.submits('bo', { verb: 'wait', ticketId: ticket.id }, { text: 'Which?' })
      const answer = await desk.clicks('ann', { verb: 'urge', ticketId: ticket.id })
      expect(privateWords(answer)).to.equal(t('zh-CN', 'error.ticket.waits_for_you'))
    })
  })

  describe('to look', () => {
    const NAMES = ['why', 'details', 'ladder'] as const
    it('shows requester and team the times and the history, the ladder only to the team', async () => {
      const ticket = await desk.claimed()
      const kinds = async (who: string) =>
        Object.fromEntries(
          await Promise.all(
            NAMES.map(async (verb) => [verb, (await desk.clicks(who, { verb, ticketId: ticket.id })).kind]),
          ),
        )
      const all = { why: 'form', details: 'form', ladder: 'form' }
      expect(await kinds('bo')).to.deep.equal(all)
      expect(await kinds('lin')).to.deep.equal(all)
      expect(await kinds('ada')).to.deep.equal(all)
      expect(await kinds('ann')).to.deep.equal({ ...all, ladder: 'private' })
      expect(await kinds('hal')).to.deep.equal({ why: 'private', details: 'private', ladder: 'private' })
    })

    it('tells a stranger nothing of what the ticket says', async () => {
      const ticket = await desk.claimed()
      for (const verb of [...NAMES, 'show'] as const) {
        const words = wordsOf(await desk.clicks('hal', { verb, ticketId: ticket.id }))
        expect(words).to.not.include('VPN').and.to.not.include(ticket.number)
      }
    })

    it('never shows the requester a note', async () => {
      const ticket = await desk.claimed()
      await desk.submits('bo', { verb: 'note', ticketId: ticket.id }, { text: 'She is angry' })
      for (const verb of ['details', 'show', 'why'] as const) {
        expect(wordsOf(await desk.clicks('ann', { verb, ticketId: ticket.id }))).to.not.include('angry')
      }
      expect(wordsOf(await desk.clicks('bo', { verb: 'details', ticketId: ticket.id }))).to.include('angry')
    })

    it('shows the same lists as the words do', async () => {
      const ticket = await desk.opened()
      expect(wordsOf(await desk.clicks('ann', { verb: 'mine' }))).to.include(ticket.number)
      expect(actionsOf(await desk.clicks('bo', { verb: 'queue' }))).to.deep.include({
        verb: 'claim',
        ticketId: ticket.id,
      })
      expect(wordsOf(await desk.clicks('sam', { verb: 'help' }))).to.include('my tickets')
    })
  })

  it('by somebody nobody knows joins them as a requester', async () => {
    desk.profiles = { 'U-new': { name: 'Newcomer', isBot: false, locale: 'zh-CN' } }
    const answer = await desk.clicks('new', { verb: 'mine' })
    expect(privateWords(answer)).to.equal(t('zh-CN', 'chat.mine.none'))
    expect((await desk.services.people.byIdentity('acme', 'slack', 'U-new'))?.name).to.equal('Newcomer')
  })

  it('by a bot, or by somebody who is gone, is nothing', async () => {
    const ticket = await desk.opened()
    desk.profiles = { 'U-robot': { name: 'Robot', isBot: true }, 'U-ghost': 'gone' }
    for (const who of ['robot', 'ghost']) {
      expect(await desk.clicks(who, { verb: 'claim', ticketId: ticket.id })).to.deep.equal(NOTHING)
      expect(await desk.services.people.byIdentity('acme', 'slack', `U-${who}`)).to.equal(undefined)
    }
    expect((await desk.load(ticket.id)).revision).to.equal(1)
  })
})

const file = (name: string, bytes: number) => ({ id: name, name, bytes, locator: name })
