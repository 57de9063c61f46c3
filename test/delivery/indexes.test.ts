import { expect } from 'chai'
import {
  asideCardsFilter,
  postableFilter,
  staleFilter,
  unpostedFilter,
} from '../../src/models/mongo/card-filters.js'
import { asideFilter, dueLanesFilter, LANE_INDEX, mirrorFilter } from '../../src/models/mongo/outbox.js'
import { testDatabase } from '../support/mongod.js'
import { worlds } from './support.js'

const AT = new Date()
const DESK_ID = 'acme'

describe('the queries of the loop', () => {
  const world = worlds(testDatabase())

  /** How many entries and documents a query reads among a thousand that are done and ten that are not. */
  async function read(collection: 'outbox' | 'cards', filter: object, sort: object = {}, hint?: object) {
    const { database } = world()
    const found = database[collection].find(filter as never).sort(sort as never)
    const plan = (await (hint ? found.hint(hint as never) : found).explain('executionStats')) as {
      executionStats: { totalDocsExamined: number; totalKeysExamined: number; nReturned: number }
    }
    expect(JSON.stringify(plan)).to.not.contain('"COLLSCAN"')
    return plan.executionStats
  }

  beforeEach(async () => {
    const { database } = world()
    const outbox = database.db.collection<{ _id: string }>('outbox')
    const cards = database.db.collection<{ _id: string }>('cards')
    const row = (i: number, more: object) => ({
      _id: `t${i}:1:0`,
      deskId: DESK_ID,
      seq: 1,
      n: 0,
      ticketId: `t${i}`,
      ...more,
    })
    await outbox.insertMany([
      ...Array.from({ length: 1000 }, (_, i) => row(i, { lane: 'l', state: 'done', dueAt: AT, doneAt: AT })),
      ...Array.from({ length: 10 }, (_, i) => row(2000 + i, { lane: `l${i % 2}`, state: 'due', dueAt: AT })),
      ...Array.from({ length: 3 }, (_, i) =>
        row(3000 + i, { lane: 'l', state: 'aside', doneAt: AT, dueAt: AT }),
      ),
    ])
    const address = { platform: 'slack', conversation: 'C' }
    const card = (i: number, more: object) => ({
      _id: `t${i}:p`,
      deskId: DESK_ID,
      ticketId: `t${i}`,
      address,
      ...more,
    })
    await cards.insertMany([
      ...Array.from({ length: 1000 }, (_, i) => card(i, { messageId: `m${i}` })),
      ...Array.from({ length: 5 }, (_, i) => card(2000 + i, { messageId: `n${i}`, dueAt: AT })),
      ...Array.from({ length: 5 }, (_, i) => card(3000 + i, { dueAt: AT })),
      ...Array.from({ length: 3 }, (_, i) => card(4000 + i, { dueAt: new Date('9999-01-01T00:00:00Z') })),
    ])
  })

  const closed = { conversations: ['X'], platforms: ['feishu'] }
  const cases: [string, 'outbox' | 'cards', object, object, number, object?][] = [
    ['lanes that are due', 'outbox', dueLanesFilter(DESK_ID, AT, ['l9']), { dueAt: 1 }, 10],
    [
      'rows of a lane',
      'outbox',
      { deskId: DESK_ID, lane: 'l0', state: 'due' },
      { dueAt: 1, seq: 1, n: 1 },
      5,
      LANE_INDEX,
    ],
    ['mirrors of a touch', 'outbox', mirrorFilter('t2000', 'x'), {}, 0],
    ['rows set aside', 'outbox', asideFilter(DESK_ID), {}, 3],
    ['rows left', 'outbox', { deskId: DESK_ID, state: 'due' }, { dueAt: 1 }, 10],
    ['stale cards', 'cards', staleFilter(DESK_ID, 'r', AT, ['t1:p'], closed), { dueAt: 1 }, 5],
    ['first cards', 'cards', postableFilter(DESK_ID, 'r', AT, ['slack:X']), { dueAt: 1 }, 5],
    ['first cards of a lane', 'cards', unpostedFilter(DESK_ID, 'r', AT, 'slack:C'), { dueAt: 1 }, 5],
    ['cards set aside', 'cards', asideCardsFilter(DESK_ID), {}, 3],
  ]
  for (const [name, collection, filter, sort, expected, hint] of cases) {
    it(`find ${name} by an index, without reading what is done`, async () => {
      const { nReturned, totalDocsExamined, totalKeysExamined } = await read(collection, filter, sort, hint)
      expect(nReturned).to.equal(expected)
      expect(totalDocsExamined).to.be.at.most(13)
      expect(totalKeysExamined).to.be.at.most(14)
    })
  }
})
