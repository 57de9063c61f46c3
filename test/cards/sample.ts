import type { Button, Card, Control, Element, Field, Form } from '../../src/cards/card.js'
import type { KnownPerson, ViewContext } from '../../src/cards/context.js'
import { idsOfTeam } from '../../src/cards/context.js'
import { plain } from '../../src/cards/format.js'
import type { Desk } from '../../src/models/desk/desk.js'
import type { Locale } from '../../src/models/ids.js'
import type { Commit, TicketEvent, Touch } from '../../src/models/ticket/events.js'
import { type Clock, ENDED, type Status, type Ticket } from '../../src/models/ticket/ticket.js'
import { DESK } from '../support/desk-fixture.js'

/** Monday 9 November 2026, 10:00 in Shanghai. */
export const NOW = new Date('2026-11-09T02:00:00Z')
const MINUTE_MS = 60_000
export const later = (minutes: number, from = NOW): Date => new Date(from.getTime() + minutes * MINUTE_MS)

const PEOPLE: Readonly<Record<string, Omit<KnownPerson, 'id' | 'userIds'>>> = {
  ann: { name: '安娜', department: '财务部' },
  sam: { name: '孙萌' },
  bo: { name: '李博', department: '信息部' },
  cy: { name: '陈怡' },
  lin: { name: '林立', managerId: 'max' },
  hal: { name: '郝磊' },
  hua: { name: '华敏' },
  max: { name: '马克' },
}

/** Nobody's name has Latin letters, so that an English word in a Chinese card is seen. */
export function contextFor(locale: Locale, more: Partial<ViewContext> = {}): ViewContext {
  const desk: Desk = more.desk ?? DESK
  const person = (id: string): KnownPerson => ({
    id,
    ...(PEOPLE[id] ?? { name: '某人' }),
    userIds: { slack: `U-${id}` },
  })
  return {
    locale,
    zone: 'Asia/Shanghai',
    now: NOW,
    desk,
    person,
    agentsOf: (teamId) => idsOfTeam(desk.teams[teamId]).map(person),
    fileUrl: (id) => `https://desk.example/files/${id}`,
    ...more,
  }
}

export function clock(kind: Clock['kind'], more: Partial<Clock> = {}): Clock {
  return {
    kind,
    cycle: 1,
    state: 'running',
    startedAt: later(-60),
    targetMs: 4 * 60 * MINUTE_MS,
    calendarId: 'office',
    policyId: 'standard',
    policyVersion: 'v1',
    remindAt: [0.5, 0.8],
    ladderId: 'standard',
    dueAt: later(120),
    certain: true,
    pauses: [],
    marks: [],
    told: [],
    ...more,
  }
}

const HELD: readonly Status[] = [
  'assigned',
  'in_progress',
  'waiting_requester',
  'waiting_external',
  'snoozed',
  'resolved',
  'closed',
]

/** A ticket as it is when it stands in `status`. */
export function ticketIn(status: Status, more: Partial<Ticket> = {}): Ticket {
  const held = HELD.includes(status)
  const ended = ENDED.includes(status)
  const done = status === 'resolved' || status === 'closed'
  return {
    id: 't1',
    deskId: 'acme',
    number: '2026110015',
    revision: 3,
    hash: 'h',
    typeId: 'request',
    teamId: 'it',
    title: '网络连不上',
    excerpt: '网络连不上，昨天还好好的。',
    files: [],
    status,
    statusSince: later(-30),
    priority: 'medium',
    requesterId: 'ann',
    openedById: 'ann',
    openedAt: later(-60),
    updatedAt: later(-30),
    ...(held ? { assigneeId: 'bo' } : {}),
    helperIds: [],
    ...(done ? { resolution: { text: '重置了账号。', byId: 'bo', at: later(-5) } } : {}),
    ...(ended ? { closedAt: later(-1) } : {}),
    reopenCount: 0,
    urges: { count: 0 },
    lastRequesterTouchAt: later(-60),
    firstTouchId: 'touch-1',
    toldIds: [],
    places: [],
    clocks: clocksIn(status),
    ...more,
  }
}

