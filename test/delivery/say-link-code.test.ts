import { expect } from 'chai'
import { createLinkCodes } from '../../src/models/mongo/link-codes.js'
import { testDatabase } from '../support/mongod.js'
import { worlds } from './support.js'

const TO = { platform: 'slack', conversation: 'D-ANN', thread: '1' }
const BY = { platform: 'feishu', userId: 'ou-1' }

describe('a code to link accounts', () => {
  const world = worlds(testDatabase())
  const shown = (): string => {
    const [message] = world().messenger.in('D-ANN')
    return /[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(JSON.stringify(message?.card))?.[0] ?? 'no code'
  }

  it('is shown to its owner alone, works, and is in no collection', async () => {
    const { replies, delivery, database } = world()
    await replies.linkCode('acme', 'link:1', TO, 'ann')
    delivery.start()
    await delivery.idle()
    const codes = createLinkCodes(database, () => new Date())
    expect(await codes.look('acme', shown(), BY, 'in-1')).to.deep.include({
      kind: 'valid',
      personId: 'ann',
      account: { platform: 'slack', userId: 'U-ann' },
    })
    for (const { collectionName } of await database.db.collections()) {
      const all = JSON.stringify(await database.db.collection(collectionName).find().toArray())
      expect(all, collectionName).to.not.contain(shown())
    }
    expect(world().messenger.in('D-ANN')[0]?.card?.summary).to.not.contain(shown())
  })

  it('that was shown before the answer was lost is the one that works', async () => {
    const { replies, delivery, database, messenger } = world()
    messenger.script({ method: 'postCard', outcome: { kind: 'unknown', reason: 'cut' }, done: true })
    await replies.linkCode('acme', 'link:2', TO, 'ann')
    delivery.start()
    await delivery.idle()
    expect(messenger.in('D-ANN')).to.have.length(1)
    const codes = createLinkCodes(database, () => new Date())
    expect((await codes.look('acme', shown(), BY, 'in-1')).kind).to.equal('valid')
  })
})
