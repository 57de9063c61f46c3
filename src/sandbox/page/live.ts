import { monotonicMs, setClockOffset } from '../../lib/now.js'
import type { About } from '../about.js'
import type { SlackChange } from '../slack/types.js'
import type { ServerState } from '../supervisor.js'
import type { TraceEntry } from '../trace.js'
import { api } from './api.js'
import { change, changeClient, clientOf, onPageChange, pageState } from './store.js'
import { castOf } from './story.js'

const TRACE_KEPT = 400
const STATE_PAUSE_MS = 120

/** Reads what there is and keeps the page up to date with it. */
export async function goLive(): Promise<void> {
  const events = new EventSource('/sandbox/events')
  events.addEventListener('open', () => void catchUp().catch(() => change({ connected: false })))
  events.addEventListener('error', () => change({ connected: false }))
  on<SlackChange>(events, 'change', () => refresh())
  on<TraceEntry>(events, 'trace', (entry) =>
    change({ trace: [...pageState().trace, entry].slice(-TRACE_KEPT) }),
  )
  on<{ clockOffsetMs: number }>(events, 'clock', ({ clockOffsetMs }) => moveClock(clockOffsetMs))
  on<{ state: ServerState }>(events, 'server', ({ state }) => change({ server: state }))
  let columns = pageState().columns
  onPageChange(() => {
    if (pageState().columns === columns) return
    columns = pageState().columns
    refresh()
  })
}

function on<T>(events: EventSource, name: string, heard: (data: T) => void): void {
  events.addEventListener(name, (event: MessageEvent<string>) => heard(JSON.parse(event.data)))
}

function moveClock(clockOffsetMs: number): void {
  setClockOffset(clockOffsetMs)
  change({ clockOffsetMs })
}

/** After each connection: what was missed is read afresh. */
async function catchUp(): Promise<void> {
  const [about, faults] = await Promise.all([api.about(), api.faults()])
  moveClock(about.clockOffsetMs)
  change({
    about,
    server: about.server,
    trace: [...about.trace],
    connected: true,
    downUntilMs: monotonicMs() + faults.downMsLeft,
    ...(pageState().columns.length > 0 ? {} : { columns: usualColumns(about) }),
  })
  await readAll()
}

/** The people of the story, the agent with the team's channel open. */
function usualColumns(about: About): string[] {
  const cast = castOf(about, {})
  if (!cast) return about.people.slice(0, 3).map((person) => person.userId)
  changeClient(cast.agent, { conversation: cast.channel })
  return [cast.employee, cast.agent, cast.lead]
}

let reading = false
let again = false

/** Something changed: the views are read again, once for all that changes meanwhile. */
export function refresh(): void {
  if (reading) {
    again = true
    return
  }
  reading = true
  void readAll()
    .catch(() => undefined)
    .then(() => new Promise((resolve) => setTimeout(resolve, STATE_PAUSE_MS)))
    .then(() => {
      reading = false
      if (!again) return
      again = false
      refresh()
    })
}

async function readAll(): Promise<void> {
  const { columns } = pageState()
  const [slack, ...views] = await Promise.all([api.state(), ...columns.map((userId) => api.view(userId))])
  change({
    slack,
    views: { ...pageState().views, ...Object.fromEntries(views.map((view) => [view.user.id, view])) },
  })
  for (const view of views) {
    const open = clientOf(pageState(), view.user.id).conversation
    if (view.conversations.some((each) => each.id === open)) continue
    const first = view.conversations.find((each) => each.kind === 'im') ?? view.conversations[0]
    if (first) changeClient(view.user.id, { conversation: first.id })
  }
}
