import type { Fields } from '../fields.js'
import { SlackError } from '../slack-error.js'
import { own, userOf } from '../store.js'
import type { SlackView } from '../types.js'
import { checkedView, openModal, publishHome, replaceView } from '../views.js'
import { viewObject } from '../wire.js'
import type { Workspace } from '../workspace.js'
import type { Args, Method } from './method.js'

function shown(view: SlackView): Fields {
  return { view: viewObject(view) }
}

function opener(how: 'open' | 'push'): Method {
  return {
    tier: 4,
    run(ws, args) {
      const triggerId = args.text('trigger_id') ?? args.required('interactivity_pointer')
      const view = checkedView(args.json('view', 'invalid_arguments'), 'modal')
      const trigger = ws.triggers.look(triggerId)
      if (how === 'push' && trigger.viewId === undefined) throw new SlackError('not_found')
      const opened = openModal(ws, trigger.userId, view, how)
      ws.triggers.spend(triggerId)
      return shown(opened)
    },
  }
}

function named(ws: Workspace, args: Args): SlackView {
  const externalId = args.text('external_id')
  const found =
    externalId === undefined
      ? own(ws.state.views, args.required('view_id'))
      : Object.values(ws.state.views).find((view) => view.external_id === externalId)
  if (!found) throw new SlackError('not_found')
  return found
}

const update: Method = {
  tier: 4,
  run(ws, args) {
    const kept = named(ws, args)
    const view = checkedView(args.json('view', 'invalid_arguments'), kept.type)
    const hash = args.text('hash')
    if (hash !== undefined && hash !== kept.hash) throw new SlackError('hash_conflict')
    return shown(replaceView(ws, kept, view))
  },
}

const publish: Method = {
  tier: 4,
  run(ws, args) {
    const user = userOf(ws.state, args.required('user_id'))
    const view = checkedView(args.json('view', 'invalid_arguments'), 'home')
    return shown(publishHome(ws, user.id, view, args.text('hash')))
  },
}

export const viewMethods: Record<string, Method> = {
  'views.open': opener('open'),
  'views.push': opener('push'),
  'views.update': update,
  'views.publish': publish,
}
