import type { Turn } from '../hold-back.js'
import type { Answer } from '../post-out.js'
import type { DeliverTwice, FaultBoard } from './faults.js'
import type { Fields } from './fields.js'
import { mintEventId } from './ids.js'
import type { Delivery } from './log-types.js'

/** After 15 seconds, 5 minutes, an hour and six hours. */
export const RETRY_DELAYS_MS: readonly number[] = [15_000, 300_000, 3_600_000, 21_600_000]

export type Via = 'webhook' | 'websocket'
export type EventSender = {
  /**
   * Sends an event in its envelope, and again when it is not acknowledged. `cause` says whether a person brought it
   * about. Returns its event id at once.
   */
  send(type: string, event: Fields, cause: 'person' | 'bot'): string
  /** Sends a callback once and answers what the app said; nothing is retried. */
  callback(type: string, event: Fields): Promise<Answer>
  /** Sends the last envelope that a person caused again. Returns the event ids used. */
  repeatLast(how: DeliverTwice): string[]
  /** Resolves when nothing is being sent, waited for or about to be retried. */
  idle(): Promise<void>
  close(): void
}

type Deps = {
  tenantKey: string
  appId: string
  verificationToken: string
  now: () => Date
  retryDelaysMs: readonly number[]
  faults: () => FaultBoard
  via: () => Via
  /** One try at getting a text to the app. */
  push: (text: string) => Promise<Answer>
  onDelivery: (delivery: Omit<Delivery, 'n'>) => void
}
type Envelope = { schema: '2.0'; header: Fields & { event_id: string; event_type: string }; event: Fields }

/** The sender of events with the platform's retries, whichever way they travel. */
export function createEventSender(deps: Deps): EventSender {
  const { now } = deps
  const busy = new Set<Promise<void>>()
  const timers = new Map<NodeJS.Timeout, () => void>()
  let lastOfPeople: Envelope | undefined
  let closed = false

  function envelopeOf(type: string, event: Fields): Envelope {
    const header = {
      event_id: mintEventId(),
      event_type: type,
      create_time: String(now().getTime()),
      token: deps.verificationToken,
      app_id: deps.appId,
      tenant_key: deps.tenantKey,
    }
    return { schema: '2.0', header, event }
  }

  function pause(ms: number): Promise<void> {
    if (ms <= 0 || closed) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        resolve()
      }, ms)
      timers.set(timer, resolve)
    })
  }

  function note(
    { header }: Envelope,
    kind: Delivery['kind'],
    answer: Answer,
    rest: Pick<Delivery, 'retryNum' | 'outcome'>,
  ): void {
    deps.onDelivery({
      kind,
      type: header.event_type,
      eventId: header.event_id,
      via: deps.via(),
      at: now().toISOString(),
      ms: answer.ms,
      status: answer.status,
      ...rest,
    })
  }

  async function deliver(envelope: Envelope, turn?: Turn): Promise<void> {
    const text = JSON.stringify(envelope)
    await turn?.mayGo
    for (let retryNum = 0; !closed; retryNum += 1) {
      await deps.faults().up()
      const answer = await deps.push(text)
      const acknowledged = answer.status === 200
      const nextDelayMs = deps.retryDelaysMs[retryNum]
      const outcome = acknowledged ? 'acknowledged' : nextDelayMs === undefined ? 'given_up' : 'will_retry'
      note(envelope, 'event', answer, { retryNum, outcome })
      if (acknowledged) turn?.arrived()
      if (acknowledged || nextDelayMs === undefined) return
      await pause(nextDelayMs)
    }
  }

  function start(envelope: Envelope, turn?: Turn): void {
    if (closed) return
    const work = deliver(envelope, turn).finally(() => busy.delete(work))
    busy.add(work)
  }

  function repeat(envelope: Envelope, how: DeliverTwice): string[] {
    return Array.from({ length: how.copies ?? 1 }, () => {
      const header =
        how.variant === 'other_event_id' ? { ...envelope.header, event_id: mintEventId() } : envelope.header
      start({ ...envelope, header })
      return header.event_id
    })
  }

  return {
    send(type, event, cause) {
      const envelope = envelopeOf(type, event)
      start(envelope, cause === 'person' ? deps.faults().turn() : undefined)
      if (cause === 'person') {
        lastOfPeople = envelope
        const again = deps.faults().takeTwice()
        if (again) repeat(envelope, again)
      }
      return envelope.header.event_id
    },
    async callback(type, event) {
      const envelope = envelopeOf(type, event)
      const away = deps.faults().downMode() !== undefined
      const answer = away
        ? { status: 0, ms: 0, body: '', timedOut: false }
        : await deps.push(JSON.stringify(envelope))
      const outcome = answer.status === 200 ? 'acknowledged' : 'given_up'
      note(envelope, 'callback', answer, { retryNum: 0, outcome })
      return answer
    },
    repeatLast: (how) => (lastOfPeople ? repeat(lastOfPeople, how) : []),
    async idle() {
      while (busy.size > 0) await Promise.all([...busy])
    },
    close() {
      closed = true
      for (const [timer, resume] of timers) {
        clearTimeout(timer)
        resume()
      }
      timers.clear()
    },
  }
}
