import { checkpoint } from '../lib/crash.js'
import type { Address, MessageRef } from '../models/ids.js'
import type { OutboxRow } from '../models/mongo/outbox.js'
import { attempt } from './attempt.js'
import type { Deps } from './deps.js'
import type { Messenger, Outcome } from './messenger.js'

/** What came of an attempt to say something. */
export type Said =
  | Outcome<unknown>
  /** Nothing is left to say: what it was about has changed. */
  | { kind: 'moot' }
  /** An earlier try had arrived. */
  | { kind: 'found' }
  /** To be looked at again in so long; nothing was tried. */
  | { kind: 'wait'; ms: number }
  /** Somebody else has it now. */
  | { kind: 'lost' }

/** Rows under lease that are said as one message. */
export interface Held {
  rows: readonly [OutboxRow, ...OutboxRow[]]
  ids: readonly string[]
  /** Our idempotency key for the post. */
  key: string
  /** Set by the post itself: the note of its trying is this attempt's own, so that a clear no may take it back. */
  fresh: boolean
}

export type Posted =
  | Outcome<MessageRef>
  | { kind: 'found'; value: MessageRef }
  | { kind: 'wait'; ms: number }
  | { kind: 'lost' }

/**
 * Posts what must be said once. A try that was noted before is looked for first; the note of this one is durable
 * before the messenger is called.
 */
export async function postOnce(
  deps: Deps,
  held: Held,
  to: Address,
  post: (messenger: Messenger) => Promise<Outcome<MessageRef>>,
): Promise<Posted> {
  const messenger = deps.messengers[to.platform]
  if (!messenger) return { kind: 'rejected', reason: 'no_messenger' }
  const found = await earlier(deps, held, to)
  if (found) return found
  const ms = deps.pacing.take('post', to)
  if (ms > 0) return { kind: 'wait', ms }
  const [{ triedAt, triedTo }] = held.rows
  if (!triedAt || !isSame(triedTo, to)) {
    if (!(await deps.outbox.markTried(held.ids, deps.now(), to))) return { kind: 'lost' }
    held.fresh = triedAt === undefined
  }
  const outcome = await attempt(deps, () => post(messenger))
  if (outcome.kind === 'sent') checkpoint('after_post')
  if (outcome.kind === 'rate_limited') deps.pacing.block(to, outcome.retryAfterMs)
  return outcome
}

/** The post of an earlier try, or why it could not be looked for; undefined when there is none. `bare`: without files. */
export async function earlier(
  deps: Deps,
  held: Held,
  to: Address,
  bare = false,
): Promise<Posted | undefined> {
  const [{ triedAt, triedTo }] = held.rows
  if (!triedAt || held.fresh) return undefined
  const where = triedTo ?? to
  const messenger = deps.messengers[where.platform]
  if (!messenger) return undefined
  const found = await attempt(deps, () => messenger.findPosted(where, held.key, triedAt, { bare }))
  if (found.kind === 'sent') return found.value ? { kind: 'found', value: found.value } : undefined
  // a conversation that is gone shows nothing: the next one may be tried
  if ((found.kind === 'gone' || found.kind === 'rejected') && !isSame(where, to)) return undefined
  return found
}

const isSame = (a: Address | undefined, b: Address): boolean =>
  a?.platform === b.platform && a.conversation === b.conversation && a.thread === b.thread
