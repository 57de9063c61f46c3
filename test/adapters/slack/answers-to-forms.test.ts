import { expect } from 'chai'
import type { Form } from '../../../src/cards/card.js'
import { t } from '../../../src/i18n/t.js'
import type { Answer } from '../../../src/intake/inbound.js'
import { AppError } from '../../../src/lib/errors.js'
import { card, FORM, shown, useStage } from './stage.js'
import { gate, until } from './support.js'

describe('an answer', () => {
  const { world, start, press, ephemerals, modal, submit, openForm } = useStage()

  describe('to a form', () => {
    it('that is nothing closes it', async () => {
      await start()
      await openForm()
      expect(await submit(async () => ({ kind: 'nothing' }))).to.include({ ok: true })
      expect(modal()).to.equal(undefined)
      expect(world().clicks.at(-1)).to.deep.include({
        kind: 'submit',
        action: { verb: 'resolve', ticketId: 't1' },
        values: { text: 'new cable' },
      })
    })

    it('that names wrong fields keeps it open, with what was typed', async () => {
      await start()
      await openForm()
      const result = await submit(async () => ({ kind: 'field_errors', errors: { text: '请写得详细些' } }))
      expect(result.errors).to.deep.equal({ text: '请写得详细些' })
      expect(shown(modal()?.state)).to.contain('new cable')
    })

    it('that names a field which the form does not have is shown at one that it has', async () => {
      await start()
      await openForm()
      const result = await submit(async () => ({ kind: 'field_errors', errors: { nowhere: '不行' } }))
      expect(result.errors).to.deep.equal({ text: '不行' })
    })

    it('that is private takes its place', async () => {
      await start()
      await openForm()
      expect(
        await submit(async () => ({
          kind: 'private',
          card: card('Ann has it already.', { title: 'Too late' }),
        })),
      ).to.include({ ok: true })
      expect(modal()?.title).to.include({ text: 'Too late' })
      expect(shown(modal()?.blocks)).to.contain('Ann has it already.')
    })

    it('that is another form takes its place', async () => {
      await start()
      await openForm()
      await submit(async () => ({ kind: 'form', form: { ...FORM, title: '第二步' } }))
      expect(modal()?.title).to.include({ text: '第二步' })
      expect(world().slack.view('U0TOM').modals).to.have.length(1)
    })

    it('that fails keeps it open, with what was typed', async () => {
      await start()
      await openForm()
      const result = await submit(() => Promise.reject(new AppError('database.unavailable')))
      expect(result.errors).to.deep.equal({ text: t('zh-CN', 'error.database.unavailable') })
      expect(shown(modal()?.state)).to.contain('new cable')
    })

    it('that comes late is said where the form was opened', async () => {
      await start({ clickMs: 10 })
      const opened = gate<Answer>()
      const pressed = press(() => opened.promise)
      opened.open({ kind: 'form', form: FORM })
      await pressed
      await until(() => modal() !== undefined)
      const late = gate<Answer>()
      expect(await submit(() => late.promise)).to.include({ ok: true })
      expect(modal()).to.equal(undefined)
      late.open({ kind: 'private', card: card('已解决') })
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]).to.include({ onlyFor: 'U0TOM', channel: 'C0IT', text: '已解决' })
    })

    it('keeps the same key when it is sent again unchanged', async () => {
      await start()
      await openForm()
      await submit(async () => ({ kind: 'field_errors', errors: { text: 'x' } }))
      await submit(async () => ({ kind: 'nothing' }))
      const [first, second] = world().clicks.filter((click) => click.kind === 'submit')
      expect(first?.key).to.match(/^submit:V/)
      expect(first?.key).to.equal(second?.key)
    })
  })

  describe('to a click inside a form', () => {
    const SHOWING: Form = {
      verb: 'why',
      locale: 'en',
      title: 'Why',
      cancel: 'Close',
      fields: [{ kind: 'say', text: ['x'] }],
    }
    async function pressInside(answer: Answer): Promise<void> {
      await press(async () => ({ kind: 'form', form: SHOWING }))
      await until(() => modal() !== undefined)
      const first = modal()
      if (first === undefined) throw new Error('no modal')
      world().intake.click = async () => answer
      const forge = { value: '{"verb":"ladder","ticketId":"t1"}' }
      await world().slack.gestures.click({ userId: 'U0TOM', viewId: first.id, actionId: 'ladder:0', forge })
    }

    it('that is private takes the form’s place', async () => {
      await start()
      await pressInside({ kind: 'private', card: card('because') })
      await until(() => shown(modal()?.blocks).includes('because'))
      expect(ephemerals()).to.deep.equal([])
    })

    it('that is a form takes the form’s place', async () => {
      await start()
      await pressInside({ kind: 'form', form: FORM })
      await until(() => shown(modal()?.title).includes('解决'))
      expect(world().slack.view('U0TOM').modals).to.have.length(1)
    })
  })
})
