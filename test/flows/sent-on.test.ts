import { expect } from 'chai'
import type { Services } from '../../src/flows/services.js'
import { t } from '../../src/i18n/t.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { isLive, type PresentTouch, sentOn, touchesOf } from '../../src/models/ticket/touches.js'
import { freshDatabase } from '../support/fresh-database.js'
import { type DeskAtWork, deskAtWork, privateWords, userOf, type Written } from '../support/services.js'

const IT = 'C-IT'

describe('inside words that are sent on', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
  })

  /** What cy said inside a ticket that bo has. */
  async function inside(text = 'It is the gateway') {
    const ticket = await desk.claimed()
    const thread = `card-${ticket.number}`
    await database().cards.updateOne({ _id: `${ticket.id}:team:it:slack` }, { $set: { messageId: thread } })
    const where = { channel: IT, thread }
    const message = await desk.writes('cy', text, where)
    const [touch] = (await desk.events(ticket.id)).filter((event) => event.type === 'touch.added')
    const touchId = touch?.touch.id ?? ''
    return {
      ticket,
      message,
      touchId,
      where,
      publishes: (who: 'bo' | 'cy' = 'bo') =>
        desk.clicks(who, { verb: 'publish', ticketId: ticket.id, arg: touchId }),
    }
  }
  const touches = async (ticket: Ticket) => touchesOf(await desk.services.tickets.history(ticket.id))
  const copies = async (ticket: Ticket, touchId: string): Promise<PresentTouch[]> =>
    sentOn(await touches(ticket), touchId)
  const seen = async (ticket: Ticket, touchId: string) =>
    (await copies(ticket, touchId)).filter(isLive).map(({ text }) => text)
  const takesBack = async (ticket: Ticket, touchId: string) => {
    const [copy] = (await copies(ticket, touchId)).filter(isLive)
    return await desk.clicks('bo', { verb: 'retract', ticketId: ticket.id, arg: copy?.id ?? '' })
  }
  const mirrorsToRequester = async (ticket: Ticket) =>
    (await desk.said(ticket.id)).filter((line) => line === 'mirror to requester').length

  it('go out again after they were taken back, once each time', async () => {
    const { ticket, touchId, publishes } = await inside()
    for (const round of [1, 2, 3]) {
      const answers = await Promise.all([publishes(), publishes(), publishes('cy')])
      expect(answers).to.deep.equal([{ kind: 'nothing' }, { kind: 'nothing' }, { kind: 'nothing' }])
      expect(await publishes()).to.deep.equal({ kind: 'nothing' })
      expect(await mirrorsToRequester(ticket)).to.equal(round)
      expect(await seen(ticket, touchId)).to.deep.equal(['It is the gateway'])
      expect(await takesBack(ticket, touchId)).to.deep.equal({ kind: 'nothing' })
      expect(await seen(ticket, touchId)).to.deep.equal([])
    }
  })

  it('go out as they stand by then', async () => {
    const { ticket, touchId, message, where, publishes } = await inside()
    await publishes()
    await takesBack(ticket, touchId)
    await desk.edits('cy', message, 'It is the router', where)
    await publishes()
    const [first, second] = await copies(ticket, touchId)
    expect([first?.text, first && isLive(first)]).to.deep.equal(['It is the gateway', false])
    expect([second?.text, second && isLive(second)]).to.deep.equal(['It is the router', true])
  })

  const rows: [
    string,
    (message: Written, where: { channel: string; thread: string }) => Promise<unknown>,
    string[],
    string[],
  ][] = [
    [
      'follow their author’s edit',
      (message, where) => desk.edits('cy', message, `It is the router, @{${userOf('bo')}}`, where),
      ['It is the router, @Bo'],
      ['mirror_edit to team', 'mirror_edit to team'],
    ],
    [
      'do not follow an edit by another',
      (message, where) => desk.edits('bo', message, 'Nonsense', where),
      ['It is the gateway'],
      [],
    ],
    [
      'are taken back when an edit makes a note of them',
      (message, where) => desk.edits('cy', message, '// she forgot it', where),
      [],
      ['mirror_delete to team', 'mirror_edit to team'],
    ],
    [
      'go when their author deletes them',
      (message, where) => desk.deletes('cy', message, where),
      [],
      ['mirror_delete to team', 'mirror_delete to team'],
    ],
  ]
  for (const [name, act, left, said] of rows) {
    it(name, async () => {
      const { ticket, touchId, message, where, publishes } = await inside()
      await publishes()
      const before = (await desk.said(ticket.id)).length
      await act(message, where)
      expect(await seen(ticket, touchId)).to.deep.equal(left)
      expect((await desk.said(ticket.id)).slice(before)).to.deep.equal(said)
    })
  }

  it('are not sent, nor sent again, once an edit has made a note of them', async () => {
    for (const sentBefore of [false, true]) {
      const { ticket, touchId, message, where, publishes } = await inside()
      if (sentBefore) await publishes()
      await desk.edits('cy', message, '// she forgot it', where)
      expect(privateWords(await publishes())).to.equal(t('en', 'error.touch.is_note'))
      await desk.edits('cy', message, 'she forgot it', where)
      expect(privateWords(await publishes())).to.equal(t('en', 'error.touch.is_note'))
      expect(await seen(ticket, touchId)).to.deep.equal([])
      const words = (await copies(ticket, touchId)).map(({ text }) => text)
      expect(words).to.deep.equal(sentBefore ? ['It is the gateway'] : [])
      await desk.submits('bo', { verb: 'resolve', ticketId: ticket.id }, { resolution: 'Done.' })
      await desk.clicks('ann', { verb: 'confirm', ticketId: ticket.id })
    }
  })

  it('are not sent once they are deleted', async () => {
    const { message, where, publishes } = await inside()
    await publishes()
    await desk.deletes('cy', message, where)
    expect(privateWords(await publishes())).to.equal(t('en', 'error.touch.not_found'))
  })

  /** Lets `meanwhile` happen right after the history was read for the first time. */
  function interrupted(meanwhile: () => Promise<unknown>): void {
    const { tickets } = desk.services
    let pending: (() => Promise<unknown>) | undefined = meanwhile
    const services: Services = {
      ...desk.services,
      tickets: {
        ...tickets,
        history: async (id) => {
          const history = await tickets.history(id)
          const now = pending
          pending = undefined
          await now?.()
          return history
        },
      },
    }
    desk.deps.services = services
  }

  it('go out as edited, when the edit comes between reading and sending', async () => {
    const { ticket, touchId, message, where, publishes } = await inside()
    interrupted(() => desk.edits('cy', message, 'It is the router', where))
    await publishes()
    expect(await seen(ticket, touchId)).to.deep.equal(['It is the router'])
  })

  it('do not go out when they are deleted between reading and sending', async () => {
    const { ticket, touchId, message, where, publishes } = await inside()
    interrupted(() => desk.deletes('cy', message, where))
    expect(privateWords(await publishes())).to.equal(t('en', 'error.touch.not_found'))
    expect(await copies(ticket, touchId)).to.deep.equal([])
  })

  it('follow an edit that was being read when they went out', async () => {
    const { ticket, touchId, message, where, publishes } = await inside()
    interrupted(() => publishes())
    await desk.edits('cy', message, 'It is the router', where)
    expect(await seen(ticket, touchId)).to.deep.equal(['It is the router'])
  })
})
