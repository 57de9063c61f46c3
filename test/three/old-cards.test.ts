import { expect } from 'chai'
import type { Seen } from '../support/clients/client.js'
import { HE, TEAM, WANG } from '../support/three.js'
import { cardIn, shown, withThree } from '../support/with-three.js'
import { until } from '../support/world.js'

const DAY_MS = 24 * 3_600_000
/** What an old card says at last, in the language of its readers. */
const isOld = ({ words }: Seen) => /goes on in a newer card|新卡片中继续/.test(words)

/** In order: each goes on where the one before has left the ticket. */
describe('a ticket in Feishu that grows older than a card may', function () {
  this.timeout(120_000)
  const here = withThree()
  let dm = ''
  let number = ''
  let old = ''
  const feishu = () => here.world.on.feishu
  const cards = (place: string) =>
    shown(feishu(), place, number).filter(
      (one) => one.card !== undefined && one.words.includes('"tag":"button"'),
    )
  const inTeam = () => cards(TEAM.feishu).filter((one) => one.thread === undefined)
  const ticket = async () => await here.books.database.tickets.findOne({ number })
  const refusals = () =>
    here.world.feishu.calls.filter((call) => call.method === 'im.v1.message.patch' && call.error === '230031')

  before(async () => {
    dm = await feishu().direct(WANG.feishu)
    await feishu().say({ userId: WANG.feishu, place: dm }, '投影仪坏了')
    await until('the ticket is open', async () => (await here.books.commits())[0])
    number = (await here.books.commits())[0]?.number ?? ''
    await here.settled()
    old = (await cardIn(feishu(), TEAM.feishu, number)).messageId
  })

  it('has fresh cards after 13 days, before Feishu refuses to change the old ones', async () => {
    await here.world.advance(13 * DAY_MS + 60_000)
    await feishu().press({ userId: HE.feishu, place: TEAM.feishu, messageId: old }, 'claim')
    await here.settled()
    expect((await ticket())?.assigneeId).to.equal('he')
    for (const place of [TEAM.feishu, dm]) {
      const all = cards(place)
      const fresh = all.filter((one) => !isOld(one))
      expect(fresh, place).to.have.length(1)
      expect(fresh[0]?.words).to.include('何雨')
      expect(all.filter(isOld), place).to.have.length(1)
    }
    expect(refusals()).to.deep.equal([])
  })

  it('is changed on the fresh one from then on, also when Feishu would refuse the old one', async () => {
    await here.world.advance(2 * DAY_MS)
    const [fresh] = inTeam().filter((one) => one.messageId !== old)
    if (!fresh) throw new Error('no fresh card')
    await feishu().press({ userId: HE.feishu, place: TEAM.feishu, messageId: fresh.messageId }, 'release')
    await here.settled()
    expect((await ticket())?.assigneeId).to.equal(undefined)
    expect(inTeam().find((one) => one.messageId === fresh.messageId)?.words).to.include('"claim')
    expect(inTeam()).to.have.length(2)
    expect(refusals()).to.deep.equal([])
  })

  it('hears what is said in the old card’s thread', async () => {
    const [fresh] = inTeam().filter((one) => one.messageId !== old)
    await feishu().press(
      { userId: HE.feishu, place: TEAM.feishu, messageId: fresh?.messageId ?? '' },
      'claim',
    )
    await here.settled()
    await feishu().say({ userId: HE.feishu, place: TEAM.feishu, thread: old }, '灯泡明天到')
    await here.settled()
    expect(shown(feishu(), dm, '灯泡明天到')).to.have.length(1)
    expect(await here.books.audit()).to.have.lengthOf(1)
  })
})
