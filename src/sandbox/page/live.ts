import { monotonicMs, setClockOffset } from '../../lib/now.js'
import type { About } from '../about.js'
import type { ServerState } from '../supervisor.js'
import type { TraceEntry } from '../trace.js'
import { api } from './api.js'
import { HOME, type Seat } from './pane.js'
import { seatsOf } from './seats.js'
import { change, changeClient, clientOf, onPageChange, pageState } from './store.js'
import { castOf } from './story.js'

const TRACE_KEPT = 400
const STATE_PAUSE_MS = 120

/** Reads what there is and keeps the page up to date with it. */
export async function goLive(): Promise<void> {
  const events = new EventSource('/sandbox/events')
  events.addEventListener('open', () => void catchUp().catch(() => change({ connected: false })))
  events.addEventListener('error', () => change({ connected: false }))
  on<unknown>(events, 'change', () => refresh())
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
  const about = await api.about()
  moveClock(about.clockOffsetMs)
  change({
    about,
    server: about.server,
    trace: [...about.trace],
    connected: true,
    downUntilMs: monotonicMs() + about.downMsLeft,
    ...(pageState().columns.length > 0 ? {} : { columns: usualColumns(about) }),
  })
  await readAll()
}

/** The people of the story, the agent with the team's channel open. */
function usualColumns(about: About): Seat[] {
  const cast = castOf(about)
  if (!cast) return about.people.slice(0, 3).flatMap((person) => seatsOf(about, person.id).slice(0, 1))
  changeClient(cast.agent.userId, { conversation: cast.channel })
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
  const [scene, ...panes] = await Promise.all([api.scene(), ...columns.map(api.pane)])
  change({
    scene,
    panes: { ...pageState().panes, ...Object.fromEntries(panes.map((pane) => [pane.userId, pane])) },
  })
  for (const pane of panes) {
    const open = clientOf(pageState(), pane.userId).conversation
    if (open === HOME && pane.slack) continue
    if (pane.conversations.some((each) => each.id === open)) continue
    const first = pane.conversations.find((each) => each.kind === 'direct') ?? pane.conversations[0]
    if (first) changeClient(pane.userId, { conversation: first.id })
  }
}
