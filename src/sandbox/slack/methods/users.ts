import { SlackError } from '../slack-error.js'
import { userOf } from '../store.js'
import type { SlackUser } from '../types.js'
import { userObject } from '../wire.js'
import type { Workspace } from '../workspace.js'
import type { Args, Method } from './method.js'
import { page } from './page.js'

function shown(ws: Workspace, user: SlackUser, args: Args) {
  const withEmail = ws.scopes.has('users:read.email')
  return userObject(ws.state, user, { withEmail, withLocale: args.flag('include_locale'), at: ws.now() })
}

const info: Method = {
  tier: 4,
  scopes: ['users:read'],
  run: (ws, args) => ({ user: shown(ws, userOf(ws.state, args.required('user')), args) }),
}

const list: Method = {
  tier: 2,
  scopes: ['users:read'],
  run(ws, args) {
    const all = Object.values(ws.state.users)
    const { items, nextCursor } = page(all, args, { fallback: Math.max(1, all.length), max: 1000 })
    return {
      members: items.map((user) => shown(ws, user, args)),
      cache_ts: Math.floor(ws.now().getTime() / 1000),
      response_metadata: { next_cursor: nextCursor },
    }
  },
}

const lookupByEmail: Method = {
  tier: 3,
  scopes: ['users:read.email'],
  run(ws, args) {
    const email = args.required('email').toLowerCase()
    const user = Object.values(ws.state.users).find(
      (each) => !each.isBot && each.email.toLowerCase() === email,
    )
    if (!user) throw new SlackError('users_not_found')
    return { user: shown(ws, user, args) }
  },
}

export const userMethods: Record<string, Method> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
}
