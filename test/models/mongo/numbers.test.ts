import { expect } from 'chai'
import type { Database } from '../../../src/models/mongo/database.js'
import { createNumbers, monthOf, ticketNumber } from '../../../src/models/mongo/numbers.js'
import { failCommand, heal } from '../../support/fail-command.js'
import { freshDatabase } from '../../support/fresh-database.js'
import { rejectionOf } from '../../support/rejection.js'

const ZONE = 'Asia/Shanghai'
const NOVEMBER = new Date('2026-11-02T01:00:00Z')

describe('ticket numbers', () => {
  const database = freshDatabase()
  let other: Database
  before(async () => {
    other = await database.another({ appName: 'numbers', serverSelectionTimeoutMs: 1500 })
  })
  afterEach(() => heal(database()))

  it('begin with 0001', async () => {
    expect(await createNumbers(database())('acme', ZONE, NOVEMBER)).to.equal('2026110001')
  })

  it('rise, call after call', async () => {
    const next = createNumbers(database())
    const numbers = []
    for (let i = 0; i < 5; i++) numbers.push(await next('acme', ZONE, NOVEMBER))
    expect(numbers).to.deep.equal(['2026110001', '2026110002', '2026110003', '2026110004', '2026110005'])
  })

  it('rise in the order of concurrent calls', async () => {
    const next = createNumbers(database())
    const numbers = await Promise.all(Array.from({ length: 200 }, () => next('acme', ZONE, NOVEMBER)))
    expect(numbers).to.deep.equal([...numbers].sort())
    expect(new Set(numbers).size).to.equal(200)
    expect(numbers.at(-1)).to.equal('2026110200')
  })

  it('are unique over two instances, from the first one on', async () => {
    const instances = [createNumbers(database()), createNumbers(other)]
    const numbers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => instances[i % 2]?.('acme', ZONE, NOVEMBER)),
    )
    expect(new Set(numbers).size).to.equal(200)
    for (const half of [0, 1]) {
      const own = numbers.filter((_, i) => i % 2 === half)
      expect(own).to.deep.equal([...own].sort())
    }
  })

  it('start anew with the month of the desk’s zone, not of UTC', async () => {
    const next = createNumbers(database())
    await next('acme', ZONE, NOVEMBER)
    expect(await next('acme', ZONE, new Date('2026-11-30T15:59:59Z'))).to.equal('2026110002')
    expect(await next('acme', ZONE, new Date('2026-11-30T16:00:00Z'))).to.equal('2026120001')
    expect(await next('acme', 'America/New_York', new Date('2026-12-01T04:59:59Z'))).to.equal('2026110003')
  })

  it('are each desk’s own', async () => {
    const next = createNumbers(database())
    expect(await next('acme', ZONE, NOVEMBER)).to.equal('2026110001')
    expect(await next('umbrella', ZONE, NOVEMBER)).to.equal('2026110001')
  })

  it('leave a gap rather than come twice when an answer is lost', async () => {
    const next = createNumbers(other)
    expect(await next('acme', ZONE, NOVEMBER)).to.equal('2026110001')
    await failCommand(database(), 'numbers', { failCommands: ['findAndModify'], closeConnection: true })
    expect(await rejectionOf(next('acme', ZONE, NOVEMBER))).to.be.instanceOf(Error)
    await heal(database())
    const numbers = await Promise.all(Array.from({ length: 3 }, () => next('acme', ZONE, NOVEMBER)))
    expect(new Set(['2026110001', ...numbers]).size).to.equal(4)
  })

  it('have at least four digits behind the month, and more where needed', () => {
    expect(ticketNumber('202611', 7)).to.equal('2026110007')
    expect(ticketNumber('202611', 12_345)).to.equal('20261112345')
    expect(monthOf(new Date('2026-01-01T00:00:00Z'), 'UTC')).to.equal('202601')
    expect(monthOf(new Date('2026-01-01T00:00:00Z'), 'America/New_York')).to.equal('202512')
  })
})
