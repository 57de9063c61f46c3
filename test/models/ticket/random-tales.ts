import fc from 'fast-check'
import { tickCause } from '../../../src/models/ticket/clocks/tick.js'
import { type Command, VERBS, type Verb } from '../../../src/models/ticket/commands.js'
import { decide } from '../../../src/models/ticket/decide.js'
import { type Effects, effectsOf } from '../../../src/models/ticket/effects.js'
import type { ActorRef, Commit } from '../../../src/models/ticket/events.js'
import { fold } from '../../../src/models/ticket/fold.js'
import { permission } from '../../../src/models/ticket/lifecycle.js'
import { open } from '../../../src/models/ticket/open.js'
import { PRIORITIES, type Ticket } from '../../../src/models/ticket/ticket.js'
import { isLive, sentOn, touchesOf } from '../../../src/models/ticket/touches.js'
import { DESK, withLadder, withPolicy, withTeam } from '../../support/desk-fixture.js'
import { commitAfter, contextOf, MONDAY, says, TEAM_PLACE, THREAD } from './support.js'

const MINUTE_MS = 60_000
const PEOPLE = ['ann', 'bo', 'cy', 'lin', 'hal', 'hua', 'max', 'ada', 'sam'] as const

const DESKS = [
  DESK,
  withTeam({ threads: 'inside_only', reasonsFor: ['release', 'priority', 'reopen'] }),
  withPolicy({ claimIsResponse: true }),
  withTeam({ channels: {} }),
  withLadder([
    { afterMs: 0, tell: ['assignee'] },
    { afterMs: 20 * MINUTE_MS, tell: ['lead'], everyMs: 15 * MINUTE_MS, rounds: 3 },
    { afterMs: 90 * MINUTE_MS, tell: ['lead_manager'] },
  ]),
]

/** When something is tried: so long after the last, or (so long after) when the next mark is due. */
type When = { afterMs: number } | { lateMs: number }

interface Draw {
  who: (typeof PEOPLE)[number]
  /** Somebody whose turn it could be instead: strangers are refused almost everything. */
  apt: boolean
  verb: Verb
  when: When
  choice: number
  flag: boolean
}

const when: fc.Arbitrary<When> = fc.oneof(
  fc.record({ afterMs: fc.integer({ min: 0, max: 90 }).map((minutes) => minutes * MINUTE_MS) }),
  fc.record({ afterMs: fc.integer({ min: 1, max: 60 }).map((hours) => hours * 60 * MINUTE_MS) }),
  fc.record({ lateMs: fc.constantFrom(0, 1, 4 * MINUTE_MS, 50 * MINUTE_MS, 3 * 24 * 60 * MINUTE_MS) }),
)
// Ticks and the verbs that move a ticket come more often than the rest: else most tales would stand still.
const verb = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Verb>('tick') },
  { weight: 3, arbitrary: fc.constantFrom<Verb>('claim', 'reply', 'answer', 'wait', 'priority', 'ack') },
  { weight: 2, arbitrary: fc.constantFrom<Verb>('resolve', 'reopen', 'publish', 'retract', 'discuss') },
  { weight: 3, arbitrary: fc.constantFrom(...VERBS) },
)
const draw: fc.Arbitrary<Draw> = fc.record({
  who: fc.constantFrom(...PEOPLE),
  apt: fc.boolean(),
  verb,
  when,
  choice: fc.nat({ max: 1000 }),
  flag: fc.boolean(),
})

export const tales = fc.record({
  desk: fc.constantFrom(...DESKS),
  startMs: fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minutes) => minutes * MINUTE_MS),
  text: fc.constantFrom('My VPN is down.', 'urgent: nothing works', 'payroll is wrong', 'a crash'),
  requester: fc.constantFrom('ann', 'bo', 'lin'),
  draws: fc.array(draw, { minLength: 5, maxLength: 40, size: 'max' }),
})
export type DrawnTale = typeof tales extends fc.Arbitrary<infer T> ? T : never

/** One accepted command and what it did. */
export interface Step {
  command: Command | undefined
  before: Ticket | null
  commit: Commit
  after: Ticket
  effects: Effects
}

export interface Told {
  steps: Step[]
  /** Commands that were refused or left nothing to do, with the ticket they left alone. */
  idle: number
  causes: string[]
}

