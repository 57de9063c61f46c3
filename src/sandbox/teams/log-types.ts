/** The operations of the service, as the log and the faults name them. */
export type CallName =
  | 'token'
  | 'createConversation'
  | 'sendToConversation'
  | 'replyToActivity'
  | 'updateActivity'
  | 'deleteActivity'
  | 'getMembers'
  | 'getPagedMembers'
  | 'getMember'
  | 'getTeam'
  | 'getChannels'
  | 'getAttachment'
  | 'download'
  | 'upload'

/** One call by the bot. */
export type ApiCall = {
  n: number
  call: CallName
  /** program time */
  at: string
  ms: number
  httpStatus: number
  ok: boolean
  error?: string
  /** which fault made it so */
  fault?: string
  conversation?: string
  /** of what was posted, changed or removed */
  messageId?: string
}

/** One activity sent to the bot. */
export type Delivery = {
  n: number
  kind: 'activity' | 'invoke'
  /** activity type, or the invoke's name */
  type: string
  activityId: string
  at: string
  ms: number
  /** 0 = no answer */
  status: number
  /** 0 for the first copy */
  retryNum: number
  outcome: 'acknowledged' | 'will_retry' | 'given_up'
}

export type Counters = {
  /** calls that were answered 2xx */
  calls: { [call: string]: number }
  /** by conversation without `;messageid=`: what the bot did there */
  conversations: { [id: string]: { posts: number; updates: number; deletes: number } }
  /** `${conversation} ${messageId}` -> how often the bot changed it */
  updates: { [message: string]: number }
  activitiesSent: number
  activitiesAcknowledged: number
  rateLimited: number
}

export type FailMode =
  | '429'
  | '412'
  | '403'
  | '404'
  | '500'
  | '502'
  | 'cut_after_accept'
  | 'cut_before'
  | 'hang'

export type FaultsView = {
  downMsLeft: number
  slowMs: number
  failNext: { call: CallName | '*'; mode: FailMode; timesLeft: number; retryAfterS?: number }[]
  deliverTwiceNext: boolean
}
