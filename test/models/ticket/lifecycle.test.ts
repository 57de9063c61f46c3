import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { VERBS } from '../../../src/models/ticket/commands.js'
import { permission, ROLES, type Role, rolesOf } from '../../../src/models/ticket/lifecycle.js'
import { STATUSES } from '../../../src/models/ticket/ticket.js'
import { IT } from '../../support/desk-fixture.js'
import { MONDAY, tale } from './support.js'

type Cells = Map<string, Map<string, Map<string, string>>>

/** verb → status → role → mark, as the fixture has them. */
function writtenTable(): Cells {
  const text = readFileSync(new URL('../../fixtures/lifecycle/expected.txt', import.meta.url), 'utf8')
  const table: Cells = new Map()
  for (const block of text.split(/^## /m).slice(1)) {
    const [verb = '', ...lines] = block.split('\n').filter((line) => line.trim() && !line.startsWith('#'))
    const [header = '', ...rows] = lines
    const roles = header.trim().split(/\s+/)
    const statuses = new Map<string, Map<string, string>>()
    for (const row of rows) {
      const [status = '', ...marks] = row.trim().split(/\s+/)
      statuses.set(status, new Map(roles.map((role, i) => [role, marks[i] ?? 'missing'])))
    }
    table.set(verb.trim(), statuses)
  }
  return table
}

describe('the permission table', () => {
  const table = writtenTable()

  it('is written for every command, status and role, and for no others', () => {
    expect([...table.keys()].sort()).to.deep.equal([...VERBS].sort())
    for (const [verb, statuses] of table) {
      expect([...statuses.keys()], verb).to.deep.equal([...STATUSES])
      for (const [status, roles] of statuses)
        expect([...roles.keys()], `${verb} ${status}`).to.deep.equal([...ROLES])
    }
  })

  for (const verb of VERBS) {
    it(`answers for ${verb} as it is written`, () => {
      const wrong: string[] = []
      for (const status of STATUSES) {
        for (const role of ROLES) {
          const mark = table.get(verb)?.get(status)?.get(role)
          const expected = mark === 'x' ? true : mark === '.' ? false : mark
          if (permission(verb, status, [role]).allowed !== expected)
            wrong.push(`${verb} in ${status} by ${role}: written ${mark}`)
        }
      }
      expect(wrong).to.deep.equal([])
    })
  }

  it('lets somebody who is several things do what any of them may', () => {
    expect(permission('confirm', 'resolved', ['member', 'requester']).allowed).to.equal(true)
    expect(permission('claim', 'new', ['requester', 'member']).allowed).to.equal(true)
  })

  it('says the role before the status, and who may instead', () => {
    expect(permission('confirm', 'new', ['stranger'])).to.deep.equal({
      allowed: false,
      because: 'role',
      who: ['requester'],
    })
    expect(permission('confirm', 'new', ['requester'])).to.deep.equal({
      allowed: false,
      because: 'status',
      who: ['requester'],
    })
  })
})

describe('rolesOf', () => {
  const { ticket } = tale({ at: MONDAY })
  const rows: [string, string, Partial<typeof ticket>, boolean, Role[]][] = [
    ['the requester', 'ann', {}, false, ['requester']],
    ['a member of the team', 'bo', {}, false, ['member']],
    ['a lead', 'lin', {}, false, ['lead']],
    ['a member who has it', 'bo', { assigneeId: 'bo' }, false, ['assignee', 'member']],
    ['a helper from another team', 'hal', { helperIds: ['hal'] }, false, ['helper']],
    ['a manager whom the ladder told', 'max', { toldIds: ['max'] }, false, ['told']],
    ['an admin', 'ada', {}, true, ['admin']],
    ['a requester of the own team', 'bo', { requesterId: 'bo' }, false, ['requester', 'member']],
    ['anybody else', 'sam', {}, false, ['stranger']],
  ]
  for (const [name, person, change, isAdmin, roles] of rows) {
    it(`knows ${name}`, () => {
      expect(rolesOf({ ...ticket, ...change }, IT, person, isAdmin)).to.deep.equal(roles)
    })
  }
})
