import { expect } from 'chai'
import { createPeopleMemory } from '../../../src/models/mongo/people-memory.js'

const MINUTE_MS = 60_000

describe('remembered people', () => {
  let at = 0
  const memory = () => createPeopleMemory(() => new Date(at), MINUTE_MS)
  const ann = (name: string) => ({
    _id: 'ann',
    deskId: 'acme',
    name,
    identities: [{ platform: 'slack' as const, userId: 'U1' }],
    identityKeys: ['slack:U1'],
  })
  beforeEach(() => {
    at = 0
  })

  it('are known by their id and by each identity, for a minute', () => {
    const people = memory()
    people.remember(ann('Ann'))
    expect(people.known('acme', 'ann')?.name).to.equal('Ann')
    expect(people.byIdentity('acme', 'slack', 'U1')?.name).to.equal('Ann')
    expect(people.known('other', 'ann')).to.equal(undefined)
    at = MINUTE_MS
    expect(people.known('acme', 'ann')).to.equal(undefined)
  })

  it('stay as they were written when a read that began before comes in late', () => {
    const people = memory()
    const slow = people.reading()
    people.remember(ann('Ann Zhou'))
    expect(people.remember(ann('Ann'), slow).name).to.equal('Ann Zhou')
    expect(people.known('acme', 'ann')?.name).to.equal('Ann Zhou')
    expect(people.remember(ann('Ann Li'), people.reading()).name).to.equal('Ann Li')
  })

  it('are not remembered from a read that began before all was forgotten', () => {
    const people = memory()
    const slow = people.reading()
    people.forget()
    expect(people.remember(ann('Ann'), slow).name).to.equal('Ann')
    expect(people.known('acme', 'ann')).to.equal(undefined)
  })
})
