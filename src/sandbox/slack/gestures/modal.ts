import { fieldsIn, isFields } from '../fields.js'
import { elementsOf, isFilled } from '../inputs.js'
import { type Acknowledgement, outcome, payloadHead, sendPayload } from '../interactions-out.js'
import { SlackError } from '../slack-error.js'
import type { GestureResult, InputValue, SlackView, StateValues } from '../types.js'
import { checkedView, closeModal, openModal, replaceView } from '../views.js'
import { viewObject } from '../wire.js'
import type { Workspace } from '../workspace.js'
import { ownView, withValue } from './surface.js'

export type Submission = {
  userId: string
  viewId: string
  values?: { [blockId: string]: { [actionId: string]: InputValue } }
}

/** A person fills in a modal and submits it: `view_submission`, and what the app answers happens. */
export async function submitView(ws: Workspace, given: Submission): Promise<GestureResult> {
  const view = ownView(ws, given.userId, given.viewId)
  if (!view.submit) throw new SlackError('view_has_no_submit')
  view.state.values = filledIn(ws, view, given)
  const missing = clientErrors(view)
  if (Object.keys(missing).length > 0)
    return { ok: false, error: 'invalid_input', viewId: view.id, errors: missing }
  delete view.errors
  delete view.dispatchFailed
  const triggerId = ws.triggers.issue({ userId: given.userId, viewId: view.id })
  const head = payloadHead(ws, given.userId)
  const payload = {
    type: 'view_submission',
    ...head,
    trigger_id: triggerId,
    view: viewObject(view),
    response_urls: [],
  }
  const answer = await sendPayload(ws, 'interaction', payload)
  return { ...obey(ws, view, answer), viewId: view.id, triggerId }
}

function filledIn(ws: Workspace, view: SlackView, given: Submission): StateValues {
  const placed = elementsOf(view.blocks)
  let values = view.state.values
  for (const [blockId, actions] of Object.entries(given.values ?? {})) {
    for (const [actionId, value] of Object.entries(actions)) {
      const element = placed.find((each) => each.blockId === blockId && each.actionId === actionId)
      if (!element) throw new SlackError('no_such_element')
      values = withValue(ws, given.userId, values, element, value)
    }
  }
  return values
}

/** What the client itself objects to before it sends anything, by block id. */
function clientErrors(view: SlackView): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { block, blockId, actionId, element } of elementsOf(view.blocks)) {
    if (block.type !== 'input') continue
    const held = view.state.values[blockId]?.[actionId]
    const text = typeof held?.value === 'string' ? held.value : ''
    if (!isFilled(held)) {
      if (block.optional !== true) errors[blockId] = 'required'
    } else if (typeof element.min_length === 'number' && text.length < element.min_length) {
      errors[blockId] = 'too_short'
    } else if (text.length > (typeof element.max_length === 'number' ? element.max_length : 3000)) {
      errors[blockId] = 'too_long'
    }
  }
  return errors
}

function obey(ws: Workspace, view: SlackView, answer: Acknowledgement): GestureResult {
  if (!answer.ok) return failed(ws, view, outcome(answer), answer.error ?? 'dispatch_failed')
  try {
    const errors = follow(ws, view, answer.body)
    return errors ? { ...outcome(answer), errors } : outcome(answer)
  } catch (error) {
    if (error instanceof SlackError) return failed(ws, view, outcome(answer), error.code)
    throw error
  }
}

function failed(ws: Workspace, view: SlackView, result: GestureResult, error: string): GestureResult {
  view.dispatchFailed = true
  ws.store.changed({ kind: 'gesture_failed', viewId: view.id, userId: view.userId, detail: error })
  return { ...result, ok: false, error }
}

/** Does what the answer says. Returns the app's objections, if it has any. */
function follow(ws: Workspace, view: SlackView, body: unknown): Record<string, string> | undefined {
  const answer = body === '' ? {} : body
  if (!isFields(answer)) throw new SlackError('invalid_response')
  switch (answer.response_action) {
    case undefined:
      closeModal(ws, view)
      return undefined
    case 'clear':
      for (const id of (ws.state.modals[view.userId] ?? []).slice(0, 1)) {
        const lowest = ws.state.views[id]
        if (lowest) closeModal(ws, lowest)
      }
      return undefined
    case 'update':
      replaceView(ws, view, checkedView(answer.view, 'modal'))
      return undefined
    case 'push':
      openModal(ws, view.userId, checkedView(answer.view, 'modal'), 'push')
      return undefined
    case 'errors':
      return object(ws, view, answer.errors)
    default:
      throw new SlackError('invalid_response_action')
  }
}

function object(ws: Workspace, view: SlackView, errors: unknown): Record<string, string> {
  const inputs = fieldsIn(view.blocks)
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id)
  const entries = isFields(errors) ? Object.entries(errors) : []
  const wellFormed = entries.every(
    ([blockId, text]) => inputs.includes(blockId) && typeof text === 'string' && text !== '',
  )
  if (entries.length === 0 || !wellFormed) throw new SlackError('invalid_errors')
  view.errors = Object.fromEntries(entries.map(([blockId, text]) => [blockId, String(text)]))
  ws.store.changed({ kind: 'view_updated', viewId: view.id, userId: view.userId })
  return view.errors
}

/** A person closes a modal (`all`: the whole pile): `view_closed` for each that asked to be told. */
export async function closeView(
  ws: Workspace,
  given: { userId: string; viewId: string; all?: boolean },
): Promise<GestureResult> {
  const view = ownView(ws, given.userId, given.viewId)
  const lowest = given.all ? ws.state.views[ws.state.modals[given.userId]?.[0] ?? ''] : undefined
  const closed = closeModal(ws, lowest ?? view)
  const told = closed.filter((each) => each.notify_on_close)
  const answers = await Promise.all(
    told.map((each) => {
      const payload = {
        type: 'view_closed',
        ...payloadHead(ws, given.userId),
        view: viewObject(each),
        is_cleared: given.all === true,
      }
      return sendPayload(ws, 'interaction', payload)
    }),
  )
  const first = answers.find((answer) => !answer.ok) ?? answers[0]
  return first ? outcome(first) : { ok: true }
}
