import { expect } from 'chai'
import { dispatchOpening } from '../../src/intake/dispatch.js'
import { freshDatabase } from '../support/fresh-database.js'
import { rejectionOf } from '../support/rejection.js'
import { actionsOf, type DeskAtWork, deskAtWork, userOf } from '../support/services.js'

describe('whoever opens their chat with the bot', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
    desk.profiles = {
      'U-new': { name: 'Nia', locale: 'zh-CN', isBot: false },
      'U-bot': { name: 'Robot', isBot: true },
    }
  })
  const opens = (userId: string, platform = 'slack') =>
    dispatchOpening(desk.deps, {
      ...{ kind: 'presence', what: 'chat_opened', tenant: 'T1', keys: ['k'], at: desk.now },
      ...{ platform, userId, conversation: `D-${userId}` },
    })

  it('is welcomed in their language, with what they can do', async () => {
    await opens('U-new')
    const [only, ...more] = await desk.spoken()
    expect(more).to.deep.equal([])
    expect(only?.to).to.equal('D-U-new/undefined')
    expect(only?.card.locale).to.equal('zh-CN')
    expect(JSON.stringify(only?.card)).to.contain('Nia，你好')
    expect(actionsOf(only?.card)).to.deep.equal([{ verb: 'new_ticket' }, { verb: 'mine' }])
  })

  it('is welcomed once, however often and from however many events at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => opens('U-new')))
    await opens('U-new')
    expect(await desk.spoken()).to.have.length(1)
  })

  it('is not welcomed again when nothing is left of what was said', async () => {
    await opens('U-new')
    await database().outbox.deleteMany({})
    desk.services.people.forget()
    await opens('U-new')
    expect(await desk.spoken()).to.deep.equal([])
  })

  it('is not welcomed who has talked with the bot before, nor a bot', async () => {
    await opens(userOf('ann'))
    await opens('U-bot')
    expect(await desk.spoken()).to.deep.equal([])
  })

  it('is seen to later when nobody knows yet who that is', async () => {
    expect((await rejectionOf(opens('U-unknown'))).message).to.equal('not known yet')
    expect(await desk.services.people.byIdentity('acme', 'slack', 'U-unknown')).to.equal(undefined)
  })

  it('is told to write what they need when they ask for a new ticket', async () => {
    const answer = await desk.clicks('ann', { verb: 'new_ticket' })
    expect(answer.kind === 'private' ? answer.card.summary : '').to.contain('一条消息')
    expect(await desk.tickets()).to.deep.equal([])
  })
})
