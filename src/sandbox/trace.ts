/** One line of what the program did, as its log says it, under the act (a gesture, a push of the clock) it belongs to. */
export type TraceEntry = { n: number; act: number; at: string } & TraceDetail

export type TraceDetail =
  | {
      kind: 'act'
      gesture: string
      platform?: string
      userId?: string
      channel?: string
      action?: string
      text?: string
    }
  | { kind: 'event'; eventKey: string; event: string; known?: true; ms?: number }
  | {
      kind: 'flow'
      flow: string
      cause: string
      outcome: 'committed' | 'refused' | 'nothing'
      ticketId?: string
      number?: string
      code?: string
      seq?: number
      events?: string[]
      ms?: number
    }
  | {
      kind: 'delivered'
      what: string
      place: string
      platform: string
      outcome: string
      ticketId?: string
      number?: string
      revision?: number
      ms?: number
    }
  | { kind: 'server'; state: string; detail?: string }

export type Trace = {
  readonly entries: readonly TraceEntry[]
  /** What follows belongs to this act, until the next one. */
  act(detail: Omit<Extract<TraceDetail, { kind: 'act' }>, 'kind'>): void
  server(state: string, detail?: string): void
  /** A line the program wrote. Returns whether it was one of those that are shown. */
  line(text: string): boolean
}

const KEPT = 400

type Deps = { now: () => Date; onEntry: (entry: TraceEntry) => void }

/** The last few hundred things that happened. */
export function createTrace({ now, onEntry }: Deps): Trace {
  const entries: TraceEntry[] = []
  let n = 0
  let act = 0
  const actOfTicket = new Map<string, number>()

  function add(detail: TraceDetail, under: number): void {
    n += 1
    const entry: TraceEntry = { n, act: under, at: now().toISOString(), ...detail }
    entries.push(entry)
    if (entries.length > KEPT) entries.splice(0, entries.length - KEPT)
    onEntry(entry)
  }

  return {
    entries,
    act(detail) {
      act += 1
      add({ kind: 'act', ...detail }, act)
    },
    server(state, detail) {
      add({ kind: 'server', state, ...(detail === undefined ? {} : { detail }) }, act)
    },
    line(text) {
      const detail = traceDetail(text)
      if (!detail) return false
      if (detail.kind === 'flow' && detail.ticketId !== undefined) actOfTicket.set(detail.ticketId, act)
      // A card may be brought up to date a moment after somebody has done the next thing.
      const ticketId = detail.kind === 'delivered' ? detail.ticketId : undefined
      add(detail, ticketId === undefined ? act : (actOfTicket.get(ticketId) ?? act))
      return true
    },
  }
}

/** What a line of the program's log says, if it is one that belongs into the trace. */
export function traceDetail(line: string): TraceDetail | undefined {
  if (!line.startsWith('{')) return undefined
  const said = parsed(line)
  if (!said) return undefined
  const text = (name: string): string | undefined => (typeof said[name] === 'string' ? said[name] : undefined)
  const number = (name: string): number | undefined =>
    typeof said[name] === 'number' ? said[name] : undefined
  const about = optional({ ticketId: text('ticketId'), number: text('number'), ms: number('ms') })
  switch (said.message) {
    case 'event stored':
      return {
        kind: 'event',
        eventKey: text('eventKey') ?? '',
        event: text('kind') ?? '',
        ...(said.fresh === false ? { known: true as const } : {}),
        ...about,
      }
    case 'flow done': {
      const outcome = text('outcome')
      return {
        kind: 'flow',
        flow: text('flow') ?? '',
        cause: text('cause') ?? '',
        outcome: outcome === 'committed' || outcome === 'refused' ? outcome : 'nothing',
        ...about,
        ...optional({ code: text('code'), seq: number('seq') }),
        ...(Array.isArray(said.events) ? { events: said.events.map(String) } : {}),
      }
    }
    case 'delivered':
      return {
        kind: 'delivered',
        what: text('what') ?? '',
        place: text('place') ?? '',
        platform: text('platform') ?? '',
        outcome: text('outcome') ?? '',
        ...about,
        ...optional({ revision: number('revision') }),
      }
    default:
      return undefined
  }
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The fields that are there. */
function optional<F extends Record<string, unknown>>(
  fields: F,
): { [K in keyof F]?: Exclude<F[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof F]?: Exclude<F[K], undefined>
  }
}
