import type { About } from '../about.js'
import type { Platform } from '../platforms.js'
import type { Seat } from './pane.js'
import { dmOf, type Place, type Post, placeOf, type Scene } from './scene.js'

export const STEPS = ['raise', 'claim', 'talk', 'nudge', 'lead', 'resolve'] as const
export type Step = (typeof STEPS)[number]

export type Actor = Seat & { name: string; locale: 'en' | 'zh-CN' }
/** Who plays in the story, each at a messenger. */
export type Cast = {
  employee: Actor
  agent: Actor
  lead: Actor
  /** every account of the lead: where they are told is the program's choice */
  leadAccounts: string[]
  /** where the agent works */
  channel: string
  /** the team's channel on each messenger */
  channels: string[]
  team: { en: string; 'zh-CN': string }
}

/** How far the story has come in the messengers themselves. */
export type Progress = {
  done: { [step in Step]: boolean }
  /** the first step that has not come true; absent when all have */
  next?: Step
  number?: string
  /** the employee's message that began it */
  opening?: Post
  requesterCard?: Post
  /** where the agent works */
  teamCard?: Post
}

/** Which messenger each would rather be seen at, so that all three are. */
const PREFERRED: Record<'employee' | 'agent' | 'lead', Platform[]> = {
  employee: ['feishu', 'slack', 'teams'],
  agent: ['teams', 'slack', 'feishu'],
  lead: ['slack', 'teams', 'feishu'],
}

/** An employee, somebody of the first team who best speaks another language, and that team's lead. */
export function castOf({ people, teams, platforms }: About): Cast | undefined {
  const channelOn = (team: About['teams'][number], platform: Platform): string | undefined =>
    platforms.includes(platform) ? team.channels[platform] : undefined
  const team = teams.find((each) => platforms.some((platform) => channelOn(each, platform)))
  const employees = people.filter((person) => person.role === 'employee')
  const found = {
    employee: employees.find((person) => person.accounts.feishu !== undefined) ?? employees[0],
    lead: people.find((person) => team?.leads.includes(person.id)),
  }
  const agents = people.filter((person) => team?.members.includes(person.id))
  const stranger = agents.find((person) => person.locale !== found.employee?.locale)
  const employee = actorOf(found.employee, PREFERRED.employee, platforms)
  const agent = actorOf(
    stranger ?? agents[0],
    PREFERRED.agent.filter((platform) => team && channelOn(team, platform)),
    platforms,
  )
  const lead = actorOf(found.lead, PREFERRED.lead, platforms)
  const channel = team && agent && channelOn(team, agent.platform)
  if (!team || !employee || !agent || !lead || !channel) return undefined
  return {
    employee,
    agent,
    lead,
    leadAccounts: Object.values(found.lead?.accounts ?? {}),
    channel,
    channels: platforms.map((platform) => channelOn(team, platform)).filter((id) => id !== undefined),
    team: team.name,
  }
}

function actorOf(
  person: About['people'][number] | undefined,
  preferred: readonly Platform[],
  platforms: readonly Platform[],
): Actor | undefined {
  const platform = preferred.find((each) => platforms.includes(each) && person?.accounts[each] !== undefined)
  const userId = platform && person?.accounts[platform]
  if (!person || !platform || !userId) return undefined
  return { personId: person.id, platform, userId, name: person.name, locale: person.locale }
}

/** Which steps have happened, seen only from what stands in the messengers since `sinceMs`. */
export function storyProgress(scene: Scene, cast: Cast, sinceMs: number): Progress {
  const dm = dmOf(scene, cast.employee.userId)
  const { number, opening, requesterCard } = openingOf(dm, cast, sinceMs) ?? {}
  const teamCards = cast.channels.map((id) => placeOf(scene, id)?.posts.find(isCardOf(number)))
  const channel = placeOf(scene, cast.channel)
  const teamCard = channel?.posts.find(isCardOf(number))
  const done = {
    raise: requesterCard !== undefined && teamCards.every((card) => card !== undefined),
    claim: teamCard !== undefined && !verbsOf(teamCard).includes('claim'),
    talk:
      under(dm, opening).some((post) => speaksFor(post, cast.agent.name)) &&
      under(channel, teamCard).some((post) => speaksFor(post, cast.employee.name)),
    nudge: teamCard !== undefined && /催单|[Nn]udged/.test(teamCard.shown),
    lead: cast.leadAccounts.some((account) => toldAbout(dmOf(scene, account), number)),
    resolve: requesterCard !== undefined && isClosed(requesterCard),
  }
  const next = STEPS.find((step) => !done[step])
  return {
    done,
    ...(next ? { next } : {}),
    ...(number === undefined ? {} : { number }),
    ...(opening ? { opening } : {}),
    ...(requesterCard ? { requesterCard } : {}),
    ...(teamCard ? { teamCard } : {}),
  }
}

/** What stands in the thread of a post, or, where a direct conversation may have none, after it. */
export function under(place: Place | undefined, root: Post | undefined): Post[] {
  if (!place || !root) return []
  const flat = place.kind === 'direct' && place.platform !== 'slack'
  return place.posts.filter(
    (post) =>
      post !== root && (post.root === root.id || (flat && post.root === undefined && post.atMs >= root.atMs)),
  )
}

/** Carries somebody's words, under their name. A desk may say beside the name who it is: `Wang (requester)`. */
export function speaksFor(post: Post, name: string): boolean {
  return post.bot && post.number === undefined && post.head.startsWith(name)
}

/** Where the lead has been told about a ticket, if they have. */
export function toldAbout(place: Place | undefined, number: string | undefined): boolean {
  return place?.posts.some((post) => toldIn(post, number)) === true
}

/** Whether a message of the bot is about a ticket. */
export function toldIn(post: Post, number: string | undefined): boolean {
  return number !== undefined && post.bot && post.words.includes(number)
}

function isCardOf(number: string | undefined): (post: Post) => boolean {
  return (post) => number !== undefined && post.number === number
}

/** The newest message of the employee that got a card, and its card. */
function openingOf(dm: Place | undefined, cast: Cast, sinceMs: number) {
  const openings = dm?.posts.filter(
    (post) => post.by === cast.employee.userId && !post.bot && post.atMs > sinceMs && post.root === undefined,
  )
  for (const opening of openings?.toReversed() ?? []) {
    const requesterCard = under(dm, opening).find((post) => post.number !== undefined)
    const number = requesterCard?.number
    if (requesterCard && number !== undefined) return { opening, requesterCard, number }
  }
  return undefined
}

function verbsOf(post: Post): string[] {
  return post.actions.map((action) => action.verb)
}

function isClosed(card: Post): boolean {
  const verbs = verbsOf(card)
  const open = ['confirm', 'withdraw', 'urge'].some((verb) => verbs.includes(verb))
  return !open && /已关闭|Closed|closed/.test(card.shown)
}
