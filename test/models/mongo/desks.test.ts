import { expect } from 'chai'
import { createDesks } from '../../../src/models/mongo/desks.js'
import { DESK, withTeam } from '../../support/desk-fixture.js'
import { freshDatabase } from '../../support/fresh-database.js'

describe('the desk in the database', () => {
  const database = freshDatabase()
  const desks = () => createDesks(database())

  it('is absent until one is applied', async () => {
    expect(await desks().load()).to.equal(undefined)
    expect(await desks().load('acme')).to.equal(undefined)
    expect(await desks().version('acme')).to.equal(undefined)
  })

  it('comes back as it went in', async () => {
    await desks().save(DESK)
    expect(await desks().load()).to.deep.equal(DESK)
    expect(await desks().load('acme')).to.deep.equal(DESK)
    expect(await desks().version('acme')).to.equal('v1')
  })

  it('is replaced as a whole', async () => {
    await desks().save(withTeam({ channels: { 'a.b$c': 'C1' } }))
    const next = { ...withTeam({ channels: { slack: 'C2' } }), version: 'v2' }
    await desks().save(next)
    expect(await desks().load()).to.deep.equal(next)
    expect(await desks().version('acme')).to.equal('v2')
  })

  it('takes keys that MongoDB would not', async () => {
    const odd = withTeam({ channels: { $where: 'x', 'a.b': 'y', __proto__x: 'z' } })
    await desks().save(odd)
    expect(await desks().load()).to.deep.equal(odd)
  })
})
