import type { DeskGlimpse } from './desk-glimpse.js'
import type { EventStream } from './event-stream.js'
import type { Messenger } from './messenger.js'
import type { PageBundle } from './page-bundle.js'
import type { SlackEmulator } from './slack/emulator.js'
import type { Supervisor } from './supervisor.js'
import type { Trace } from './trace.js'
import type { OpensOn } from './working-day.js'

/** What the sandbox's own routes work with. */
export type Parts = {
  desk: DeskGlimpse
  /** where a form's files are uploaded before it is submitted */
  slack: SlackEmulator
  messengers: readonly Messenger[]
  trace: Trace
  stream: EventStream
  server: () => Supervisor
  bundle: () => Promise<PageBundle>
  clock: { moveTo(offsetMs: number): Promise<boolean> }
  /** The teams' calendars, where they are known. */
  opensOn: OpensOn | undefined
}
