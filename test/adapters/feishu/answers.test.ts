import { expect } from 'chai'
import { t } from '../../../src/i18n/t.js'
import type { Answer } from '../../../src/intake/inbound.js'
import { AppError } from '../../../src/lib/errors.js'
import { card, FORM, shown, useStage, withButton } from './stage.js'
import { gate, MEI, TOM, until } from './support.js'

describe('an answer on Feishu', () => {
  const { world, start, press, direct, openForm, submit } = useStage()

  describe('to a click', () => {
    it('that is nothing leaves everything as it is', async () => {
      await start()
      expect((await press(async () => ({ kind: 'nothing' }))).ackBody).to.deep.equal({})
      expect(direct()).to.deep.equal([])
    })

    it('of one line is a toast', async () => {
      await start()
      const said = card('Ann has it already.', { tone: 'warning' })
      expect((await press(async () => ({ kind: 'private', card: said }))).toast).to.deep.equal({
        type: 'warning',
        content: 'Ann has it already.',
      })
      expect(direct()).to.deep.equal([])
    })

    for (const [name, said] of [
      ['with buttons', withButton('Show')],
      ['that is long', card('word '.repeat(60))],
    ] as const) {
      it(`${name} comes to the person’s own chat, and a toast says so`, async () => {
        await start()
        const { toast } = await press(async () => ({ kind: 'private', card: said }))
        expect(toast).to.deep.equal({ type: 'info', content: 'The answer is in our chat.' })
        expect(direct()).to.have.length(1)
      })
    }

    it('that is a form comes to the person’s own chat, where nobody else fills it in', async () => {
      await start()
      const { toast } = await press(async () => ({ kind: 'form', form: FORM }))
      expect(toast?.content).to.contain('form')
      expect(shown(direct()[0]?.card)).to.contain('解决方案').and.contain('请直接在本聊天中发送文件')
    })

    it('in the person’s own chat needs no toast', async () => {
      await start()
      await press(async () => ({ kind: 'private', card: withButton('More') }))
      const [shownCard] = direct()
      const chat = world()
        .feishu.view(TOM)
        .conversations.find((one) => one.kind === 'direct')
      const where = { userId: TOM, conversation: chat?.id ?? '', messageId: shownCard?.messageId ?? '' }
      const result = await world().feishu.gestures.click({ ...where, action: 'More' })
      expect(result.ackBody).to.deep.equal({})
      expect(direct()).to.have.length(2)
    })

    it('that cannot be brought is said so', async () => {
      await start()
      world().feishu.faults.failNext({ call: 'im.v1.message.create', mode: '500', times: 9 })
      world().feishu.faults.clear()
      const failing = press(async () => {
        world().feishu.faults.failNext({ call: 'im.v1.message.create', mode: '500' })
        return { kind: 'form', form: FORM }
      })
      expect((await failing).toast).to.include({ type: 'error' })
    })

    it('that fails is said in the reader’s language', async () => {
      await start()
      const { toast, ackBody } = await press(() => Promise.reject(new AppError('database.unavailable')))
      expect(toast).to.deep.equal({ type: 'error', content: t('en', 'error.database.unavailable') })
      expect(shown(ackBody)).to.contain(t('zh-CN', 'error.database.unavailable'))
    })

    it('that comes late follows in the person’s own chat', async () => {
      await start({ clickMs: 10 })
      const late = gate<Answer>()
      const { toast } = await press(() => late.promise)
      expect(toast?.type).to.equal('info')
      late.open({ kind: 'private', card: card('done after all') })
      await until(() => direct().length > 0)
      expect(shown(direct())).to.contain('done after all')
    })

    it('that fails late is said there, too', async () => {
      await start({ clickMs: 10 })
      const late = gate<Answer>()
      await press(() => late.promise)
      late.fail(new AppError('database.unavailable'))
      await until(() => direct().length > 0)
    })

    it('does not wait for a chat that is slow', async () => {
      await start({ clickMs: 1000, lastResortMs: 1010 })
      const result = await press(async () => {
        world().feishu.faults.slow(100)
        return { kind: 'form', form: FORM }
      })
      expect(result.ackBody).to.deep.equal({})
      await until(() => direct().length > 0)
    })
  })

  describe('to a form', () => {
    it('that is nothing ends it, so that it cannot be sent again', async () => {
      await start()
      await openForm()
      expect(await submit(async () => ({ kind: 'nothing' }))).to.include({ ok: true })
      expect(world().clicks.at(-1)).to.deep.include({
        kind: 'submit',
        action: { verb: 'resolve', ticketId: 't1' },
        values: { text: 'new cable' },
        locale: 'zh-CN',
      })
      expect(direct()).to.have.length(1)
      expect(shown(direct()[0]?.card)).to.contain('已完成').and.contain('解决工单').and.not.contain('input')
    })

    it('that names wrong fields keeps it open and says what', async () => {
      await start()
      await openForm()
      const result = await submit(async () => ({ kind: 'field_errors', errors: { text: '请写得详细些' } }))
      expect(result.toast).to.deep.equal({ type: 'error', content: '请写得详细些' })
      expect(shown(direct()[0]?.card)).to.contain('input')
    })

    it('that is private takes its place', async () => {
      await start()
      await openForm()
      await submit(async () => ({
        kind: 'private',
        card: card('Ann has it already.', { title: 'Too late' }),
      }))
      expect(shown(direct()[0]?.card)).to.contain('Ann has it already.').and.contain('Too late')
      expect(direct()).to.have.length(1)
    })

    it('that is another form takes its place', async () => {
      await start()
      await openForm()
      await submit(async () => ({ kind: 'form', form: { ...FORM, title: '第二步' } }))
      expect(shown(direct()[0]?.card)).to.contain('第二步')
      expect(direct()).to.have.length(1)
    })

    it('that fails keeps it open', async () => {
      await start()
      await openForm()
      const result = await submit(() => Promise.reject(new AppError('database.unavailable')))
      expect(result.toast?.type).to.equal('error')
      expect(shown(direct()[0]?.card)).to.contain('input')
    })

    it('that comes late ends it late', async () => {
      await start()
      await openForm()
      const held = gate<Answer>()
      await world().close()
      await start({ clickMs: 10 })
      await openForm()
      await submit(() => held.promise)
      expect(shown(direct()[0]?.card)).to.contain('input')
      held.open({ kind: 'nothing' })
      await until(() => shown(direct()[0]?.card).includes('已完成'))
    })

    it('keeps the same key when it is sent again unchanged', async () => {
      await start()
      await openForm()
      await submit(async () => ({ kind: 'field_errors', errors: { text: 'x' } }))
      await submit(async () => ({ kind: 'nothing' }))
      const [first, second] = world().clicks.filter((click) => click.kind === 'submit')
      expect(first?.key).to.match(/^submit:om/)
      expect(first?.key).to.equal(second?.key)
    })

    it('may be that it is put away', async () => {
      await start()
      await openForm()
      const chat = world()
        .feishu.view(TOM)
        .conversations.find((one) => one.kind === 'direct')
      const where = { userId: TOM, conversation: chat?.id ?? '', messageId: direct()[0]?.messageId ?? '' }
      expect(await world().feishu.gestures.click({ ...where, action: '取消' })).to.include({ ok: true })
      expect(shown(direct()[0]?.card)).to.contain('已取消').and.not.contain('input')
      expect(world().clicks).to.have.length(1)
    })
  })

  describe('to the menu', () => {
    const answering = (verb: string): void => {
      world().intake.click = async (click) => {
        world().clicks.push(click)
        return { kind: 'private', card: card(`answer to ${verb}`) }
      }
    }
    for (const [eventKey, verb] of [
      ['new_ticket', 'help'],
      ['my_tickets', 'mine'],
      ['queue', 'queue'],
      ['help', 'help'],
    ] as const) {
      it(`is the answer to “${verb}” for ${eventKey}`, async () => {
        await start()
        answering(verb)
        await world().feishu.gestures.menu({ userId: MEI, eventKey })
        await world().feishu.idle()
        expect(world().clicks).to.have.length(1)
        expect(world().clicks[0]).to.deep.include({ kind: 'action', userId: MEI, action: { verb } })
        const said = world()
          .feishu.view(MEI)
          .conversations.find((one) => one.kind === 'direct')?.messages
        expect(shown(said)).to.contain(`answer to ${verb}`)
      })
    }

    it('comes once though Feishu asks twice', async () => {
      await start()
      answering('mine')
      await world().feishu.gestures.menu({ userId: MEI, eventKey: 'my_tickets' })
      await world().feishu.idle()
      world().feishu.faults.deliverTwice()
      await world().feishu.idle()
      const said = world()
        .feishu.view(MEI)
        .conversations.find((one) => one.kind === 'direct')?.messages
      expect(world().clicks).to.have.length(2)
      expect(said).to.have.length(1)
    })

    it('is nothing for an entry that nobody knows', async () => {
      await start()
      await world().feishu.gestures.menu({ userId: MEI, eventKey: 'self_destruct' })
      await world().feishu.idle()
      expect(world().clicks).to.deep.equal([])
    })
  })
})
