import { randomInt } from 'node:crypto'
import { mintSecret } from './ids.js'
import { SlackError } from './slack-error.js'

/** Slack's rule: three seconds of real time, whatever the program's own clock says. */
export const TRIGGER_LIFE_MS = 3000
const KEPT_MS = 600_000

export type Trigger = { userId: string; viewId?: string }
type Issued = Trigger & { atMs: number; used: boolean }

export type TriggerIds = {
  /** A new id for what a person just did; `viewId` when they did it inside a modal. */
  issue(trigger: Trigger): string
  /** Who may be shown a modal for it. Throws `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`. */
  look(id: string): Trigger
  /** Spends it. */
  spend(id: string): void
}

/** Single-use ids that let an app open a modal. `monotonic` gives milliseconds that only rise. */
export function createTriggerIds(monotonic: () => number, teamNumber = randomInt(1e9)): TriggerIds {
  const issued = new Map<string, Issued>()
  return {
    issue(trigger) {
      for (const [id, old] of issued) {
        if (monotonic() - old.atMs <= KEPT_MS) break
        issued.delete(id)
      }
      const id = `${randomInt(1e12)}.${teamNumber}.${mintSecret()}`
      issued.set(id, { ...trigger, atMs: monotonic(), used: false })
      return id
    },
    look(id) {
      const found = issued.get(id)
      if (!found) throw new SlackError('invalid_trigger_id')
      if (found.used) throw new SlackError('exchanged_trigger_id')
      if (monotonic() - found.atMs > TRIGGER_LIFE_MS) throw new SlackError('expired_trigger_id')
      return found
    },
    spend(id) {
      const found = issued.get(id)
      if (found) found.used = true
    },
  }
}
