import { expect } from 'chai'
import type { LookedUp } from '../../src/intake/identify.js'
import type { Person } from '../../src/models/people/person.js'
import { freshDatabase } from '../support/fresh-database.js'
import { type DeskAtWork, deskAtWork, MINUTE_MS, PEOPLE, wordsOf } from '../support/services.js'

/** Somebody whom the desk file does not list, on Feishu. */
const FEISHU = { platform: 'feishu', userId: 'ou-x', direct: 'oc-x' } as const
const profile = (name: string, email?: string): LookedUp => ({
  name,
  isBot: false,
  ...(email === undefined ? {} : { email }),
})

describe('linking accounts', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
    desk.profiles[FEISHU.userId] = profile('Ann on Feishu')
  })

  /** The code that delivery would show for the last `link`. */
  async function codeFor(who: string, platform = 'slack', userId = `U-${who}`): Promise<string> {
    const person = await desk.services.people.byIdentity(desk.desk.id, platform, userId)
    if (!person) throw new Error(`nobody is ${userId}`)
    return await desk.codes.issue(desk.desk.id, person.id, { platform, userId })
  }
  const onFeishu = (text: string) => desk.writes('x', text, { from: FEISHU })
  const lastWords = async (): Promise<string> => {
    const rows = await database()
      .outbox.find({ _id: /^reply:accounts:/ })
      .sort({ dueAt: 1, _id: 1 })
      .toArray()
    const say = rows.at(-1)?.say
    return say?.kind === 'reply' ? wordsOf(say.card) : ''
  }
  const ann = async (): Promise<Person | undefined> => await desk.services.people.get(desk.desk.id, 'ann')

  it('asks for a code without keeping it anywhere in plain', async () => {
    await desk.writes('ann', '关联')
    const [row] = await database().outbox.find({ 'say.kind': 'link_code' }).toArray()
    expect(row?.say).to.deep.equal({ kind: 'link_code', personId: 'ann' })
    const code = await codeFor('ann')
    const stored = JSON.stringify(await database().linkCodes.find().toArray())
    expect(stored).to.not.contain(code).and.not.contain(code.replace('-', ''))
    expect(stored).to.contain('U-ann')
  })

  it('makes one person of two when the code is typed on the other messenger', async () => {
    const code = await codeFor('ann')
    await onFeishu(`Link ${code.toLowerCase()}`)
    expect((await ann())?.identities).to.deep.equal([
      { platform: 'slack', userId: 'U-ann', conversation: 'D-ann' },
      { platform: 'feishu', userId: 'ou-x', conversation: 'oc-x' },
    ])
    expect(await lastWords()).to.contain('Slack、飞书')
    expect((await ann())?.lastPlatform).to.equal('feishu')
  })

  it('tells whoever owns the account that gave the code', async () => {
    await onFeishu(`link ${await codeFor('ann')}`)
    const told = (await desk.spoken()).find(({ key }) => key === 'linked')
    expect(told?.to).to.equal('D-ann/undefined')
    expect(told?.summary).to.contain('飞书').and.contain('解除关联')
  })

  it('brings their tickets and rights along', async () => {
    const { taken } = await onFeishu('My screen is black')
    const ticketId = taken.kind === 'done' ? (taken.ticketId ?? '') : ''
    const before = await desk.load(ticketId)
    await onFeishu(`link ${await codeFor('ann')}`)
    const after = await desk.load(ticketId)
    expect([before.requesterId === 'ann', after.requesterId, after.openedById]).to.deep.equal([
      false,
      'ann',
      'ann',
    ])
    expect(await desk.happened(ticketId)).to.include('person.merged')
    const mine = await desk.services.tickets.ofRequester(desk.desk.id, 'ann', 10)
    expect(mine.map(({ id }) => id)).to.include(ticketId)
    // an old name leads to the one person there is
    expect((await desk.services.people.get(desk.desk.id, before.requesterId))?.id).to.equal('ann')
    // theirs to withdraw, wherever they act
    await desk.clicks('ann', { verb: 'withdraw', ticketId })
    expect((await desk.load(ticketId)).status).to.equal('cancelled')
  })

  it('lets them edit and delete what they wrote before', async () => {
    const written = await onFeishu('My screen is black')
    const ticketId = written.taken.kind === 'done' ? (written.taken.ticketId ?? '') : ''
    await onFeishu(`link ${await codeFor('ann')}`)
    await desk.edits('x', written, 'My screen is dark', { from: FEISHU })
    expect((await desk.load(ticketId)).title).to.equal('My screen is dark')
    await desk.deletes('x', written, { from: FEISHU })
    expect((await desk.load(ticketId)).title).to.equal('…')
  })

  it('picks up what another instance opens under the old id afterwards', async () => {
    const { taken } = await onFeishu('My screen is black')
    const ticketId = taken.kind === 'done' ? (taken.ticketId ?? '') : ''
    const old = (await desk.load(ticketId)).requesterId
    await onFeishu(`link ${await codeFor('ann')}`)
    await database().tickets.updateOne({ _id: ticketId }, { $set: { requesterId: old } })
    await desk.writes('ann', 'my tickets')
    expect((await desk.load(ticketId)).requesterId).to.equal('ann')
  })

  it('does nothing twice when the same message is taken again', async () => {
    const code = await codeFor('ann')
    const { id } = await onFeishu(`link ${code}`)
    const row = await desk.inbox.byId(id)
    if (!row) throw new Error('the arrival is kept')
    const { dispatchEvent } = await import('../../src/intake/dispatch.js')
    await dispatchEvent(desk.deps, row)
    expect((await ann())?.identities).to.have.length(2)
    expect(await lastWords()).to.contain('Slack、飞书')
  })

  describe('refuses', () => {
    it('a wrong code', async () => {
      await onFeishu('link K7MPQ-4XTRD')
      expect(await lastWords()).to.contain('That code is not right')
    })

    it('an old one', async () => {
      const code = await codeFor('ann')
      desk.passes(11 * MINUTE_MS)
      await onFeishu(`link ${code}`)
      expect(await lastWords()).to.contain('too old')
    })

    it('one that a newer one has replaced', async () => {
      const code = await codeFor('ann')
      await codeFor('ann')
      await onFeishu(`link ${code}`)
      expect(await lastWords()).to.contain('too old')
    })

    it('one that was used', async () => {
      const code = await codeFor('ann')
      await onFeishu(`link ${code}`)
      await onFeishu(`link ${code}`)
      expect(await lastWords()).to.contain('已被使用')
    })

    it('one that was given on the same messenger, and leaves it good', async () => {
      const code = await codeFor('ann')
      await desk.writes('sam', `link ${code}`)
      expect(await lastWords()).to.contain('given here')
      await onFeishu(`link ${code}`)
      expect((await ann())?.identities).to.have.length(2)
    })

    it('to make two of the desk’s people one', async () => {
      await desk.services.people.list(desk.desk.id, [
        ...PEOPLE,
        {
          id: 'zoe',
          deskId: desk.desk.id,
          name: 'Zoe',
          identities: [{ platform: 'feishu', userId: 'ou-x' }],
        },
      ])
      await onFeishu(`link ${await codeFor('ann')}`)
      expect(await lastWords()).to.contain('two people')
      expect((await ann())?.identities).to.have.length(1)
    })

    it('a second account on one messenger, and leaves the code good', async () => {
      await onFeishu(`link ${await codeFor('ann')}`)
      desk.profiles['ou-y'] = profile('Somebody')
      const code = await codeFor('ann')
      await desk.writes('y', `link ${code}`, { from: { platform: 'feishu', userId: 'ou-y', direct: 'oc-y' } })
      expect(await lastWords()).to.contain('already have an account')
      expect((await ann())?.identities).to.have.length(2)
    })

    it('every code after five wrong ones, until a quarter of an hour is over', async () => {
      const code = await codeFor('ann')
      for (let i = 0; i < 5; i++) await onFeishu('link K7MPQ-4XTRD')
      await onFeishu(`link ${code}`)
      expect(await lastWords()).to.contain('Too many')
      desk.passes(16 * MINUTE_MS)
      await onFeishu(`link ${await codeFor('ann')}`)
      expect((await ann())?.identities).to.have.length(2)
    })
  })

  it('keeps the desk’s person whichever side the code came from', async () => {
    await onFeishu('hello')
    const code = await codeFor('x', 'feishu', FEISHU.userId)
    await desk.writes('ann', `关联 ${code}`)
    expect((await ann())?.identities).to.have.length(2)
  })

  describe('unlinking', () => {
    beforeEach(async () => {
      await onFeishu(`link ${await codeFor('ann')}`)
    })

    it('takes the account off on which it is asked, and an e-mail does not bring it back', async () => {
      await database().people.updateOne({ _id: 'acme/ann' }, { $set: { email: 'ann@acme.example' } })
      desk.profiles[FEISHU.userId] = profile('Ann on Feishu', 'ann@acme.example')
      await onFeishu('解除关联')
      expect((await ann())?.identities.map(({ platform }) => platform)).to.deep.equal(['slack'])
      await onFeishu('My screen is black')
      expect((await desk.ticket()).requesterId).to.not.equal('ann')
    })

    it('is refused for the last account, and for one that the desk file names', async () => {
      await desk.writes('ann', 'unlink')
      expect(await lastWords()).to.contain('管理员')
      await desk.writes('sam', 'unlink')
      expect(await lastWords()).to.contain('only account')
    })

    it('moves what is open there to where they are still known', async () => {
      await onFeishu('My screen is black')
      await onFeishu('unlink')
      const { places } = await desk.ticket()
      const open = places.filter((one) => one.audience === 'requester' && !one.retiredAt)
      expect(open.map(({ address }) => address)).to.deep.equal([{ platform: 'slack', conversation: 'D-ann' }])
    })

    it('ends a code that was given on that account', async () => {
      const code = await codeFor('ann', 'feishu', FEISHU.userId)
      await onFeishu('unlink')
      desk.profiles['29:z'] = profile('Somebody on Teams')
      await desk.writes('z', `link ${code}`, { from: { platform: 'teams', userId: '29:z', direct: 'a:z' } })
      expect(await lastWords()).to.contain('too old')
    })
  })

  it('reaches them where they ask for it, and wherever they wrote last again', async () => {
    await onFeishu(`link ${await codeFor('ann')}`)
    await desk.writes('ann', '在这里通知我')
    expect((await ann())?.chosenPlatform).to.equal('slack')
    await onFeishu('我的账号')
    expect(await lastWords()).to.match(/通知发到\s+Slack/)
    await onFeishu('reach me anywhere')
    expect((await ann())?.chosenPlatform).to.equal(undefined)
    await onFeishu('my accounts')
    expect(await lastWords()).to.contain('目前是飞书')
  })
})
