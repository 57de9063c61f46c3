import type { Fields } from './fields.js'
import type { FeishuUser } from './types.js'
import type { Workspace } from './workspace.js'

/** The three names of a person in an event. Without the scope for it `user_id` is not told. */
export function wireIds(ws: Workspace, openId: string): Fields {
  const user = ws.state.users[openId]
  const seesUserId = ws.scopes.has('contact:user.employee_id:readonly')
  return { open_id: openId, union_id: user?.unionId ?? '', user_id: seesUserId ? (user?.userId ?? '') : null }
}

/** The person of that id in the language of `idType`, whether or not the app may see them. */
export function findUser(ws: Workspace, id: string, idType: string): FeishuUser | undefined {
  return Object.values(ws.state.users).find((user) => {
    switch (idType) {
      case 'open_id':
        return user.openId === id
      case 'union_id':
        return user.unionId === id
      case 'user_id':
        return user.userId === id
      case 'email':
        return user.email.toLowerCase() === id.toLowerCase()
      default:
        return false
    }
  })
}

/** A person's id in the language of `idType`. */
export function idOf(user: FeishuUser, idType: string): string {
  if (idType === 'union_id') return user.unionId
  return idType === 'user_id' ? user.userId : user.openId
}

/** A person as the directory tells them; what needs a scope of its own is left out without it. */
export function wireUser(ws: Workspace, user: FeishuUser): Fields {
  const sees = (scope: string): boolean => ws.scopes.has(scope)
  return {
    open_id: user.openId,
    union_id: user.unionId,
    ...(sees('contact:user.employee_id:readonly') ? { user_id: user.userId } : {}),
    name: user.name,
    en_name: '',
    ...(sees('contact:user.email:readonly') ? { email: user.email } : {}),
    status: {
      is_frozen: false,
      is_resigned: user.resigned,
      is_activated: true,
      is_exited: false,
      is_unjoin: false,
    },
    ...(user.department !== undefined && sees('contact:user.department:readonly')
      ? { department_path: [{ department_id: 'od-emulated', department_name: { name: user.department } }] }
      : {}),
  }
}
