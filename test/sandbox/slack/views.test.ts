import type { ModalView } from '@slack/web-api'
import { expect } from 'chai'
import { failure, refusal, startWorld, type World } from './support.js'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const field = (block: string, extra: object = {}) => ({
  type: 'input' as const,
  block_id: block,
  label: plain(block),
  element: { type: 'plain_text_input' as const, action_id: 'a', ...extra },
})
const form = (extra: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'resolve',
  title: plain('Resolve'),
  submit: plain('OK'),
  blocks: [field('cause')],
  ...extra,
})
const next = plain('Next')

describe('modals', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  /** A fresh trigger, as a click in a message gives it. */
  async function trigger(userId = 'U0TOM'): Promise<string> {
    const { triggerId = '' } = await world.slack.gestures.globalShortcut({ userId, callbackId: 'x' })
    return triggerId
  }
  async function openForm(view = form()): Promise<string> {
    const opened = await world.web.views.open({ trigger_id: await trigger(), view })
    return opened.view?.id ?? ''
  }
  const modals = () => world.slack.view('U0TOM').modals
  const submit = (viewId: string, cause: string) =>
    world.slack.gestures.submitView({ userId: 'U0TOM', viewId, values: { cause: { a: cause } } })
  const answerWith = (body: object) => {
    world.app.answer = () => ({ body: JSON.stringify(body) })
  }

  describe('trigger_id', () => {
    it('opens one modal for the person it was given to', async () => {
      const opened = await world.web.views.open({ trigger_id: await trigger(), view: form() })
      expect(opened.view).to.include({ type: 'modal', callback_id: 'resolve', team_id: 'T0001' })
      expect(modals().map((view) => view.id)).to.deep.equal([opened.view?.id])
      expect(world.slack.view('U0ANN').modals).to.deep.equal([])
    })

    it('is spent by the first modal', async () => {
      const id = await trigger()
      await world.web.views.open({ trigger_id: id, view: form() })
      expect(await refusal(world.web.views.open({ trigger_id: id, view: form() }))).to.equal(
        'exchanged_trigger_id',
      )
    })

    it('lives three seconds of real time', async () => {
      const id = await trigger()
      world.clock.advance(3000)
      expect((await world.web.views.open({ trigger_id: id, view: form() })).ok).to.equal(true)
      const late = await trigger()
      world.clock.advance(3001)
      expect(await refusal(world.web.views.open({ trigger_id: late, view: form() }))).to.equal(
        'expired_trigger_id',
      )
    })

    it('must have been given out', async () => {
      expect(await refusal(world.web.views.open({ trigger_id: '1.2.3', view: form() }))).to.equal(
        'invalid_trigger_id',
      )
    })

    it('is not spent by a view that is refused', async () => {
      const id = await trigger()
      const bad = form({ title: plain('x'.repeat(25)) })
      expect(await refusal(world.web.views.open({ trigger_id: id, view: bad }))).to.equal('invalid_arguments')
      expect((await world.web.views.open({ trigger_id: id, view: form() })).ok).to.equal(true)
    })
  })

  it('points at what is wrong with a view', async () => {
    const bad = form({ title: plain('x'.repeat(25)) })
    const error = await failure(world.web.views.open({ trigger_id: await trigger(), view: bad }))
    expect(JSON.stringify(error)).to.contain(
      '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
    )
  })

  it('refuses a view of more than 250 kB', async () => {
    const big = Array.from({ length: 90 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(2900) },
    }))
    const call = world.web.views.open({ trigger_id: await trigger(), view: form({ blocks: big }) })
    expect(await refusal(call)).to.equal('view_too_large')
  })

  it('stacks three and no more', async () => {
    const { web } = world
    const lowest = await openForm()
    const inside = async (viewId: string) => {
      await submitPressing(viewId)
      return lastTrigger()
    }
    answerWith({ response_action: 'errors', errors: { cause: 'not yet' } })
    const second = await web.views.push({ trigger_id: await inside(lowest), view: form() })
    expect(second.view).to.include({ previous_view_id: lowest, root_view_id: lowest })
    const third = await web.views.push({ trigger_id: await inside(second.view?.id ?? ''), view: form() })
    expect(modals()).to.have.length(3)
    const fourth = web.views.push({ trigger_id: await inside(third.view?.id ?? ''), view: form() })
    expect(await refusal(fourth)).to.equal('push_limit_reached')
  })

  let pressed: string | undefined
  async function submitPressing(viewId: string): Promise<void> {
    pressed = (await submit(viewId, 'x')).triggerId
  }
  const lastTrigger = (): string => pressed ?? ''

  it('cannot push where no modal is open', async () => {
    expect(await refusal(world.web.views.push({ trigger_id: await trigger(), view: form() }))).to.equal(
      'not_found',
    )
  })

  it('updates by id under the right hash only', async () => {
    const opened = await world.web.views.open({ trigger_id: await trigger(), view: form() })
    const { id = '', hash = '' } = opened.view ?? {}
    const updated = await world.web.views.update({ view_id: id, hash, view: form({ title: next }) })
    expect(updated.view?.hash).to.not.equal(hash)
    const stale = world.web.views.update({ view_id: id, hash, view: form() })
    expect(await refusal(stale)).to.equal('hash_conflict')
    expect(modals()[0]?.title).to.include({ text: 'Next' })
    expect(await refusal(world.web.views.update({ view_id: 'V0NONE', view: form() }))).to.equal('not_found')
  })

  it('updates by external_id, which is unique', async () => {
    await openForm(form({ external_id: 'ticket-1' }))
    await world.web.views.update({
      external_id: 'ticket-1',
      view: form({ title: next, external_id: 'ticket-1' }),
    })
    expect(modals()[0]?.title).to.include({ text: 'Next' })
    const twin = world.web.views.open({
      trigger_id: await trigger(),
      view: form({ external_id: 'ticket-1' }),
    })
    expect(await refusal(twin)).to.equal('duplicate_external_id')
  })

  it('keeps what was typed when a view is updated under the same names', async () => {
    const id = await openForm(form({ blocks: [field('cause'), field('more', { initial_value: 'given' })] }))
    await world.slack.gestures.click({
      userId: 'U0TOM',
      viewId: id,
      blockId: 'cause',
      actionId: 'a',
      value: 'typed',
    })
    await world.web.views.update({ view_id: id, view: form({ blocks: [field('cause'), field('other')] }) })
    expect(modals()[0]?.state.values).to.deep.equal({
      cause: { a: { type: 'plain_text_input', value: 'typed' } },
      other: { a: { type: 'plain_text_input', value: null } },
    })
  })

  describe('submission', () => {
    it('sends the values and closes on an empty answer', async () => {
      const id = await openForm()
      const result = await submit(id, 'a cable')
      expect(result).to.include({ ok: true, status: 200 })
      const payload = world.app.received.at(-1)?.body as { type: string; view: { id: string; state: object } }
      expect(payload.type).to.equal('view_submission')
      expect(payload.view.state).to.deep.equal({
        values: { cause: { a: { type: 'plain_text_input', value: 'a cable' } } },
      })
      expect(payload.view).to.not.have.any.keys('userId', 'errors', 'dispatchFailed')
      expect(modals()).to.deep.equal([])
    })

    it('closes only the uppermost on an empty answer, and all on clear', async () => {
      const lowest = await openForm()
      answerWith({ response_action: 'push', view: form({ title: next }) })
      await submit(lowest, 'x')
      expect(modals().map((view) => view.title?.text)).to.deep.equal(['Resolve', 'Next'])
      answerWith({})
      await submit(modals()[1]?.id ?? '', 'x')
      expect(modals().map((view) => view.id)).to.deep.equal([lowest])
      answerWith({ response_action: 'push', view: form({ title: next }) })
      await submit(lowest, 'x')
      answerWith({ response_action: 'clear' })
      await submit(modals()[1]?.id ?? '', 'x')
      expect(modals()).to.deep.equal([])
    })

    it('shows the errors of the app at their blocks', async () => {
      const id = await openForm()
      answerWith({ response_action: 'errors', errors: { cause: 'too vague' } })
      const result = await submit(id, 'x')
      expect(result).to.deep.include({ ok: true, errors: { cause: 'too vague' } })
      expect(modals()[0]?.errors).to.deep.equal({ cause: 'too vague' })
    })

    it('replaces the view on update', async () => {
      const id = await openForm()
      answerWith({ response_action: 'update', view: form({ title: next }) })
      await submit(id, 'x')
      expect(modals()[0]).to.include({ id })
      expect(modals()[0]?.title).to.include({ text: 'Next' })
    })

    for (const [name, body, error] of [
      ['errors at an unknown block', { response_action: 'errors', errors: { other: 'x' } }, 'invalid_errors'],
      ['no errors at all', { response_action: 'errors', errors: {} }, 'invalid_errors'],
      ['an unknown action', { response_action: 'explode' }, 'invalid_response_action'],
      [
        'a bad view',
        { response_action: 'update', view: form({ title: plain('x'.repeat(25)) }) },
        'invalid_arguments',
      ],
    ] as const) {
      it(`fails visibly when the app answers with ${name}`, async () => {
        const id = await openForm()
        answerWith(body)
        expect(await submit(id, 'x')).to.include({ ok: false, error })
        expect(modals()[0]).to.include({ id, dispatchFailed: true })
      })
    }

    it('fails visibly when the app answers 500', async () => {
      const id = await openForm()
      world.app.answer = () => ({ status: 500 })
      expect(await submit(id, 'x')).to.include({ ok: false, status: 500, error: 'dispatch_failed' })
      expect(modals()[0]?.dispatchFailed).to.equal(true)
    })

    it('is stopped by the client while something required is missing, too short or too long', async () => {
      const blocks = [
        field('cause'),
        { ...field('note'), optional: true },
        field('code', { min_length: 3, max_length: 5 }),
      ]
      const id = await openForm(form({ blocks }))
      const sent = world.app.received.length
      const fill = (code: string) =>
        world.slack.gestures.submitView({ userId: 'U0TOM', viewId: id, values: { code: { a: code } } })
      expect((await fill('12')).errors).to.deep.equal({ cause: 'required', code: 'too_short' })
      expect((await fill('123456')).errors).to.deep.equal({ cause: 'required', code: 'too_long' })
      expect(world.app.received).to.have.length(sent)
    })

    it('is nobody else’s', async () => {
      const id = await openForm()
      const result = await world.slack.gestures.submitView({ userId: 'U0ANN', viewId: id, values: {} })
      expect(result).to.deep.equal({ ok: false, error: 'view_not_found' })
    })
  })

  it('tells of a closed modal only when that was asked for', async () => {
    const quiet = await openForm()
    const sent = world.app.received.length
    await world.slack.gestures.closeView({ userId: 'U0TOM', viewId: quiet })
    expect(world.app.received).to.have.length(sent)
    const told = await openForm(form({ notify_on_close: true }))
    await world.slack.gestures.closeView({ userId: 'U0TOM', viewId: told })
    expect(world.app.received.at(-1)?.body).to.include({ type: 'view_closed', is_cleared: false })
    expect(modals()).to.deep.equal([])
  })

  it('publishes a Home tab, under the hash when one is given', async () => {
    const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] }
    const first = await world.web.views.publish({ user_id: 'U0TOM', view: home })
    const second = await world.web.views.publish({
      user_id: 'U0TOM',
      hash: first.view?.hash ?? '',
      view: home,
    })
    expect(second.view?.id).to.equal(first.view?.id)
    const stale = world.web.views.publish({ user_id: 'U0TOM', hash: first.view?.hash ?? '', view: home })
    expect(await refusal(stale)).to.equal('hash_conflict')
    expect(world.slack.view('U0TOM').home?.id).to.equal(first.view?.id)
    expect(await refusal(world.web.views.publish({ user_id: 'U0NOBODY', view: home }))).to.equal(
      'user_not_found',
    )
  })
})
