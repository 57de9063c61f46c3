import { expect } from 'chai'
import { fromTicket } from '../../../src/models/mongo/ticket-docs.js'
import type { Priority, Status } from '../../../src/models/ticket/ticket.js'
import { freshDatabase } from '../../support/fresh-database.js'
import { MONDAY } from '../ticket/support.js'
import { after as afterChange, MINUTE_MS, opening, storeOf } from './support.js'

interface Given {
  id: string
  status?: Status
  priority?: Priority
  teamId?: string
  minute?: number
  assigneeId?: string
  requesterId?: string
  deskId?: string
  due?: number
}

describe('lists of tickets', () => {
  const database = freshDatabase()
  const store = () => storeOf(database())
  const at = (minute: number) => new Date(MONDAY.getTime() + minute * MINUTE_MS)

  async function given(...list: Given[]): Promise<void> {
    await database().tickets.insertMany(
      list.map(({ id, minute = 0, due, ...more }, i) => {
        const { nextDueAt: _, ...ticket } = afterChange(opening(id, { number: `20261199${i}${id}` })).ticket
        return fromTicket({
          ...ticket,
          openedAt: at(minute),
          updatedAt: at(minute),
          ...more,
          ...(due === undefined ? {} : { nextDueAt: at(due) }),
        })
      }),
    )
  }
  const ids = (tickets: readonly { id: string }[]) => tickets.map(({ id }) => id)

  it('of a requester hold what has not ended, the newest first', async () => {
    await given(
      { id: 'old', minute: 1 },
      { id: 'resolved', minute: 3, status: 'resolved' },
      { id: 'new', minute: 2, status: 'in_progress' },
      { id: 'closed', minute: 4, status: 'closed' },
      { id: 'withdrawn', minute: 4, status: 'cancelled' },
      { id: 'sam’s', minute: 5, requesterId: 'sam' },
      { id: 'elsewhere', minute: 6, deskId: 'umbrella' },
    )
    expect(ids(await store().ofRequester('acme', 'ann', 20))).to.deep.equal(['resolved', 'new', 'old'])
    expect(ids(await store().ofRequester('acme', 'ann', 1))).to.deep.equal(['resolved'])
  })

  it('of an assignee hold what is still to be done', async () => {
    await given(
      { id: 'b', minute: 2, assigneeId: 'bo', status: 'in_progress' },
      { id: 'a', minute: 1, assigneeId: 'bo', status: 'waiting_requester' },
      { id: 'resolved', assigneeId: 'bo', status: 'resolved' },
      { id: 'cy’s', assigneeId: 'cy', status: 'in_progress' },
    )
    expect(ids(await store().ofAssignee('acme', 'bo', 20))).to.deep.equal(['a', 'b'])
  })

  it('of what nobody has are a queue: the most urgent first, then the oldest', async () => {
    await given(
      { id: 'low', minute: 0, priority: 'low' },
      { id: 'medium-2', minute: 5, priority: 'medium' },
      { id: 'medium-1', minute: 4, priority: 'medium', teamId: 'hr' },
      { id: 'urgent', minute: 9, priority: 'urgent' },
      { id: 'claimed', minute: 0, priority: 'urgent', status: 'in_progress' },
      { id: 'others', minute: 0, priority: 'urgent', teamId: 'legal' },
    )
    expect(ids(await store().unclaimed('acme', ['it', 'hr'], 20))).to.deep.equal([
      'urgent',
      'medium-1',
      'medium-2',
      'low',
    ])
    expect(ids(await store().unclaimed('acme', ['it', 'hr'], 2))).to.deep.equal(['urgent', 'medium-1'])
    expect(await store().unclaimed('acme', [], 20)).to.deep.equal([])
  })

  it('count who stands before a ticket in its queue', async () => {
    await given(
      { id: 'low', minute: 0, priority: 'low' },
      { id: 'high-1', minute: 1, priority: 'high' },
      { id: 'high-2', minute: 2, priority: 'high' },
      { id: 'urgent', minute: 9, priority: 'urgent' },
      { id: 'claimed', minute: 0, priority: 'urgent', status: 'in_progress' },
      { id: 'others', minute: 0, priority: 'urgent', teamId: 'hr' },
    )
    const ahead = async (id: string) => {
      const ticket = await store().load(id)
      if (!ticket) throw new Error(`no ${id}`)
      return await store().aheadInQueue(ticket)
    }
    expect(await ahead('urgent')).to.equal(0)
    expect(await ahead('high-1')).to.equal(1)
    expect(await ahead('high-2')).to.equal(2)
    expect(await ahead('low')).to.equal(3)
    expect(await ahead('claimed')).to.equal(0)
  })

  it('of what is due begin with the earliest, and leave out what is not to be seen', async () => {
    await given(
      { id: 'c', due: 3 },
      { id: 'a', due: 1 },
      { id: 'b', due: 2 },
      { id: 'never' },
      { id: 'x', due: 1, deskId: 'umbrella' },
    )
    expect(await store().due('acme', at(2), 10, [])).to.deep.equal(['a', 'b'])
    expect(await store().due('acme', at(9), 2, ['a'])).to.deep.equal(['b', 'c'])
    expect(await store().due('acme', at(0), 10, [])).to.deep.equal([])
  })

  it('find one by its number at its own desk only', async () => {
    await given({ id: 'a' })
    const number = (await store().load('a'))?.number ?? ''
    expect((await store().byNumber('acme', number))?.id).to.equal('a')
    expect(await store().byNumber('umbrella', number)).to.equal(undefined)
    expect(await store().byNumber('acme', '2026110000')).to.equal(undefined)
  })
})
