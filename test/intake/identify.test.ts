import { expect } from 'chai'
import { identify, introduce, type LookUp } from '../../src/intake/identify.js'
import { createPeople } from '../../src/models/mongo/people.js'
import { freshDatabase } from '../support/fresh-database.js'

const DESK = 'acme'
const FROM = { platform: 'feishu', userId: 'ou_1', conversation: { id: 'oc_1', kind: 'direct' as const } }

describe('somebody who writes for the first time', () => {
  const database = freshDatabase()
  const peopleOf = () => createPeople(database(), () => new Date())
  /** A messenger that tells nothing, or what it is given. */
  const telling =
    (told?: Awaited<ReturnType<LookUp>>): LookUp =>
    async () =>
      told
  const ANN = { name: 'Ann', email: 'Ann@Acme.example', zone: 'Europe/London', isBot: false }

  async function nameless() {
    const people = peopleOf()
    const joined = await identify(people, telling(), DESK, FROM)
    if (joined === undefined || joined === 'later') throw new Error('nobody joined')
    return { people, joined }
  }

  it('waits while the messenger does not say who it is, and joins under their id in the end', async () => {
    expect(await identify(peopleOf(), telling(), DESK, FROM, false)).to.equal('later')
    const { joined } = await nameless()
    expect(joined).to.deep.include({
      name: 'ou_1',
      identities: [{ platform: 'feishu', userId: 'ou_1', conversation: 'oc_1' }],
    })
  })

  it('is nobody when there is no such user, or it is a bot', async () => {
    expect(await identify(peopleOf(), telling('gone'), DESK, FROM)).to.equal(undefined)
    expect(await identify(peopleOf(), telling({ ...ANN, isBot: true }), DESK, FROM)).to.equal(undefined)
  })

  it('gets their name once the messenger tells it', async () => {
    const { people, joined } = await nameless()
    for (const nothing of [telling(), telling('gone')]) {
      expect(await introduce(people, nothing, joined, FROM)).to.deep.equal(joined)
    }
    const told = await introduce(people, telling(ANN), joined, FROM)
    expect(told).to.deep.include({
      id: joined.id,
      name: 'Ann',
      email: 'ann@acme.example',
      zone: 'Europe/London',
    })
    expect(await peopleOf().byIdentity(DESK, 'feishu', 'ou_1')).to.deep.equal(told)
  })

  it('is not asked about again once they have a name', async () => {
    const { people, joined } = await nameless()
    const ann = await introduce(people, telling(ANN), joined, FROM)
    const lookUp: LookUp = async () => {
      throw new Error('asked again')
    }
    expect(await introduce(people, lookUp, ann, FROM)).to.equal(ann)
  })

  it('turns out to be whom the desk knows by that e-mail, with all that is theirs', async () => {
    const { people, joined } = await nameless()
    const known = await people.join(DESK, 'slack', 'U1', ANN)
    const one = await introduce(people, telling(ANN), joined, FROM)
    expect(one).to.deep.include({ id: known.id, name: 'Ann', aliases: [joined.id] })
    expect(one.identities.map(({ platform }) => platform)).to.have.members(['slack', 'feishu'])
    expect((await people.byIdentity(DESK, 'feishu', 'ou_1'))?.id).to.equal(known.id)
  })

  it('stays somebody else when the owner of the e-mail has an account there already', async () => {
    const { people, joined } = await nameless()
    const known = await people.join(DESK, 'feishu', 'ou_2', ANN)
    const one = await introduce(people, telling(ANN), joined, FROM)
    expect(one).to.deep.include({ id: joined.id, name: 'Ann' })
    expect(one.email).to.equal(undefined)
    expect((await people.get(DESK, known.id))?.email).to.equal('ann@acme.example')
  })
})
