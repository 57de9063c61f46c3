/** One call of the open API by the app. */
export type ApiCall = {
  n: number
  /** as the SDK names it, e.g. im.v1.message.create */
  method: string
  /** program time */
  at: string
  ms: number
  httpStatus: number
  ok: boolean
  /** the platform's code, or a fault's */
  error?: string
  /** which fault made it so */
  fault?: string
  /** only what names the place: receive_id, message_id, chat_id, uuid, … never a text */
  args: { [key: string]: string }
  messageId?: string
}

export type Delivery = {
  n: number
  kind: 'event' | 'callback'
  type: string
  eventId: string
  via: 'webhook' | 'websocket'
  at: string
  ms: number
  /** 0 = no answer */
  status: number
  retryNum: number
  outcome: 'acknowledged' | 'will_retry' | 'given_up'
}

export type Counters = {
  /** calls that were answered with code 0, by method */
  methods: { [method: string]: number }
  /** by chat id: posts, updates, deletes by the app */
  channels: { [chatId: string]: { posts: number; updates: number; deletes: number } }
  /** message id -> how often the app changed it */
  updates: { [messageId: string]: number }
  eventsSent: number
  eventsAcknowledged: number
  rateLimited: number
}

export type FailMode = '429' | '500' | 'cut_after_accept' | 'cut_before' | 'hang'
export type FaultsView = {
  downMsLeft: number
  slowMs: number
  failNext: { call: string; mode: FailMode; timesLeft: number; retryAfterS: number }[]
  deliverTwiceNext: boolean
}
