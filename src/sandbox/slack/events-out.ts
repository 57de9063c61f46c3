import type { Turn } from '../hold-back.js'
import { type HttpAnswer, postOut } from '../post-out.js'
import type { DeliverTwice, FaultBoard } from './faults.js'
import { isFields } from './fields.js'
import { mintId, mintSecret } from './ids.js'
import type { Delivery } from './log-types.js'
import { signatureHeaders } from './signature.js'
import type { Fields, SlackBot, SlackTeam } from './types.js'

/** Slack's rule for every request to an app: an answer within three seconds of real time. */
export const ANSWER_DEADLINE_MS = 3000
/** At once, after a minute, after five. */
export const RETRY_DELAYS_MS: readonly number[] = [0, 60_000, 300_000]

/** The deprecated token that still stands in every payload. */
export const VERIFICATION_TOKEN = 'emulated-verification-token'

export type EventSender = {
  /** Sends an event in its envelope, and again when it is not acknowledged. Returns its event id at once. */
  send(event: Fields): string
  /** Sends the last envelope about a person's act again. Returns the event ids used. */
  repeatLast(how: DeliverTwice): string[]
  /** Sends the url_verification challenge. Returns whether it came back. */
  challenge(): Promise<boolean>
  /** Resolves when nothing is being sent, waited for or about to be retried. */
  idle(): Promise<void>
  close(): void
}

type Deps = {
  team: SlackTeam
  bot: SlackBot
  target: () => { requestUrl: string; signingSecret: string }
  now: () => Date
  retryDelaysMs: readonly number[]
  faults: () => FaultBoard
  onDelivery: (delivery: Omit<Delivery, 'n'>) => void
}
type Envelope = Fields & { event_id: string; event: Fields }

/** The sender of signed events with Slack's retries. */
export function createEventSender(deps: Deps): EventSender {
  const { team, bot, now } = deps
  const busy = new Set<Promise<void>>()
  const timers = new Map<NodeJS.Timeout, () => void>()
  let lastOfPeople: Envelope | undefined
  let closed = false

  function envelopeOf(event: Fields): Envelope {
    return {
      token: VERIFICATION_TOKEN,
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: bot.appId,
      event,
      type: 'event_callback',
      event_id: mintId('Ev'),
      event_time: Math.floor(now().getTime() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: bot.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${mintSecret(24)}`,
    }
  }

  async function attempt(
    body: string,
    retryNum: number,
    retryReason: string | undefined,
  ): Promise<HttpAnswer> {
    await deps.faults().up()
    const { requestUrl, signingSecret } = deps.target()
    const retry: Record<string, string> = retryNum > 0 ? { 'x-slack-retry-num': String(retryNum) } : {}
    if (retryReason !== undefined) retry['x-slack-retry-reason'] = retryReason
    const headers = {
      'content-type': 'application/json',
      ...retry,
      ...signatureHeaders(signingSecret, body, now()),
    }
    return postOut(requestUrl, body, headers, ANSWER_DEADLINE_MS)
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

  async function deliver(envelope: Envelope, turn?: Turn): Promise<void> {
    const body = JSON.stringify(envelope)
    await turn?.mayGo
    let retryReason: string | undefined
    for (let retryNum = 0; !closed; retryNum += 1) {
      const answer = await attempt(body, retryNum, retryReason)
      const acknowledged = answer.status >= 200 && answer.status < 300
      const nextDelayMs = deps.retryDelaysMs[retryNum]
      const stops = answer.headers.get('x-slack-no-retry') === '1' || nextDelayMs === undefined
      deps.onDelivery({
        kind: 'event',
        type: String(envelope.event.type),
        eventId: envelope.event_id,
        at: now().toISOString(),
        ms: answer.ms,
        status: answer.status,
        retryNum,
        ...(retryReason === undefined ? {} : { retryReason }),
        outcome: acknowledged ? 'acknowledged' : stops ? 'given_up' : 'will_retry',
      })
      if (acknowledged) turn?.arrived()
      if (acknowledged || stops) return
      retryReason = answer.timedOut
        ? 'http_timeout'
        : answer.status === 0
          ? 'connection_failed'
          : 'http_error'
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
      const copy = how.variant === 'other_event_id' ? { ...envelope, event_id: mintId('Ev') } : envelope
      start(copy)
      return copy.event_id
    })
  }

  return {
    send(event) {
      const envelope = envelopeOf(event)
      const isTheirs = isOfPeople(event, bot)
      start(envelope, isTheirs ? deps.faults().turn() : undefined)
      if (isTheirs) {
        lastOfPeople = envelope
        const again = deps.faults().takeTwice()
        if (again) repeat(envelope, again)
      }
      return envelope.event_id
    },
    repeatLast: (how) => (lastOfPeople ? repeat(lastOfPeople, how) : []),
    async challenge() {
      const challenge = mintSecret(20)
      const body = JSON.stringify({ token: VERIFICATION_TOKEN, challenge, type: 'url_verification' })
      const answer = await attempt(body, 0, undefined)
      return answer.status === 200 && answer.body.includes(challenge)
    },
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

/** Whether a person brought it about, and not the bot by what it posts, changes, removes or marks. */
function isOfPeople(event: Fields, bot: SlackBot): boolean {
  // The bot comes into a channel by somebody's invitation.
  if (typeof event.inviter === 'string') return event.inviter !== bot.userId
  // A post under somebody's name has only a `bot_id`; what a thread's root was before is looked at too: its tombstone is nobody's.
  const said = [event, event.message, event.previous_message].filter(isFields)
  return said.every((each) => each.bot_id === undefined && each.user !== bot.userId)
}
