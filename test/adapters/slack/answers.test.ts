import { expect } from 'chai'
import { t } from '../../../src/i18n/t.js'
import type { Answer } from '../../../src/intake/inbound.js'
import { AppError } from '../../../src/lib/errors.js'
import { card, FORM, shown, useStage, withButton } from './stage.js'
import { gate, until } from './support.js'

describe('an answer', () => {
  const { world, start, press, ephemerals, modal, openForm } = useStage()

  describe('to a click on a card', () => {
    it('that is nothing says nothing', async () => {
      await start()
      await press(async () => ({ kind: 'nothing' }))
      await world().adapter.stop()
      expect(ephemerals()).to.deep.equal([])
      expect(modal()).to.equal(undefined)
    })

    it('that is private is seen by the one who clicked, where they clicked', async () => {
      await start()
      await press(async () => ({ kind: 'private', card: card('Ann has it already.') }))
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]).to.include({ onlyFor: 'U0TOM', channel: 'C0IT', text: 'Ann has it already.' })
      expect(ephemerals()[0]).to.not.have.property('thread_ts')
    })

    it('that is private stays in the thread', async () => {
      await start()
      const root = await press(async () => ({ kind: 'private', card: card('No.') }), { thread: true })
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]).to.include({ thread_ts: root })
    })

    it('that is private reaches a direct conversation', async () => {
      await start()
      const { channel = '' } = await world().slack.gestures.openDm({ userId: 'U0MEI' })
      await press(async () => ({ kind: 'private', card: card('催过了') }), { channel, userId: 'U0MEI' })
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]).to.include({ onlyFor: 'U0MEI', channel })
    })

    it('that is private arrives another way when the first one fails', async () => {
      await start()
      world().slack.faults.failNext('chat.postEphemeral', { mode: '500' })
      await press(async () => ({ kind: 'private', card: card('No.') }))
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]).to.include({ onlyFor: 'U0TOM', text: 'No.' })
    })

    it('that is private takes the place of the private message that was clicked', async () => {
      await start()
      await press(async () => ({ kind: 'private', card: withButton('Again') }))
      await until(() => ephemerals().length > 0)
      world().intake.click = async () => ({ kind: 'private', card: card('done') })
      const [first] = ephemerals()
      await world().slack.gestures.click({
        userId: 'U0TOM',
        channel: 'C0IT',
        messageTs: first?.ts ?? '',
        actionId: 'resolve:0',
      })
      await until(() => ephemerals()[0]?.text === 'done')
      expect(ephemerals()).to.have.length(1)
    })

    it('that is nothing puts away the private message that was clicked', async () => {
      await start()
      await press(async () => ({ kind: 'private', card: withButton('Again') }))
      await until(() => ephemerals().length > 0)
      world().intake.click = async () => ({ kind: 'nothing' })
      const [first] = ephemerals()
      await world().slack.gestures.click({
        userId: 'U0TOM',
        channel: 'C0IT',
        messageTs: first?.ts ?? '',
        actionId: 'resolve:0',
      })
      await until(() => ephemerals().length === 0)
    })

    it('that is a form opens it', async () => {
      await start()
      await openForm()
      expect(modal()?.title).to.include({ text: '解决' })
      expect(shown(modal()?.blocks)).to.contain('解决方案')
    })

    it('that is a form says so when Slack does not let it open', async () => {
      await start()
      world().slack.faults.failNext('views.open', { mode: '500' })
      await press(async () => ({ kind: 'form', form: FORM }))
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]?.text).to.equal(t('zh-CN', 'error.form.expired'))
    })

    it('that is a form does not hold up the acknowledgement, however long Slack takes to open it', async () => {
      await start({ clickMs: 60_000, lastResortMs: 60_000, callMs: 100 })
      let toldBefore: number | undefined
      world().hooks.answering = () => {
        toldBefore = ephemerals().length
      }
      world().slack.faults.failNext('views.open', { mode: 'hang' })
      await press(async () => ({ kind: 'form', form: FORM }))
      expect(toldBefore).to.equal(0)
      await until(() => ephemerals().length > 0)
    })

    it('that is a form and comes late cannot open: the person is asked to click again', async () => {
      await start({ clickMs: 10 })
      const late = gate<Answer>()
      await press(() => late.promise)
      late.open({ kind: 'form', form: FORM })
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]?.text).to.equal(t('en', 'error.form.expired'))
      expect(modal()).to.equal(undefined)
    })

    it('that is private and comes late arrives all the same', async () => {
      await start({ clickMs: 10 })
      const late = gate<Answer>()
      await press(() => late.promise)
      late.open({ kind: 'private', card: card('late, but here') })
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]?.text).to.equal('late, but here')
    })

    it('that fails tells the person in their language what to do, and us where to look', async () => {
      await start()
      await press(() => Promise.reject(new AppError('database.unavailable')), { channel: 'C0IT' })
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]?.text).to.equal(t('en', 'error.database.unavailable'))
      const { channel = '' } = await world().slack.gestures.openDm({ userId: 'U0MEI' })
      await press(() => Promise.reject(new TypeError('x is not a function')), { channel, userId: 'U0MEI' })
      await until(() => ephemerals().length > 1)
      const line = world()
        .log.lines.filter(({ level }) => level === 'error')
        .at(-1)
      expect(ephemerals()[1]?.text).to.equal(
        t('zh-CN', 'error.internal.bug', { trace: String(line?.fields?.trace) }),
      )
    })

    it('that was forged is refused politely and never reaches the desk', async () => {
      await start()
      const root = await press(async () => ({ kind: 'nothing' }))
      world().clicks.length = 0
      for (const value of [
        '{"verb":"claim","ticketId":"t9","admin":true}',
        '',
        'drop table',
        '{"verb":"__proto__"}',
      ]) {
        const forge = { value }
        const result = await world().slack.gestures.click({
          userId: 'U0TOM',
          channel: 'C0IT',
          messageTs: root,
          actionId: 'claim:0',
          forge,
        })
        expect(result).to.include({ ok: true, status: 200 })
      }
      await until(() => ephemerals().length === 4)
      expect(world().clicks).to.deep.equal([])
      expect(ephemerals()[0]?.text).to.equal(t('en', 'error.form.expired'))
    })
  })

  it('to a command or a shortcut says that it cannot be read', async () => {
    await start()
    await world().slack.gestures.slashCommand({
      userId: 'U0TOM',
      channel: 'C0IT',
      command: '/desk',
      text: 'x',
    })
    await until(() => ephemerals().length > 0)
    expect(ephemerals()[0]?.text).to.equal(t('en', 'error.request.malformed'))
  })
})
