import { expect } from 'chai'
import type { SlackOptions } from '../../../src/adapters/slack/index.js'
import type { Card, Form } from '../../../src/cards/card.js'
import { t } from '../../../src/i18n/t.js'
import type { Answer } from '../../../src/intake/inbound.js'
import { AppError } from '../../../src/lib/errors.js'
import type { SlackEphemeral, SlackView } from '../../../src/sandbox/slack/types.js'
import { gate, startWorld, until, type World } from './support.js'

const card = (summary: string, more: Partial<Card> = {}): Card => ({
  audience: 'team',
  locale: 'en',
  title: '',
  tone: 'neutral',
  summary,
  elements: [{ kind: 'text', text: [summary] }],
  ...more,
})
const withButton = (label: string): Card =>
  card('press', {
    elements: [
      {
        kind: 'controls',
        controls: [{ kind: 'button', label, action: { verb: 'resolve', ticketId: 't1' } }],
      },
    ],
  })
const FORM: Form = {
  verb: 'resolve',
  ticketId: 't1',
  locale: 'zh-CN',
  title: '解决',
  submit: '提交',
  cancel: '取消',
  fields: [
    { kind: 'text', name: 'text', label: '解决方案', lines: 'many', required: true, maxLength: 3000 },
    { kind: 'files', name: 'files', label: '附件', required: false, maxFiles: 3 },
  ],
}
const FILLED = { text: { value: 'new cable' } }
const NEVER = 60_000

describe('an answer', () => {
  let world: World
  async function start(
    patience: SlackOptions['patience'] = { eventMs: NEVER, clickMs: NEVER, lastResortMs: NEVER },
  ): Promise<void> {
    world = await startWorld({ patience })
  }
  afterEach(() => world.close())

  /** Posts a card with a button, and has Tom press it. */
  async function press(
    answer: () => Promise<Answer>,
    where: { thread?: boolean; channel?: string; userId?: string } = {},
  ): Promise<string> {
    const { channel = 'C0IT', userId = 'U0TOM' } = where
    const to = { platform: 'slack', conversation: channel }
    const root = await world.adapter.messenger.postCard(to, withButton('Resolve…'), 'root')
    const rootTs = root.kind === 'sent' ? root.value.messageId : ''
    let messageTs = rootTs
    if (where.thread) {
      const reply = await world.adapter.messenger.postCard(
        { ...to, thread: rootTs },
        withButton('Resolve…'),
        'reply',
      )
      messageTs = reply.kind === 'sent' ? reply.value.messageId : ''
    }
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return answer()
    }
    const result = await world.slack.gestures.click({ userId, channel, messageTs, actionId: 'resolve:0' })
    expect(result).to.include({ ok: true, status: 200 })
    return rootTs
  }
  const ephemerals = (): readonly SlackEphemeral[] => world.slack.state.ephemerals
  const modal = (userId = 'U0TOM'): SlackView | undefined => world.slack.view(userId).modals.at(-1)
  const shown = (value: unknown): string => JSON.stringify(value)
  async function submit(
    answer: () => Promise<Answer>,
    values: Record<string, Record<string, string>> = FILLED,
  ): Promise<{ ok: boolean; errors?: unknown }> {
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return answer()
    }
    return world.slack.gestures.submitView({ userId: 'U0TOM', viewId: modal()?.id ?? '', values })
  }
  async function openForm(): Promise<void> {
    await press(async () => ({ kind: 'form', form: FORM }))
    await until(() => modal() !== undefined)
  }

  describe('to a click on a card', () => {
    it('that is nothing says nothing', async () => {
      await start()
      await press(async () => ({ kind: 'nothing' }))
      await world.adapter.stop()
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
      const { channel = '' } = await world.slack.gestures.openDm({ userId: 'U0MEI' })
      await press(async () => ({ kind: 'private', card: card('催过了') }), { channel, userId: 'U0MEI' })
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]).to.include({ onlyFor: 'U0MEI', channel })
    })

    it('that is private arrives another way when the first one fails', async () => {
      await start()
      world.slack.faults.failNext('chat.postEphemeral', { mode: '500' })
      await press(async () => ({ kind: 'private', card: card('No.') }))
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]).to.include({ onlyFor: 'U0TOM', text: 'No.' })
    })

    it('that is private takes the place of the private message that was clicked', async () => {
      await start()
      await press(async () => ({ kind: 'private', card: withButton('Again') }))
      await until(() => ephemerals().length > 0)
      world.intake.click = async () => ({ kind: 'private', card: card('done') })
      const [first] = ephemerals()
      await world.slack.gestures.click({
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
      world.intake.click = async () => ({ kind: 'nothing' })
      const [first] = ephemerals()
      await world.slack.gestures.click({
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
      world.slack.faults.failNext('views.open', { mode: '500' })
      await press(async () => ({ kind: 'form', form: FORM }))
      await until(() => ephemerals().length > 0)
      expect(ephemerals()[0]?.text).to.equal(t('zh-CN', 'error.form.expired'))
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
      const { channel = '' } = await world.slack.gestures.openDm({ userId: 'U0MEI' })
      await press(() => Promise.reject(new TypeError('x is not a function')), { channel, userId: 'U0MEI' })
      await until(() => ephemerals().length > 1)
      const line = world.log.lines.filter(({ level }) => level === 'error').at(-1)
      expect(ephemerals()[1]?.text).to.equal(
        t('zh-CN', 'error.internal.bug', { trace: String(line?.fields?.trace) }),
      )
    })

    it('that was forged is refused politely and never reaches the desk', async () => {
      await start()
      const root = await press(async () => ({ kind: 'nothing' }))
      world.clicks.length = 0
      for (const value of [
        '{"verb":"claim","ticketId":"t9","admin":true}',
        '',
        'drop table',
        '{"verb":"__proto__"}',
      ]) {
        const forge = { value }
        const result = await world.slack.gestures.click({
          userId: 'U0TOM',
          channel: 'C0IT',
          messageTs: root,
          actionId: 'claim:0',
          forge,
        })
        expect(result).to.include({ ok: true, status: 200 })
      }
      await until(() => ephemerals().length === 4)
      expect(world.clicks).to.deep.equal([])
      expect(ephemerals()[0]?.text).to.equal(t('en', 'error.form.expired'))
    })
  })

  describe('to a form', () => {
    it('that is nothing closes it', async () => {
      await start()
      await openForm()
      expect(await submit(async () => ({ kind: 'nothing' }))).to.include({ ok: true })
      expect(modal()).to.equal(undefined)
      expect(world.clicks.at(-1)).to.deep.include({
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
      expect(world.slack.view('U0TOM').modals).to.have.length(1)
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
      const [first, second] = world.clicks.filter((click) => click.kind === 'submit')
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
      world.intake.click = async () => answer
      const forge = { value: '{"verb":"ladder","ticketId":"t1"}' }
      await world.slack.gestures.click({ userId: 'U0TOM', viewId: first.id, actionId: 'ladder:0', forge })
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
      expect(world.slack.view('U0TOM').modals).to.have.length(1)
    })
  })

  it('to a command or a shortcut says that it cannot be read', async () => {
    await start()
    await world.slack.gestures.slashCommand({ userId: 'U0TOM', channel: 'C0IT', command: '/desk', text: 'x' })
    await until(() => ephemerals().length > 0)
    expect(ephemerals()[0]?.text).to.equal(t('en', 'error.request.malformed'))
  })
})
