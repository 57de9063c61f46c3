import { accountOf, activityOf } from '../activity.js'
import { own } from '../fields.js'
import { directConversation, userOf } from '../people.js'
import { GestureError } from '../service-error.js'
import type { Tenant } from '../tenant.js'
import type { Fields, GestureResult, TeamsConversation, TeamsTeam, TeamsUser } from '../types.js'

export type Installation = { userId?: string; teamId?: string }

type Target =
  | { kind: 'person'; user: TeamsUser; conversation: TeamsConversation }
  | { kind: 'team'; user: TeamsUser; conversation: TeamsConversation; team: TeamsTeam }

function targetOf(tenant: Tenant, { userId, teamId }: Installation): Target {
  const { state } = tenant
  if (teamId === undefined) {
    const user = userOf(state, userId ?? '')
    return { kind: 'person', user, conversation: directConversation(tenant, user).conversation }
  }
  const { team, general } = teamOf(tenant, teamId)
  const user = userOf(state, userId ?? team.members[0] ?? '')
  return { kind: 'team', user, conversation: general, team }
}

function teamOf({ state }: Tenant, teamId: string): { team: TeamsTeam; general: TeamsConversation } {
  const team = own(state.teams, teamId)
  const general = own(state.conversations, team?.channels[0]?.id ?? '')
  if (!team || !general) throw new GestureError('team_not_found')
  return { team, general }
}

function setInstalled(tenant: Tenant, target: Target, hasApp: boolean): void {
  const holder = target.kind === 'person' ? target.user : target.team
  if (holder.hasApp === hasApp) throw new GestureError(hasApp ? 'already_installed' : 'app_not_installed')
  holder.hasApp = hasApp
  tenant.store.changed(
    target.kind === 'person'
      ? { kind: 'user', userId: target.user.aadObjectId }
      : { kind: 'team', detail: target.team.id },
  )
}

/** Both kinds of news: of the app, and of the roster. Teams sends the one without waiting for the other. */
function tellInstallation(tenant: Tenant, target: Target, action: 'add' | 'remove'): string[] {
  const { sender, state } = tenant
  const bot = { id: state.bot.id }
  const eventType = action === 'add' ? 'teamMemberAdded' : 'teamMemberRemoved'
  const where = { conversation: target.conversation }
  const news = activityOf(tenant, target.user, where, { type: 'installationUpdate', action })
  const ids = [sender.send(news)]
  if (target.kind === 'person' && action === 'remove') return ids
  const members = target.kind === 'person' ? [accountOf(target.user), bot] : [bot]
  const roster = activityOf(tenant, target.user, where, {
    type: 'conversationUpdate',
    [action === 'add' ? 'membersAdded' : 'membersRemoved']: members,
    ...(target.kind === 'team' ? { channelData: { eventType } } : {}),
  })
  return [...ids, sender.send(roster)]
}

/** The app comes to a person, or to a team by one of its members. */
export function install(tenant: Tenant, given: Installation): GestureResult {
  const target = targetOf(tenant, given)
  setInstalled(tenant, target, true)
  const activityIds = tellInstallation(tenant, target, 'add')
  return { ok: true, conversation: target.conversation.id, activityIds }
}

/** The app is removed from a person, or from a team. */
export function uninstall(tenant: Tenant, given: Installation): GestureResult {
  const target = targetOf(tenant, given)
  setInstalled(tenant, target, false)
  const activityIds = tellInstallation(tenant, target, 'remove')
  return { ok: true, conversation: target.conversation.id, activityIds }
}

/** A person blocks the bot, or lets it write again. The bot is told nothing. */
export function setBlocked(tenant: Tenant, userId: string, isBlocked: boolean): GestureResult {
  const user = userOf(tenant.state, userId)
  if (user.hasBlockedBot === isBlocked) throw new GestureError(isBlocked ? 'already_blocked' : 'not_blocked')
  user.hasBlockedBot = isBlocked
  tenant.store.changed({ kind: 'user', userId })
  return { ok: true }
}

/** A person comes into a team, or leaves it. */
export function changeMembership(
  tenant: Tenant,
  given: { userId: string; teamId: string },
  isMember: boolean,
): GestureResult {
  const user = userOf(tenant.state, given.userId)
  const { team, general } = teamOf(tenant, given.teamId)
  if (team.members.includes(user.aadObjectId) === isMember)
    throw new GestureError(isMember ? 'already_in_team' : 'not_in_team')
  team.members = isMember
    ? [...team.members, user.aadObjectId]
    : team.members.filter((id) => id !== user.aadObjectId)
  tenant.store.changed({ kind: 'team', detail: team.id, userId: user.aadObjectId })
  if (!team.hasApp) return { ok: true }
  const lists: Fields = isMember
    ? { membersAdded: [accountOf(user)], channelData: { eventType: 'teamMemberAdded' } }
    : { membersRemoved: [accountOf(user)], channelData: { eventType: 'teamMemberRemoved' } }
  const activity = activityOf(
    tenant,
    user,
    { conversation: general },
    { type: 'conversationUpdate', ...lists },
  )
  return { ok: true, activityIds: [tenant.sender.send(activity)] }
}

export type UserChange = { userId: string; locale?: string; zone?: string; name?: string; email?: string }

/** A person changes their settings. The bot sees it in what they do next, and in the roster. */
export function changeUser(tenant: Tenant, { userId, ...change }: UserChange): GestureResult {
  Object.assign(userOf(tenant.state, userId), change)
  tenant.store.changed({ kind: 'user', userId })
  return { ok: true }
}
