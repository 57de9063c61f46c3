import { expect } from 'chai'
import type { Answer } from '../../src/flows/answer.js'
import { t } from '../../src/i18n/t.js'
import { dispatchHome } from '../../src/intake/dispatch.js'
import { freshDatabase } from '../support/fresh-database.js'
import { actionsOf, type DeskAtWork, deskAtWork, MINUTE_MS, userOf } from '../support/services.js'

describe('what the app’s page shows', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
  })

  const opened = (who: string) => dispatchHome(desk.deps, { platform: 'slack', userId: userOf(who) })
  async function pageOf(who: string) {
    const answer: Answer = await opened(who)
    if (answer.kind !== 'private') throw new Error(`it is ${answer.kind}`)
    return { card: answer.card, words: JSON.stringify(answer.card), actions: actionsOf(answer.card) }
  }

  it('tells a requester what to write, and shows the tickets they have open', async () => {
    const ticket = await desk.opened('ann', 'My VPN is down')
    await desk.opened('sam', 'Toner, please')
    const { card, words, actions } = await pageOf('ann')
    expect(card).to.include({ locale: 'zh-CN', audience: 'requester', summary: '你有 1 个未完成工单' })
    expect(words)
      .to.contain('你好')
      .and.contain(t('zh-CN', 'home.how'))
      .and.contain('My VPN is down')
      .and.contain('待受理')
      .and.not.contain('Toner')
    expect(actions).to.deep.equal([{ verb: 'show', ticketId: ticket.id }])
  })

  it('says so when they have none', async () => {
    const { card, actions } = await pageOf('sam')
    expect(card).to.include({ locale: 'en', summary: 'You have no open tickets' })
    expect(actions).to.deep.equal([])
  })

  it('shows an agent what they have and what nobody has as well', async () => {
    const mine = await desk.claimed('bo')
    desk.passes(10 * MINUTE_MS)
    const free = await desk.opened('sam', 'Toner, please')
    const { card, words, actions } = await pageOf('bo')
    expect(card.audience).to.equal('team')
    expect(words).to.contain('Your queue').and.contain('Toner, please')
    expect(actions).to.have.deep.members([
      { verb: 'show', ticketId: mine.id },
      { verb: 'claim', ticketId: free.id },
    ])
  })

  it('takes in whoever opens it for the first time, and shows bots nothing', async () => {
    desk.profiles = {
      'U-new': { name: 'Nia', isBot: false },
      'U-bot': { name: 'Robot', isBot: true },
    }
    expect((await pageOf('new')).words).to.contain('Nia')
    expect(await opened('bot')).to.deep.equal({ kind: 'nothing' })
  })
})
