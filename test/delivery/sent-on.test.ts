import { expect } from 'chai'
import { isLive, sentOn, touchesOf } from '../../src/models/ticket/touches.js'
import { testDatabase } from '../support/mongod.js'
import { worlds } from './support.js'

const TEAM = 'team:it:slack'
const BY_CY = { authorId: 'cy', visibility: 'internal', side: 'team' } as const

describe('inside words that were sent on', () => {
  const world = worlds(testDatabase())
  let n = 0

  /** Everything that stands in a conversation now. */
  const standing = (conversation: string) =>
    JSON.stringify(
      world()
        .messenger.in(conversation)
        .flatMap((one) => (one.words ? [one.words] : [])),
    )

  /** What cy said inside and bo sent on, shown to the requester. */
  async function sent() {
    const { delivery, open, does, tickets } = world()
    delivery.start()
    const { id } = await open()
    await does('bo', id, { verb: 'claim' })
    n += 1
    const from = `inside-${n}`
    const source = { placeId: TEAM, messageId: `src-${from}` }
    await does('cy', id, { verb: 'discuss', touch: { id: from, text: 'old words', files: [], source } })
    const publish = async () => {
      n += 1
      const copy = { id: `copy-${n}`, text: 'old words', files: [] }
      await does('bo', id, { verb: 'publish', touch: copy, from, was: 'internal' })
      await delivery.idle()
    }
    const copies = async () =>
      sentOn(touchesOf(await tickets.history(id)), from)
        .filter(isLive)
        .map((copy) => copy.id)
    await publish()
    expect(standing('D-ANN')).to.contain('old words')
    return { id, from, publish, copies }
  }

  it('show their author’s edit to the requester', async () => {
    const { delivery, does } = world()
    const { id, from, copies } = await sent()
    const edit = { verb: 'edit', touchId: from, text: 'new words', by: BY_CY } as const
    await does('cy', id, { ...edit, copies: await copies() })
    await delivery.idle()
    expect(standing('D-ANN')).to.contain('new words').and.not.contain('old words')
  })

  it('leave the requester when an edit makes a note of them, whose words never come there', async () => {
    const { delivery, does, messenger } = world()
    const { id, from, copies } = await sent()
    const edit = { verb: 'edit', touchId: from, text: 'noted words', by: BY_CY, asNote: true } as const
    await does('cy', id, { ...edit, copies: await copies() })
    await delivery.idle()
    expect(standing('D-ANN')).to.equal('[]')
    const told = messenger.calls.filter((call) => call.where.startsWith('D-ANN'))
    expect(JSON.stringify(told)).to.not.contain('noted words')
  })

  it('are not offered for sending when an edit made a note of them first', async () => {
    const { delivery, does, messenger, open } = world()
    const { id } = await open()
    await does('bo', id, { verb: 'claim' })
    for (const touchId of ['noted', 'said']) {
      const source = { placeId: TEAM, messageId: `src-${touchId}` }
      await does('cy', id, { verb: 'discuss', touch: { id: touchId, text: touchId, files: [], source } })
    }
    await does('cy', id, { verb: 'edit', touchId: 'noted', text: 'noted words', by: BY_CY, asNote: true })
    delivery.start()
    await delivery.idle()
    const whispers = messenger.calls.filter((call) => call.method === 'whisper')
    expect(whispers.map((call) => JSON.stringify(call.words?.card?.elements))).to.have.length(1)
    expect(JSON.stringify(whispers)).to.contain('"publish"').and.contain('"said"')
  })

  it('leave the requester and the team’s thread when their author deletes them', async () => {
    const { delivery, does } = world()
    const { id, from, copies } = await sent()
    expect(standing('C-IT')).to.contain('old words')
    await does('cy', id, { verb: 'delete', touchId: from, by: BY_CY, copies: await copies() })
    await delivery.idle()
    expect(standing('D-ANN')).to.equal('[]')
    expect(standing('C-IT')).to.not.contain('old words')
  })

  it('come back to the requester when they are sent again after they were taken back', async () => {
    const { delivery, does } = world()
    const { id, copies, publish } = await sent()
    const [touchId = ''] = await copies()
    const by = { authorId: 'bo', visibility: 'public', side: 'team' } as const
    await does('bo', id, { verb: 'retract', touchId, by })
    await delivery.idle()
    expect(standing('D-ANN')).to.equal('[]')
    await publish()
    expect(standing('D-ANN')).to.contain('old words')
  })
})
