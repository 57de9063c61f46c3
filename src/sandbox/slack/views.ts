import { viewProblems } from './block-kit.js'
import { VIEW_BYTES } from './block-kit-limits.js'
import { type Fields, fieldsIn, isFields } from './fields.js'
import { mintId, mintSecret } from './ids.js'
import { valuesOf } from './inputs.js'
import { SlackError, validationError } from './slack-error.js'
import { storedBlocks } from './stored-blocks.js'
import type { SlackView, StateValues } from './types.js'
import type { Workspace } from './workspace.js'

/** Slack shows three modals on top of each other at most. */
export const MAX_MODALS = 3

/** Checks a view as the app gives it. Throws what Slack answers. */
export function checkedView(view: unknown, type: 'modal' | 'home'): Fields {
  if (!isFields(view))
    throw validationError('invalid_arguments', ['must provide an object [json-pointer:/view]'])
  if (view.type !== type)
    throw validationError('invalid_arguments', [`must be of type ${type} [json-pointer:/view/type]`])
  if (Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES) throw new SlackError('view_too_large')
  const problems = viewProblems(view)
  if (problems.length > 0) throw validationError('invalid_arguments', problems)
  return view
}

function newHash(ws: Workspace): string {
  return `${Math.floor(ws.now().getTime() / 1000)}.${mintSecret(4)}`
}

function content(view: Fields, kept: StateValues) {
  const blocks = storedBlocks(fieldsIn(view.blocks))
  const text = (name: string): string => (typeof view[name] === 'string' ? view[name] : '')
  const part = (name: string): Fields | null => (isFields(view[name]) ? view[name] : null)
  return {
    callback_id: text('callback_id'),
    external_id: text('external_id'),
    private_metadata: text('private_metadata'),
    title: part('title'),
    submit: part('submit'),
    close: part('close'),
    blocks,
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
    state: { values: valuesOf(blocks, kept) },
  }
}

function created(ws: Workspace, view: Fields, type: 'modal' | 'home', userId: string): SlackView {
  const { team, bot, views } = ws.state
  const made = content(view, {})
  if (made.external_id !== '' && Object.values(views).some((each) => each.external_id === made.external_id)) {
    throw new SlackError('duplicate_external_id')
  }
  const id = mintId('V')
  return {
    id,
    type,
    team_id: team.id,
    app_id: bot.appId,
    bot_id: bot.botId,
    app_installed_team_id: team.id,
    hash: newHash(ws),
    root_view_id: id,
    previous_view_id: null,
    userId,
    ...made,
  }
}

/** Puts a new modal on top of a person's client. */
export function openModal(ws: Workspace, userId: string, view: Fields, how: 'open' | 'push'): SlackView {
  const { state } = ws
  const stack = state.modals[userId] ?? []
  if (stack.length >= MAX_MODALS) throw new SlackError('push_limit_reached')
  const modal = created(ws, view, 'modal', userId)
  const below = stack.at(-1)
  if (how === 'push' && below !== undefined) {
    modal.previous_view_id = below
    modal.root_view_id = state.views[below]?.root_view_id ?? below
  }
  state.views[modal.id] = modal
  state.modals[userId] = [...stack, modal.id]
  ws.store.changed({ kind: 'view_opened', viewId: modal.id, userId, by: 'bot' })
  return modal
}

/** Gives an open view new content; what people typed stays where block and action keep their names. */
export function replaceView(ws: Workspace, kept: SlackView, view: Fields): SlackView {
  const made = content(view, kept.state.values)
  const others = Object.values(ws.state.views).filter((each) => each.id !== kept.id)
  if (made.external_id !== '' && others.some((each) => each.external_id === made.external_id)) {
    throw new SlackError('duplicate_external_id')
  }
  Object.assign(kept, made, { hash: newHash(ws) })
  delete kept.errors
  delete kept.dispatchFailed
  ws.store.changed({ kind: 'view_updated', viewId: kept.id, userId: kept.userId, by: 'bot' })
  return kept
}

/** Shows a Home tab; `hash`, when given, must be that of the tab shown now. */
export function publishHome(
  ws: Workspace,
  userId: string,
  view: Fields,
  hash: string | undefined,
): SlackView {
  const known = ws.state.views[ws.state.homes[userId] ?? '']
  if (hash !== undefined && known && known.hash !== hash) throw new SlackError('hash_conflict')
  if (known) {
    replaceView(ws, known, view)
  } else {
    const home = created(ws, view, 'home', userId)
    ws.state.views[home.id] = home
    ws.state.homes[userId] = home.id
  }
  ws.store.changed({ kind: 'home_published', userId, by: 'bot' })
  const shown = ws.state.views[ws.state.homes[userId] ?? '']
  if (!shown) throw new SlackError('internal_error')
  return shown
}

/** Takes a modal, and whatever lies on it, off a person's client. Returns those taken, the uppermost first. */
export function closeModal(ws: Workspace, view: SlackView): SlackView[] {
  const { state } = ws
  const stack = state.modals[view.userId] ?? []
  const from = stack.indexOf(view.id)
  if (from < 0) return []
  const closed = stack.slice(from).toReversed()
  state.modals[view.userId] = stack.slice(0, from)
  return closed.flatMap((id) => {
    const gone = state.views[id]
    delete state.views[id]
    ws.store.changed({ kind: 'view_closed', viewId: id, userId: view.userId })
    return gone ? [gone] : []
  })
}