/** Plays a drawn tale through the rules, then lets four days pass in which only the sweep works. */
export function played({ desk, startMs, text, requester, draws }: DrawnTale): Told {
  const told: Told = { steps: [], idle: 0, causes: [] }
  let now = new Date(MONDAY.getTime() + startMs)
  const actor = { kind: 'person', id: requester } as const
  const events = open(
    {
      ticketId: 't1',
      number: '2026110001',
      requesterId: requester,
      openedById: requester,
      text,
      files: [],
      place: THREAD,
      touchId: 'touch-first',
      messageId: 'm-first',
    },
    contextOf(desk, actor, now),
  )
  push(told, undefined, commitAfter(undefined, actor, now, events))
  const attempt = (one: Omit<Draw, 'when'>) => {
    const { after: ticket } = last(told)
    const command = commandOf(one, told)
    const person = one.apt ? aptFor(command, ticket) : one.who
    const bySystem = SYSTEM_VERBS.includes(command.verb)
    const by: ActorRef = bySystem ? { kind: 'system' } : { kind: 'person', id: person }
    const decision = decide(ticket, command, contextOf(desk, by, now))
    if (!decision.ok || decision.events.length === 0) {
      told.idle += 1
      return
    }
    if (command.verb === 'tick') told.causes.push(tickCause(ticket, now))
    push(told, command, commitAfter(last(told).commit, by, now, decision.events))
  }
  for (const one of draws) {
    const { nextDueAt } = last(told).after
    const next =
      'afterMs' in one.when
        ? now.getTime() + one.when.afterMs
        : Math.max(now.getTime(), nextDueAt?.getTime() ?? 0) + one.when.lateMs
    now = new Date(next)
    attempt(one)
  }
  const end = now.getTime() + 4 * 24 * 60 * MINUTE_MS
  for (let ticks = 0; ; ticks += 1) {
    const due = last(told).after.nextDueAt
    if (!due || due.getTime() > end) break
    if (ticks > 500) throw new Error('the sweep does not come to rest')
    now = new Date(Math.max(now.getTime(), due.getTime()))
    attempt({ who: 'ann', apt: false, verb: 'tick', choice: 0, flag: false })
  }
  return told
}

const SYSTEM_VERBS: readonly Verb[] = ['tick', 'adopt', 'unreached']

function aptFor(command: Command, ticket: Ticket): string {
  if ('by' in command) return command.by.authorId
  if (permission(command.verb, ticket.status, ['requester']).allowed) return ticket.requesterId
  return ticket.assigneeId ?? (ticket.teamId === 'hr' ? 'hal' : 'bo')
}

function last({ steps }: Told): Step {
  const step = steps.at(-1)
  if (!step) throw new Error('nothing was opened')
  return step
}

function push(told: Told, command: Command | undefined, commit: Commit): void {
  const before = told.steps.at(-1)?.after ?? null
  const after = fold(before, commit)
  told.steps.push({ command, before, commit, after, effects: effectsOf(before, commit, after) })
}

function commandOf(
  { verb: what, choice, flag }: Pick<Draw, 'verb' | 'choice' | 'flag'>,
  told: Told,
): Command {
  const pick = <T>(list: readonly [T, ...T[]]): T => list[choice % list.length] ?? list[0]
  const touch = says(flag ? 'Some words.' : '//', pick([undefined, TEAM_PLACE, THREAD.id, 'team:hr:slack']))
  const said = touchesOf(told.steps.map(({ commit }) => commit))
  const known = [...said.values()]
  const old = known[choice % known.length]
  const by = {
    authorId: old?.authorId ?? 'ann',
    visibility: old?.visibility ?? 'public',
    side: old?.side ?? 'team',
  } as const
  const touchId = old?.id ?? 'none'
  const copies = sentOn(said, touchId)
    .filter(isLive)
    .map(({ id }) => id)
  const reason = flag ? { reason: 'because' } : {}
  switch (what) {
    case 'claim':
    case 'confirm':
    case 'urge':
    case 'tick':
      return { verb: what }
    case 'assign':
      return { verb: what, agentId: pick(PEOPLE), ...reason }
    case 'reassign':
      return choice % 3 === 0
        ? {
            verb: what,
            teamId: pick(['hr', 'it', 'nowhere']),
            ...(flag ? { agentId: pick(PEOPLE) } : {}),
            ...reason,
          }
        : { verb: what, agentId: pick(PEOPLE), ...reason }
    case 'release':
    case 'withdraw':
    case 'dismiss':
      return { verb: what, ...reason }
    case 'reply':
    case 'note':
    case 'discuss':
    case 'answer':
      return { verb: what, touch }
    case 'publish':
      return { verb: what, touch, from: touchId, was: by.visibility }
    case 'wait':
      return { verb: what, on: pick(['requester', 'external', 'nobody']) }
    case 'priority':
      return { verb: what, priority: pick(PRIORITIES), ...reason }
    case 'resolve':
      return { verb: what, resolution: 'Done.', ...(flag ? { cause: 'c', prevention: 'p' } : {}) }
    case 'reopen':
      return { verb: what, ...reason, ...(choice % 2 ? { touch } : {}) }
    case 'ack':
      return { verb: what, clock: pick(['first_response', 'resolution', 'auto_close']) }
    case 'edit':
      return {
        verb: what,
        touchId,
        text: 'Other words.',
        by,
        copies,
        asNote: flag && by.visibility === 'internal',
      }
    case 'delete':
      return { verb: what, touchId, by, copies }
    case 'retract':
      return { verb: what, touchId, by }
    case 'relocate':
      return {
        verb: what,
        place: {
          ...THREAD,
          id: pick(['dm:ann', 'dm:ann:2']),
          address: { platform: 'slack', conversation: 'D2' },
        },
      }
    case 'adopt':
      return { verb: what, personId: pick(['ann', 'sam']), into: pick(['zoe', 'ann']) }
    case 'unreached':
      return {
        verb: what,
        personId: pick(PEOPLE),
        template: 'overdue',
        clock: pick(['first_response', 'resolution']),
        level: pick(['L1', 'L2']),
      }
    default:
      return what satisfies never
  }
}
