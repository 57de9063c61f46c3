/** What the open platform says with each code; most go out with HTTP 400. */
export const MESSAGES = {
  10003: 'invalid param',
  10014: 'app secret invalid',
  230001: 'Your request contains an invalid request parameter.',
  230002: 'The bot can not be outside the group.',
  230006: 'Bot ability is not activated.',
  230009: 'Message can only be recalled within one day.',
  230011: 'The message is recalled.',
  230012: 'Bot is NOT the sender of the message.',
  230013: 'Bot has NO availability to this user.',
  230017: 'Bot is NOT the owner of the resource.',
  230020: 'This operation triggers the frequency limit.',
  230025: 'The length of the message content reaches its limit.',
  230026: 'No permission to recall this message.',
  230027: 'Lack of necessary permissions.',
  230030: 'The message id is invalid, record not found.',
  230031: 'Message can only be modified within 14 days after sending.',
  230054: 'This operation is not supported for this message type.',
  230072: 'The message has reached the number of times it can be edited.',
  230099: 'Failed to create card content.',
  231001: 'reaction type is invalid.',
  231003: 'The message is not found, maybe not exist or deleted.',
  231007: 'The operator has no permission to delete this reaction.',
  231008: 'The operator has no access to the message.',
  231011: 'The request has an invalid reaction_id.',
  232011: 'Operator can NOT be out of the chat.',
  234001: 'Invalid request param.',
  234003: 'File not in msg.',
  234004: 'App not in chat.',
  234006: 'The file size exceed the max value.',
  234008: 'App is not the resource sender.',
  234010: 'Can not upload empty file.',
  300080: 'The card update token is invalid, used up or not yet usable.',
  41050: 'No user authority.',
  99991400: 'request trigger frequency limit',
  99991661: 'Missing access token for authorization. Please make a request with token attached.',
  99991663: 'Invalid access token for authorization. Please make a request with token attached.',
  99991672: 'Access denied. A scope of the app is missing.',
  1000040343: 'internal error',
  1000040350: 'the number of connections exceeded the limit',
  514: 'auth failed',
} as const
export type FeishuCode = keyof typeof MESSAGES

type Extra = { detail?: string; httpStatus?: number; headers?: Record<string, string> }

/** A refusal as the open platform words it: `{ code, msg }`. */
export class FeishuError extends Error {
  readonly code: FeishuCode
  readonly httpStatus: number
  readonly headers: Record<string, string>

  constructor(code: FeishuCode, { detail, httpStatus = 400, headers = {} }: Extra = {}) {
    super(detail === undefined ? MESSAGES[code] : `${MESSAGES[code]} ext=${detail}`)
    this.name = 'FeishuError'
    this.code = code
    this.httpStatus = httpStatus
    this.headers = headers
  }
}

/** What a person's client refuses by itself; never on the wire. */
export class ClientRefusal extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.name = 'ClientRefusal'
    this.reason = reason
  }
}
