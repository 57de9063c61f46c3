import { expect } from 'chai'
import { guestOf } from '../support/three.js'
import { heard, withThree } from '../support/with-three.js'
import { until } from '../support/world.js'

/** How a ticket begins, in either language. */
const HOW = /即可生成工单|It becomes a ticket at once/

describe('the first look at the bot', function () {
  this.timeout(120_000)
  const here = withThree({ retryDelaysMs: [100, 3000, 9000, 15_000] })

  it('in Feishu brings one welcome, however often they look and the event comes', async () => {
    const { on, feishu } = here.world
    const userId = guestOf('feishu', 0)
    feishu.faults.deliverTwice({ which: 'next', variant: 'other_event_id', copies: 3 })
    const dm = await on.feishu.direct(userId)
    await heard(on.feishu, dm, '"tag":"button"')
    await on.feishu.direct(userId)
    feishu.faults.deliverTwice({ which: 'last', variant: 'same_event' })
    await here.settled()
    const [card, ...more] = on.feishu.seen(dm)
    expect(more).to.deep.equal([])
    expect(card?.words).to.include('new_ticket').and.to.include('guest0000')
    await on.feishu.press({ userId, place: dm, messageId: card?.messageId ?? '' }, 'new_ticket')
    await until('they are told how', () => HOW.test(on.feishu.told(userId)))
    expect(await here.books.commits()).to.have.lengthOf(0)
  })

  it('comes after all when the server was away at that moment', async () => {
    const { on, servers } = here.world
    const [server] = servers
    await server?.stop()
    const dm = await on.feishu.direct(guestOf('feishu', 1))
    await here.world.serve()
    await heard(on.feishu, dm, 'new_ticket')
  })
})
