import { expect } from 'chai'
import type { Database } from '../../../src/models/mongo/database.js'
import { createPeople, type People } from '../../../src/models/mongo/people.js'
import type { Person } from '../../../src/models/people/person.js'
import { freshDatabase } from '../../support/fresh-database.js'

const DESK = 'acme'

describe('people', () => {
  const database = freshDatabase()
  let other: Database
  let clock: Date
  before(async () => {
    other = await database.another()
  })
  beforeEach(() => {
    clock = new Date('2026-11-02T01:00:00Z')
  })
  const peopleOf = (of = database()): People => createPeople(of, () => clock)
  const ann: Person = {
    id: 'ann',
    deskId: DESK,
    name: 'Ann',
    email: 'ann@acme.example',
    identities: [{ platform: 'slack', userId: 'UANN' }],
  }
  const stored = async (id: string) => await database().people.findOne({ _id: `${DESK}/${id}` })

  describe('who write for the first time', () => {
    it('join as requesters', async () => {
      const people = peopleOf()
      const person = await people.join(DESK, 'slack', 'U1', {
        name: 'Newcomer',
        locale: 'zh-CN',
        zone: 'Asia/Shanghai',
      })
      expect(person).to.deep.include({
        name: 'Newcomer',
        locale: 'zh-CN',
        lastPlatform: 'slack',
        identities: [{ platform: 'slack', userId: 'U1' }],
      })
      expect(person.isAdmin).to.equal(undefined)
      expect(await peopleOf(other).byIdentity(DESK, 'slack', 'U1')).to.deep.equal(person)
    })

    it('join once, however often and wherever at once', async () => {
      const instances = [peopleOf(), peopleOf(other), peopleOf(), peopleOf(other)]
      const newcomer = { name: 'Newcomer', email: 'New@Acme.example' }
      const joined = await Promise.all(instances.map((people) => people.join(DESK, 'slack', 'U1', newcomer)))
      expect(new Set(joined.map(({ id }) => id)).size).to.equal(1)
      expect(await database().people.countDocuments()).to.equal(1)
    })

    it('are linked by their e-mail to who they are already, in whatever case it is written', async () => {
      await peopleOf().list(DESK, [ann])
      const person = await peopleOf().join(DESK, 'teams', '29:x', {
        name: 'Ann B',
        email: 'ANN@acme.example',
      })
      expect(person.id).to.equal('ann')
      expect((await peopleOf(other).byIdentity(DESK, 'teams', '29:x'))?.id).to.equal('ann')
      expect((await peopleOf(other).byIdentity(DESK, 'slack', 'UANN'))?.id).to.equal('ann')
    })

    it('are somebody else when that e-mail has another identity there', async () => {
      await peopleOf().list(DESK, [ann])
      const instances = [peopleOf(), peopleOf(other), peopleOf(), peopleOf(other)]
      const impostor = { name: 'Ann?', email: 'ann@acme.example' }
      const joined = await Promise.all(
        instances.map((people) => people.join(DESK, 'slack', 'U666', impostor)),
      )
      expect(new Set(joined.map(({ id }) => id)).size).to.equal(1)
      expect(joined[0]?.id).to.not.equal('ann')
      expect(joined[0]?.email).to.equal(undefined)
      expect((await peopleOf().byIdentity(DESK, 'slack', 'UANN'))?.id).to.equal('ann')
      expect((await stored('ann'))?.identities).to.have.length(1)
    })

    it('keep the e-mail they came with', async () => {
      const people = peopleOf()
      expect(await people.join(DESK, 'slack', 'U1', { name: 'N', email: 'N@acme.example' })).to.include({
        email: 'n@acme.example',
      })
    })

    it('are strangers to another desk', async () => {
      await peopleOf().list(DESK, [ann])
      expect(await peopleOf().byIdentity('umbrella', 'slack', 'UANN')).to.equal(undefined)
      expect(await peopleOf().get('umbrella', 'ann')).to.equal(undefined)
    })
  })

  describe('of the desk file', () => {
    it('stand as the file says', async () => {
      await peopleOf().list(DESK, [ann, { ...ann, id: 'bob', email: 'bob@acme.example', identities: [] }])
      expect((await peopleOf(other).listed(DESK)).map(({ id }) => id)).to.deep.equal(['ann', 'bob'])
      expect(await peopleOf(other).get(DESK, 'ann')).to.deep.equal(ann)
    })

    it('change nothing when they are applied again', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann])
      const before = await database().people.find().toArray()
      await people.list(DESK, [ann])
      expect(await database().people.find().toArray()).to.deep.equal(before)
    })

    it('lose what the file no longer gives them', async () => {
      const people = peopleOf()
      await people.list(DESK, [{ ...ann, isAdmin: true, managerId: 'bob', department: 'Sales' }])
      expect(await people.admins(DESK)).to.deep.equal(['ann'])
      await people.list(DESK, [ann])
      expect(await people.admins(DESK)).to.deep.equal([])
      expect(await people.get(DESK, 'ann')).to.deep.equal(ann)
    })

    it('who are no longer in it stay people, but no admins', async () => {
      const people = peopleOf()
      await people.list(DESK, [{ ...ann, isAdmin: true }])
      await people.list(DESK, [])
      expect(await people.listed(DESK)).to.deep.equal([])
      expect(await people.admins(DESK)).to.deep.equal([])
      expect((await people.byIdentity(DESK, 'slack', 'UANN'))?.name).to.equal('Ann')
    })

    it('keep their known conversation and their other messengers', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann])
      await people.seen((await people.get(DESK, 'ann')) ?? ann, 'slack', 'D1')
      await people.join(DESK, 'teams', '29:x', { name: 'Ann', email: 'ann@acme.example' })
      await people.list(DESK, [{ ...ann, name: 'Ann B' }])
      expect(await people.get(DESK, 'ann')).to.deep.include({
        name: 'Ann B',
        lastPlatform: 'slack',
        identities: [
          { platform: 'slack', userId: 'UANN', conversation: 'D1' },
          { platform: 'teams', userId: '29:x' },
        ],
      })
      expect((await peopleOf(other).byIdentity(DESK, 'teams', '29:x'))?.id).to.equal('ann')
    })

    it('get the identity and the e-mail under which they had joined by themselves', async () => {
      const people = peopleOf()
      const before = await people.join(DESK, 'slack', 'UANN', { name: 'ann', email: 'ann@acme.example' })
      await people.list(DESK, [ann])
      expect((await people.byIdentity(DESK, 'slack', 'UANN'))?.id).to.equal('ann')
      expect(await people.get(DESK, before.id)).to.deep.include({ identities: [] })
    })

    it('get the identity they joined with when the file knows only their e-mail', async () => {
      const people = peopleOf()
      await people.join(DESK, 'slack', 'U77', { name: 'ann', email: 'ann@acme.example' })
      await people.list(DESK, [{ ...ann, identities: [] }])
      expect((await people.byIdentity(DESK, 'slack', 'U77'))?.id).to.equal('ann')
    })

    it('may swap identities and e-mails', async () => {
      const people = peopleOf()
      const bob = {
        ...ann,
        id: 'bob',
        name: 'Bob',
        email: 'bob@acme.example',
        identities: [{ platform: 'slack', userId: 'UBOB' }],
      }
      await people.list(DESK, [ann, bob])
      await people.list(DESK, [
        { ...ann, email: bob.email, identities: bob.identities },
        { ...bob, email: 'ann@acme.example', identities: ann.identities },
      ])
      expect((await people.byIdentity(DESK, 'slack', 'UANN'))?.id).to.equal('bob')
      expect((await people.byIdentity(DESK, 'slack', 'UBOB'))?.id).to.equal('ann')
    })
  })

  it('may be many without any account', async () => {
    const people = peopleOf()
    const without = ['bob', 'cat', 'dan'].map((id) => ({ id, deskId: DESK, name: id, identities: [] }))
    await people.list(DESK, without)
    await people.list(DESK, [...without, ann])
    expect(await people.listed(DESK)).to.have.length(4)
    const bob = { ...ann, id: 'bob', name: 'Bob', email: 'bob@acme.example' }
    await people.list(DESK, [{ ...ann, identities: [] }, bob, ...without.slice(1)])
    expect((await people.byIdentity(DESK, 'slack', 'UANN'))?.id).to.equal('bob')
  })

  describe('who turn out to be one', () => {
    const joined = (people: People) =>
      people.join(DESK, 'feishu', 'ou-1', { name: 'Ann on Feishu', conversation: 'oc-1' })

    it('are one under both ids, for every instance', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann])
      const guest = await joined(people)
      expect((await people.unite(DESK, guest.id, 'ann')).kind).to.equal('joined')
      for (const one of [people, peopleOf()]) {
        expect((await one.get(DESK, guest.id))?.id).to.equal('ann')
        const [byOld, byNew] = await Promise.all([one.get(DESK, guest.id), one.get(DESK, 'ann')])
        expect(byOld).to.deep.equal(byNew)
        expect((await one.byIdentity(DESK, 'feishu', 'ou-1'))?.id).to.equal('ann')
      }
      expect([...(await people.many(DESK, [guest.id, 'ann'])).keys()]).to.have.members([guest.id, 'ann'])
    })

    it('stay one when the desk file is applied again', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann])
      const guest = await joined(people)
      await people.unite(DESK, 'ann', guest.id)
      await people.list(DESK, [ann])
      expect((await peopleOf().get(DESK, guest.id))?.identities).to.have.length(2)
    })

    it('are one through several steps', async () => {
      const people = peopleOf()
      const first = await people.join(DESK, 'slack', 'U1', { name: 'A' })
      const second = await people.join(DESK, 'feishu', 'ou-1', { name: 'A' })
      const third = await people.join(DESK, 'teams', '29:1', { name: 'A' })
      await people.unite(DESK, first.id, second.id)
      await people.unite(DESK, third.id, first.id)
      for (const { id } of [first, second, third])
        expect((await peopleOf().get(DESK, id))?.id).to.equal(third.id)
      expect((await peopleOf().get(DESK, third.id))?.identities).to.have.length(3)
    })

    it('are joined once when it is asked twice at once, and two listed ones never', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann, { ...ann, id: 'bob', email: 'b@acme.example', identities: [] }])
      const guest = await joined(people)
      const asked = await Promise.all([
        people.unite(DESK, 'ann', guest.id),
        peopleOf(other).unite(DESK, 'bob', guest.id),
      ])
      expect(asked.map(({ kind }) => kind).sort()).to.deep.equal(['absent', 'joined'])
      expect(await people.unite(DESK, 'ann', 'bob')).to.deep.equal({ kind: 'both_listed' })
    })
  })

  describe('who are seen', () => {
    it('are reached where they wrote last', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann])
      await people.seen(ann, 'slack', 'D1')
      expect(await peopleOf(other).get(DESK, 'ann')).to.deep.include({
        lastPlatform: 'slack',
        identities: [{ platform: 'slack', userId: 'UANN', conversation: 'D1' }],
      })
      expect((await people.get(DESK, 'ann'))?.lastPlatform).to.equal('slack')
    })

    it('do not lose their direct conversation by writing in a channel', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann])
      await people.seen(ann, 'slack', 'D1')
      await people.seen((await people.get(DESK, 'ann')) ?? ann, 'slack')
      expect((await stored('ann'))?.identities[0]?.conversation).to.equal('D1')
    })

    it('do not lose what another instance has linked meanwhile', async () => {
      const people = peopleOf()
      await people.list(DESK, [ann])
      const remembered = (await people.get(DESK, 'ann')) ?? ann
      await peopleOf(other).join(DESK, 'teams', '29:x', { name: 'Ann', email: 'ann@acme.example' })
      await people.seen(remembered, 'slack', 'D1')
      expect((await stored('ann'))?.identities).to.deep.equal([
        { platform: 'slack', userId: 'UANN', conversation: 'D1' },
        { platform: 'teams', userId: '29:x' },
      ])
    })
  })

  it('are remembered for a minute, and read again afterwards', async () => {
    const people = peopleOf()
    await people.list(DESK, [ann])
    expect((await people.get(DESK, 'ann'))?.name).to.equal('Ann')
    await database().people.updateOne({ _id: 'acme/ann' }, { $set: { name: 'Anna' } })
    clock = new Date(clock.getTime() + 59_000)
    expect((await people.byIdentity(DESK, 'slack', 'UANN'))?.name).to.equal('Ann')
    clock = new Date(clock.getTime() + 2000)
    expect((await people.byIdentity(DESK, 'slack', 'UANN'))?.name).to.equal('Anna')
  })

  it('are found many at a time; unknown ones are left out', async () => {
    const people = peopleOf()
    await people.list(DESK, [ann, { ...ann, id: 'bob', email: 'bob@acme.example', identities: [] }])
    const found = await people.many(DESK, ['ann', 'nobody', 'bob', 'ann'])
    expect([...found.keys()].sort()).to.deep.equal(['ann', 'bob'])
  })
})
