import type { KnownPerson, ViewContext } from '../../../src/cards/context.js'
import type { Locale } from '../../../src/i18n/t.js'
import type { Commit, Touch } from '../../../src/models/ticket/events.js'
import type { FileRef, Status, Ticket } from '../../../src/models/ticket/ticket.js'
import { clock, commit, contextFor, later, NOW, ticketIn, touch } from '../../cards/sample.js'
import { withTeam } from '../../support/desk-fixture.js'

const NAMES: Record<Locale, Readonly<Record<string, [name: string, department?: string]>>> = {
  en: {
    ann: ['Ann Lee', 'Finance'],
    sam: ['Sam Ortiz'],
    bo: ['Bo Berg', 'IT operations'],
    cy: ['Cyrus Young'],
    lin: ['Lin O’Neill'],
    hal: ['Hal Moss'],
    hua: ['Hua Min'],
    max: ['Max Adler'],
  },
  'zh-CN': {
    ann: ['安娜', '财务部'],
    sam: ['孙萌'],
    bo: ['李博', '信息部'],
    cy: ['陈怡'],
    lin: ['林立'],
    hal: ['郝磊'],
    hua: ['华敏'],
    max: ['马克'],
  },
}

/** What is said in the story, in each language. */
const SAID = {
  en: {
    title: 'VPN does not connect',
    excerpt: 'VPN does not connect since this morning. The client says “timeout”.',
    resolution: 'Reset the account; please sign in again.',
    cause: 'The certificate had run out.',
    prevention: 'Certificates are renewed a month ahead now.',
    answer: 'Which network are you on?\nSee https://wiki.acme.example/vpn first.',
    inside: 'Looks like the certificate',
    note: 'Has complained before',
    reason: 'Needs somebody on site',
    file: 'screenshot 1.png',
  },
  'zh-CN': {
    title: '网络连不上',
    excerpt: '网络连不上，昨天还好好的。客户端提示“超时”。',
    resolution: '已重置账号，请重新登录。',
    cause: '证书过期。',
    prevention: '证书改为提前一个月续期。',
    answer: '请问你连的是哪个网络？\n请先看 https://wiki.acme.example/vpn 。',
    inside: '看起来是证书的问题',
    note: '之前也投诉过',
    reason: '需要现场支持',
    file: '截图 1.png',
  },
} as const satisfies Record<Locale, object>
export type Said = Record<keyof (typeof SAID)['en'], string>

/** Everything a sample is made of. */
export interface Showing {
  ctx: ViewContext
  /** The same where the team asks for a reason for everything that may be asked one for. */
  strict: ViewContext
  said: Said
  ticket(status: Status, more?: Partial<Ticket>): Ticket
  touch(more?: Partial<Touch>): Touch
  file: FileRef
  files: FileRef[]
  commits: readonly Commit[]
}

/** Makes the story worse: what people write and are called, how many files they send, how many are on the team. */
export interface Twist {
  words(words: string): string
  files: number
  members: number
}
const CALM: Twist = { words: (words) => words, files: 1, members: 0 }

/** The story as somebody reads it: a Chinese reader in Shanghai, an English one in Berlin. */
export function showing(locale: Locale, twist: Twist = CALM): Showing {
  const said = Object.fromEntries(
    Object.entries(SAID[locale]).map(([name, words]) => [name, twist.words(words)]),
  ) as Said
  const person = (id: string): KnownPerson => {
    const [known, group] = NAMES[locale][id] ?? [id]
    const name = twist.words(known)
    const department = group && twist.words(group)
    const userIds = { slack: `U0${id.toUpperCase()}`, teams: `29:${id}`, feishu: `ou_${id}` }
    const manager = id === 'lin' ? { managerId: 'max' } : {}
    return { id, name, userIds, ...(department === undefined ? {} : { department }), ...manager }
  }
  const zone = locale === 'en' ? 'Europe/Berlin' : 'Asia/Shanghai'
  const members = ['bo', 'cy', ...Array.from({ length: twist.members }, (_, i) => `member-${i}`)]
  const desk = withTeam({ members })
  const asked = withTeam({
    members,
    reasonsFor: ['release', 'reassign', 'priority', 'dismiss', 'withdraw', 'reopen'],
  })
  const base = contextFor(locale, { person, zone, desk })
  const withPeople = (ctx: ViewContext): ViewContext => ({
    ...ctx,
    agentsOf: (teamId) =>
      contextFor(locale, { desk: ctx.desk })
        .agentsOf(teamId)
        .map(({ id }) => person(id)),
  })
  const file: FileRef = { id: 'f1', name: said.file, bytes: 320_000, mediaType: 'image/png' }
  const files = Array.from({ length: twist.files }, (_, i) => (i === 0 ? file : { ...file, id: `f${i + 1}` }))
  const { title, excerpt, resolution: text } = said
  const ticket: Showing['ticket'] = (status, more = {}) => {
    const plain = ticketIn(status, { title, excerpt })
    const { resolution } = plain
    return { ...plain, ...(resolution ? { resolution: { ...resolution, text } } : {}), ...more }
  }
  return {
    ctx: withPeople(base),
    strict: withPeople({ ...base, desk: asked }),
    said,
    file,
    files,
    ticket,
    touch: (more = {}) => touch({ text: title, ...more }),
    commits: history(said, file),
  }
}

