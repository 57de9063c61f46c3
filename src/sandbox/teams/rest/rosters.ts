import { type Fields, own } from '../fields.js'
import { splitConversationId } from '../ids.js'
import { findPerson } from '../people.js'
import { notInRoster, ServiceError } from '../service-error.js'
import { isIn } from '../store.js'
import { ROSTER_WINDOWS } from '../throttle.js'
import type { TeamsConversation, TeamsTeam, TeamsUser } from '../types.js'
import { type Operation, openConversation, type Request, throttled } from './operation.js'

const DEFAULT_PAGE = 200
const PAGE = { min: 50, max: 500 }

function reading(request: Request): TeamsConversation {
  const id = request.ids[0] ?? ''
  throttled(request.tenant, `roster ${splitConversationId(id).base}`, ROSTER_WINDOWS)
  // A team's roster is read by the team's own id, too.
  const team = own(request.tenant.state.teams, id)
  return openConversation(request.tenant, team?.channels[0]?.id ?? id).conversation
}

function membersOf({ tenant }: Request, conversation: TeamsConversation): TeamsUser[] {
  return Object.values(tenant.state.users).filter((user) =>
    isIn(tenant.state, conversation, user.aadObjectId),
  )
}

function memberObject({ tenant }: Request, user: TeamsUser): Fields {
  const [givenName = user.name, ...rest] = user.name.split(' ')
  return {
    id: user.mri,
    name: user.name,
    aadObjectId: user.aadObjectId,
    objectId: user.aadObjectId,
    givenName,
    surname: rest.join(' '),
    email: user.email,
    userPrincipalName: user.email,
    tenantId: tenant.state.tenantId,
    userRole: 'user',
    locale: user.locale,
  }
}

function teamOf(request: Request): TeamsTeam {
  const { tenant, ids } = request
  const id = ids[0] ?? ''
  throttled(tenant, `roster ${id}`, ROSTER_WINDOWS)
  const team = own(tenant.state.teams, id)
  if (!team) throw new ServiceError(404, 'TeamNotFound', 'Team not found.')
  if (!team.hasApp) throw notInRoster()
  return team
}

function pageSize(query: Fields): number {
  const asked = Number(query.pageSize ?? DEFAULT_PAGE)
  return Number.isFinite(asked) ? Math.min(PAGE.max, Math.max(PAGE.min, asked)) : DEFAULT_PAGE
}

export const rosterOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: 'conversations/:/members',
    call: 'getMembers',
    run: (request) => ({
      status: 200,
      body: membersOf(request, reading(request)).map((user) => memberObject(request, user)),
    }),
  },
  {
    method: 'GET',
    path: 'conversations/:/pagedmembers',
    call: 'getPagedMembers',
    run(request) {
      const all = membersOf(request, reading(request))
      const from = Number(request.query.continuationToken ?? 0) || 0
      const size = pageSize(request.query)
      const members = all.slice(from, from + size).map((user) => memberObject(request, user))
      const more = from + size < all.length ? { continuationToken: String(from + size) } : {}
      return { status: 200, body: { members, ...more } }
    },
  },
  {
    method: 'GET',
    path: 'conversations/:/members/:',
    call: 'getMember',
    run(request) {
      const conversation = reading(request)
      const user = findPerson(request.tenant.state, request.ids[1] ?? '')
      if (!user || !isIn(request.tenant.state, conversation, user.aadObjectId))
        throw new ServiceError(404, 'MemberNotFoundInConversation', 'Member not found in conversation.')
      return { status: 200, body: memberObject(request, user) }
    },
  },
  {
    method: 'GET',
    path: 'teams/:',
    call: 'getTeam',
    run(request) {
      const team = teamOf(request)
      const counts = { channelCount: team.channels.length, memberCount: team.members.length }
      return { status: 200, body: { id: team.id, name: team.name, type: 'standard', ...counts } }
    },
  },
  {
    method: 'GET',
    path: 'teams/:/conversations',
    call: 'getChannels',
    run(request) {
      const team = teamOf(request)
      // The General channel has the team's id and comes without a name.
      const conversations = team.channels.map(({ id, name }) => (id === team.id ? { id } : { id, name }))
      return { status: 200, body: { conversations } }
    },
  },
]
