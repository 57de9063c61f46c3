import type { About } from '../about.js'
import type { SlackMessage, SlackState } from '../slack/types.js'
import { actionsOf, blocksOf, cardNumber, dmOf, messagesIn } from './tickets.js'

export const STEPS = ['raise', 'claim', 'talk', 'nudge', 'lead', 'resolve'] as const
export type Step = (typeof STEPS)[number]

/** Who plays in the story, by Slack id. */
export type Cast = { employee: string; agent: string; lead: string; channel: string; channelName: string }

/** How far the story has come in the messenger itself. */
export type Progress = {
  done: { [step in Step]: boolean }
  /** the first step that has not come true; absent when all have */
  next?: Step
  number?: string
  /** the employee's message that began it */
  opening?: SlackMessage
  requesterCard?: SlackMessage
  teamCard?: SlackMessage
}

/** An employee, somebody of the first team who best speaks another language, and that team's lead. */
export function castOf({ people, teams }: About, channels: SlackState['channels']): Cast | undefined {
  const team = teams.find((each) => each.channel !== undefined)
  const employee = people.find((person) => person.role === 'employee')
  const agents = people.filter((person) => team?.members.includes(person.userId))
  const agent = agents.find((person) => person.locale !== employee?.locale) ?? agents[0]
  const lead = people.find((person) => team?.leads.includes(person.userId))
  if (!team?.channel || !employee || !agent || !lead) return undefined
  return {
    employee: employee.userId,
    agent: agent.userId,
    lead: lead.userId,
    channel: team.channel,
    channelName: channels[team.channel]?.name ?? team.id,
  }
}

/** Which steps have happened, seen only from what stands in the messenger since `since` (a message's ts). */
export function storyProgress(state: SlackState, cast: Cast, since: string): Progress {
  const dm = messagesIn(state, dmOf(state, cast.employee) ?? '')
  const found = openingOf(dm, cast, since)
  const { number, opening, requesterCard } = found ?? {}
  const inChannel = messagesIn(state, cast.channel)
  const teamCard =
    number === undefined ? undefined : inChannel.find((message) => cardNumber(message) === number)
  const employeeName = state.users[cast.employee]?.realName ?? ''
  const mirrored = (
    messages: readonly SlackMessage[],
    root: SlackMessage | undefined,
    to: 'employee' | 'team',
  ): boolean =>
    messages.some(
      (message) =>
        root !== undefined &&
        message.thread_ts === root.ts &&
        message.bot_id !== undefined &&
        message.username !== undefined &&
        // A desk may say beside the name who it is: `Wang (requester)`.
        (to === 'team') === message.username.startsWith(employeeName),
    )
  const toldLead =
    number !== undefined &&
    messagesIn(state, dmOf(state, cast.lead) ?? '').some(
      (message) => message.bot_id !== undefined && wordsOf(message).includes(number),
    )
  const done = {
    raise: requesterCard !== undefined && teamCard !== undefined,
    claim: teamCard !== undefined && !verbsOf(teamCard).includes('claim'),
    talk: mirrored(dm, opening, 'employee') && mirrored(inChannel, teamCard, 'team'),
    nudge: teamCard !== undefined && /催单|[Nn]udged/.test(shownWords(teamCard)),
    lead: toldLead,
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

/** The newest top-level message of the employee that got a card, and its card. */
function openingOf(dm: readonly SlackMessage[], cast: Cast, since: string) {
  const openings = dm.filter(
    (message) =>
      message.user === cast.employee &&
      message.ts > since &&
      (message.thread_ts === undefined || message.thread_ts === message.ts),
  )
  for (const opening of openings.toReversed()) {
    const requesterCard = dm.find(
      (message) =>
        message.thread_ts === opening.ts && message.ts !== opening.ts && cardNumber(message) !== undefined,
    )
    const number = requesterCard && cardNumber(requesterCard)
    if (requesterCard && number !== undefined) return { opening, requesterCard, number }
  }
  return undefined
}

function verbsOf(message: SlackMessage): string[] {
  return actionsOf(message).map((action) => action.verb)
}

function wordsOf(message: SlackMessage): string {
  return JSON.stringify([message.text, message.blocks, message.attachments])
}

/** What a card says, without what its buttons say. */
function shownWords(message: SlackMessage): string {
  return JSON.stringify(blocksOf(message).filter((block) => block.type !== 'actions'))
}

function isClosed(card: SlackMessage): boolean {
  const verbs = verbsOf(card)
  const open = ['confirm', 'withdraw', 'urge'].some((verb) => verbs.includes(verb))
  return !open && /已关闭|Closed|closed/.test(shownWords(card))
}
