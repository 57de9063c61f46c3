import type { Ts } from './types.js'

/** One call of the Web API by the app. */
export type ApiCall = {
  n: number
  method: string
  /** program time */
  at: string
  ms: number
  httpStatus: number
  ok: boolean
  error?: string
  /** which fault made it so */
  fault?: string
  /** only what names the place: channel, ts, thread_ts, user, view_id, … never a text */
  args: { [key: string]: string }
  /** ts of what was posted */
  ts?: Ts
}

export type Delivery = {
  n: number
  kind: 'event' | 'interaction' | 'command' | 'options'
  /** event type, or payload type */
  type: string
  eventId?: string
  at: string
  ms: number
  /** 0 = no answer */
  status: number
  retryNum: number
  retryReason?: string
  outcome: 'acknowledged' | 'will_retry' | 'given_up'
}

export type Counters = {
  /** calls that were answered ok, by method */
  methods: { [method: string]: number }
  /** by channel id: posts, updates, deletes, ephemerals by the app */
  channels: { [channelId: string]: { posts: number; updates: number; deletes: number; ephemerals: number } }
  /** `${channel}:${ts}` -> how often chat.update changed it */
  updates: { [message: string]: number }
  eventsSent: number
  eventsAcknowledged: number
  rateLimited: number
}

export type FailMode = '429' | '500' | 'cut_after_accept' | 'cut_before' | 'hang'
export type FaultsView = {
  downMsLeft: number
  slowMs: number
  failNext: { method: string; mode: FailMode; timesLeft: number; retryAfterS: number }[]
  deliverTwiceNext: boolean
}
