import { expect } from 'chai'
import { createAddresses } from '../../../src/models/mongo/addresses.js'
import { freshDatabase } from '../../support/fresh-database.js'

describe('what an adapter remembers', () => {
  const database = freshDatabase()
  const of = (deskId: string, platform: string) => createAddresses(database(), deskId, platform)

  it('is found again, the newest of it', async () => {
    const addresses = of('acme', 'teams')
    await addresses.set('tenant:t1', 'https://one.example/')
    await addresses.set('tenant:t1', 'https://two.example/')
    expect(await addresses.get('tenant:t1')).to.equal('https://two.example/')
    expect(await addresses.get('tenant:t2')).to.equal(undefined)
  })

  it('is forgotten after its time where one is given, and for ever kept where it is told again without', async () => {
    const addresses = of('acme', 'teams')
    const before = Date.now()
    await addresses.set('offer', 'o', 60_000)
    const [doc] = await database().addresses.find().toArray()
    expect(doc?.purgeAt?.getTime()).to.be.at.least(before + 60_000)
    const indexes = await database().addresses.indexes()
    expect(indexes.find((one) => one.key.purgeAt === 1)?.expireAfterSeconds).to.equal(0)
    await addresses.set('offer', 'o')
    expect(await database().addresses.countDocuments({ purgeAt: { $exists: true } })).to.equal(0)
  })

  it('is each desk’s and each messenger’s own', async () => {
    await of('acme', 'teams').set('k', 'v')
    expect(await of('umbrella', 'teams').get('k')).to.equal(undefined)
    expect(await of('acme', 'feishu').get('k')).to.equal(undefined)
  })

  it('is the newest of what was told at once, beside all else', async () => {
    const addresses = of('acme', 'teams')
    const told = [
      ...Array.from({ length: 20 }, (_, n) => [`k${n}`, `v${n}`] as const),
      ['k3', 'newer'] as const,
    ]
    await Promise.all(told.map(([key, value]) => addresses.set(key, value)))
    expect(await addresses.get('k3')).to.equal('newer')
    expect(await addresses.get('k19')).to.equal('v19')
    expect(await database().addresses.countDocuments({})).to.equal(20)
  })

  it('is written by two at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => of('acme', 'teams').set('k', 'v')))
    expect(await of('acme', 'teams').get('k')).to.equal('v')
  })
})