/** A ticket's life with nearly everything that can happen in one. */
function history(said: Said, file: FileRef): Commit[] {
  const words = (id: string, more: Partial<Touch>): Touch => touch({ id, text: said.answer, ...more })
  const due = { clock: 'resolution' as const, cycle: 1, dueAt: later(600), certain: true, marks: [] }
  const events: [Commit['events'], string | null][] = [
    [[opened(said)], 'ann'],
    [[{ ...due, type: 'clock.started', ...PROMISE }], null],
    [[{ type: 'ticket.claimed', agentId: 'bo' }], 'bo'],
    [[{ type: 'touch.added', touch: words('t2', { side: 'team', authorId: 'bo' }) }], 'bo'],
    [
      [
        {
          type: 'touch.added',
          touch: words('t3', { side: 'team', authorId: 'cy', visibility: 'internal', text: said.inside }),
        },
      ],
      'cy',
    ],
    [
      [
        {
          type: 'touch.added',
          touch: words('t4', { side: 'team', authorId: 'bo', visibility: 'note', text: said.note }),
        },
      ],
      'bo',
    ],
    [
      [
        { type: 'ticket.status_changed', status: 'waiting_requester' },
        { type: 'clock.paused', clock: 'resolution', cycle: 1, reason: 'waiting_requester' },
      ],
      'bo',
    ],
    [[{ type: 'touch.added', touch: words('t5', { text: said.excerpt, files: [file] }) }], 'ann'],
    [[{ type: 'touch.edited', touchId: 't5', text: said.title }], 'ann'],
    [[{ ...due, type: 'clock.resumed' }], null],
    [[{ type: 'ticket.urged', count: 2 }], 'ann'],
    [
      [
        {
          type: 'clock.told',
          clock: 'resolution',
          cycle: 1,
          told: [{ level: 'L1', round: 1 }],
          remind: [],
          tell: [{ to: 'lin', template: 'overdue' }],
          marks: [],
          late: false,
        },
      ],
      null,
    ],
    [
      [
        {
          type: 'people.unreached',
          personId: 'lin',
          template: 'overdue',
          tell: [{ to: 'max', template: 'overdue' }],
        },
      ],
      null,
    ],
    [[{ type: 'clock.acked', clock: 'resolution', cycle: 1, level: 'L1', marks: [] }], 'lin'],
    [[{ type: 'ticket.prioritized', priority: 'high', reason: said.reason }], 'lin'],
    [[{ type: 'ticket.assigned', agentId: 'cy', reason: said.reason }], 'lin'],
    [[{ type: 'ticket.helped', helperId: 'bo' }], 'bo'],
    [[{ type: 'attempt.refused', verb: 'resolve', code: 'ticket.role_forbids' }], 'sam'],
    [
      [
        {
          type: 'ticket.resolved',
          resolution: said.resolution,
          cause: said.cause,
          prevention: said.prevention,
        },
      ],
      'cy',
    ],
    [[{ type: 'clock.stopped', clock: 'resolution', cycle: 1, met: false }], null],
    [[{ type: 'ticket.reopened', reason: said.note }], 'ann'],
    [[{ type: 'ticket.moved', teamId: 'hr', reason: said.reason, places: [], retired: [] }], 'cy'],
    [[{ type: 'ticket.released', reason: said.reason }], 'cy'],
    [[{ type: 'ticket.closed', by: 'time' }], null],
  ]
  return events.map(([happened, by], i) => commit(happened, by, later(i * 7 - 120)))
}

const PROMISE = {
  targetMs: 24 * 3_600_000,
  calendarId: 'office',
  policyId: 'standard',
  policyVersion: 'v1',
  remindAt: [0.8],
}

function opened({ title, excerpt }: Said): Commit['events'][number] {
  return {
    type: 'ticket.opened',
    number: '2026110015',
    typeId: 'request',
    teamId: 'it',
    priority: 'medium',
    status: 'new',
    requesterId: 'ann',
    openedById: 'sam',
    title,
    excerpt,
    touch: touch({ text: excerpt }),
    places: [],
  }
}

/** Promises that ran out an hour and more ago. */
export const OVERDUE: Partial<Ticket> = {
  priority: 'urgent',
  clocks: {
    first_response: clock('first_response', { dueAt: later(-95) }),
    resolution: clock('resolution', { dueAt: later(-20), certain: false }),
  },
}
/** All that a ticket's card may have beside the everyday. */
export const FULL: Partial<Ticket> = {
  priority: 'high',
  openedById: 'sam',
  helperIds: ['cy', 'lin'],
  reopenCount: 2,
  urges: { count: 3, lastAt: later(-12) },
}
/** A promise with everything that tells people ahead of it and behind. */
export const ESCALATING: Partial<Ticket> = {
  clocks: {
    first_response: clock('first_response', {
      dueAt: later(-40),
      ackedLevel: 'L1',
      told: [
        { level: 'r80', round: 1, at: later(-90) },
        { level: 'L1', round: 1, at: later(-40) },
      ],
      marks: [{ level: 'L2', round: 1, at: later(20) }],
    }),
    resolution: clock('resolution', {
      dueAt: later(900),
      marks: [
        { level: 'r80', round: 1, at: later(700) },
        { level: 'L1', round: 1, at: later(900) },
        { level: 'L2', round: 1, at: later(960) },
      ],
    }),
  },
}
export { NOW }