function clocksIn(status: Status): Ticket['clocks'] {
  if (ENDED.includes(status)) return {}
  if (status === 'resolved') return { auto_close: clock('auto_close', { dueAt: later(3 * 24 * 60) }) }
  if (status === 'new' || status === 'assigned' || status === 'under_review') {
    return { first_response: clock('first_response'), resolution: clock('resolution', { dueAt: later(600) }) }
  }
  const answered = clock('first_response', { state: 'stopped', met: true })
  if (status !== 'waiting_requester')
    return { first_response: answered, resolution: clock('resolution', { dueAt: later(600) }) }
  const { dueAt: _, ...paused } = clock('resolution', {
    state: 'paused',
    pauses: [{ from: later(-30), reason: 'waiting_requester' }],
  })
  return { first_response: answered, resolution: paused }
}

export function touch(more: Partial<Touch> = {}): Touch {
  return {
    id: 'touch-1',
    authorId: 'ann',
    side: 'requester',
    visibility: 'public',
    text: '网络连不上',
    files: [],
    ...more,
  }
}

export function commit(events: TicketEvent[], by: string | null = 'bo', at = NOW): Commit {
  return {
    deskId: 'acme',
    ticketId: 't1',
    seq: 1,
    cause: 'test',
    actor: by === null ? { kind: 'system' } : { kind: 'person', id: by },
    at,
    events,
    salt: '',
    prevHash: '',
    hash: '',
  }
}

/** Every text of an element, controls' labels included. */
export function wordsOf(element: Element): string[] {
  switch (element.kind) {
    case 'text':
    case 'quote':
    case 'small':
      return [plain(element.text)]
    case 'facts':
      return element.facts.flatMap(({ label, value }) => [label, plain(value)])
    case 'files':
      return element.files.map((file) => file.name)
    case 'controls':
      return element.controls.flatMap(labelsOf)
    case 'rows':
      return element.rows.flatMap((row) => [plain(row.text), ...(row.control ? labelsOf(row.control) : [])])
    case 'divider':
      return []
    default:
      return element satisfies never
  }
}

export function labelsOf(control: Control): string[] {
  if (control.kind === 'menu') return [control.label, ...control.options.map((option) => option.label)]
  if (control.kind === 'link_button') return [control.label]
  const { confirm } = control
  return [control.label, ...(confirm ? [confirm.title, confirm.text, confirm.yes, confirm.no] : [])]
}

/** All that can be read on a card. */
export const cardWords = (card: Card): string =>
  [card.title, card.summary, ...card.elements.flatMap(wordsOf)].join('\n')

/** All that can be read in a form. */
export function formWords(form: Form): string {
  return [form.title, form.submit ?? '', form.cancel, ...form.fields.flatMap(fieldWords)].join('\n')
}

function fieldWords(field: Field): string[] {
  switch (field.kind) {
    case 'say':
      return [plain(field.text)]
    case 'choice':
      return [field.label, field.hint ?? '', ...field.options.map((option) => option.label)]
    case 'text':
      return [field.label, field.hint ?? '', field.value ?? '']
    case 'files':
      return [field.label]
    default:
      return field satisfies never
  }
}

export const controlsOf = (card: Card): Control[] =>
  card.elements.flatMap((element) =>
    element.kind === 'controls'
      ? element.controls
      : element.kind === 'rows'
        ? element.rows.flatMap((row) => row.control ?? [])
        : [],
  )

export const buttonsOf = (card: Card): Button[] =>
  controlsOf(card).filter((control): control is Button => control.kind === 'button')

/** What can be clicked, in order: verbs of buttons, then `/` and the verbs of menus, with their argument if any. */
export function clickable(card: Card): string {
  const verb = ({ verb, arg }: { verb: string; arg?: string }): string => (arg ? `${verb}:${arg}` : verb)
  const buttons = buttonsOf(card).map((button) => verb(button.action))
  const menus = controlsOf(card).flatMap((control) =>
    control.kind === 'menu' ? control.options.map((option) => verb(option.action)) : [],
  )
  return [buttons.join(' '), menus.join(' ')].join(' / ').trim()
}
