import type { Turn } from '../hold-back.js'
import { type Answer, postOut } from '../post-out.js'
import type { DeliverTwice, FaultBoard } from './faults.js'
import type { Fields } from './fields.js'
import type { Delivery } from './log-types.js'

/** Teams waits so long for an answer, in real time. */
export const ANSWER_DEADLINE_MS = 15_000
/** Four copies at most. When exactly Teams sends them again is documented nowhere. */
export const RETRY_DELAYS_MS: readonly number[] = [0, 5_000, 15_000]

export type Activity = Fields & { type: string; id: string; timestamp: string }
export type InvokeAnswer = { status: number; ms: number; body: unknown; timedOut: boolean }

export type ActivitySender = {
  /** Sends an activity, and again when it is not answered 2xx. Returns its id at once. */
  send(activity: Activity): string
  /** Sends an invoke, once, and waits for its answer. `status` 0 = none came. */
  invoke(activity: Activity): Promise<InvokeAnswer>
  /** Sends the last message activity again. Returns the activity ids used. */
  repeatLast(how: DeliverTwice): string[]
  /** Has `idle` wait for it too. */
  track(work: Promise<unknown>): void
  /** Resolves when nothing is being sent, waited for or about to be sent again. */
  idle(): Promise<void>
  close(): void
}

type Deps = {
  requestUrl: () => string
  token: () => Promise<string>
  now: () => Date
  retryDelaysMs: readonly number[]
  answerDeadlineMs: number
  faults: () => FaultBoard
  onDelivery: (delivery: Omit<Delivery, 'n'>) => void
}

/** The sender of what the bot hears. */
export function createActivitySender(deps: Deps): ActivitySender {
  const busy = new Set<Promise<unknown>>()
  const timers = new Map<NodeJS.Timeout, () => void>()
  let lastMessage: Activity | undefined
  let closed = false

  function track(work: Promise<unknown>): void {
    const done = work.finally(() => busy.delete(done))
    busy.add(done)
  }

  async function post(activity: Activity): Promise<Answer> {
    const authorization = `Bearer ${await deps.token()}`
    const headers = { 'content-type': 'application/json; charset=utf-8', authorization }
    return postOut(deps.requestUrl(), JSON.stringify(activity), headers, deps.answerDeadlineMs)
  }

  function note(
    activity: Activity,
    answer: Answer,
    retryNum: number,
    outcome: Delivery['outcome'],
    kind: Delivery['kind'],
  ): void {
    const type = typeof activity.name === 'string' ? activity.name : activity.type
    deps.onDelivery({
      kind,
      type,
      activityId: activity.id,
      at: deps.now().toISOString(),
      ms: answer.ms,
      status: answer.status,
      retryNum,
      outcome,
    })
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

  async function deliver(activity: Activity, turn?: Turn): Promise<void> {
    await turn?.mayGo
    for (let retryNum = 0; !closed; retryNum += 1) {
      await deps.faults().up()
      // A copy has the same id and a time of its own.
      const copy = retryNum === 0 ? activity : { ...activity, timestamp: deps.now().toISOString() }
      const answer = await post(copy)
      const acknowledged = isSuccess(answer.status)
      const nextDelayMs = deps.retryDelaysMs[retryNum]
      const outcome = acknowledged ? 'acknowledged' : nextDelayMs === undefined ? 'given_up' : 'will_retry'
      note(activity, answer, retryNum, outcome, 'activity')
      if (acknowledged) turn?.arrived()
      if (acknowledged || nextDelayMs === undefined) return
      await pause(nextDelayMs)
    }
  }

  function start(activity: Activity, turn?: Turn): void {
    if (!closed) track(deliver(activity, turn))
  }

  function repeat(activity: Activity, { variant, copies = 1 }: DeliverTwice): string[] {
    return Array.from({ length: copies }, () => {
      start(variant === 'later_timestamp' ? { ...activity, timestamp: deps.now().toISOString() } : activity)
      return activity.id
    })
  }

  return {
    send(activity) {
      start(activity, deps.faults().turn())
      if (activity.type === 'message') {
        lastMessage = activity
        const again = deps.faults().takeTwice()
        if (again) repeat(activity, again)
      }
      return activity.id
    },
    async invoke(activity) {
      if (deps.faults().downMode() !== undefined || closed)
        return { status: 0, ms: 0, body: undefined, timedOut: false }
      const answer = await post(activity)
      note(activity, answer, 0, isSuccess(answer.status) ? 'acknowledged' : 'given_up', 'invoke')
      return { status: answer.status, ms: answer.ms, body: parsed(answer.body), timedOut: answer.timedOut }
    },
    repeatLast: (how) => (lastMessage ? repeat(lastMessage, how) : []),
    track,
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

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function parsed(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body)
  } catch {
    return body
  }
}
