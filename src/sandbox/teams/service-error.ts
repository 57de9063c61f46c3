/** A refusal as the Bot Connector words it: a status and `{ error: { code, message } }`. */
export class ServiceError extends Error {
  readonly status: number
  readonly code: string
  readonly headers: { readonly [name: string]: string }

  constructor(
    status: number,
    code: string,
    message: string,
    headers: { readonly [name: string]: string } = {},
  ) {
    super(message)
    this.name = 'ServiceError'
    this.status = status
    this.code = code
    this.headers = headers
  }

  /** The body of the answer. */
  get body(): { error: { code: string; message: string } } {
    return { error: { code: this.code, message: this.message } }
  }
}

/** A request whose form is wrong. */
export function badSyntax(message: string): ServiceError {
  return new ServiceError(400, 'BadSyntax', message)
}

/** A request whose content is wrong. */
export function badArgument(message: string): ServiceError {
  return new ServiceError(400, 'BadArgument', message)
}

/** The app is not where it wants to write. */
export function notInRoster(): ServiceError {
  return new ServiceError(
    403,
    'BotNotInConversationRoster',
    'The bot is not part of the conversation roster.',
  )
}

/** No such conversation, for this bot. */
export function conversationNotFound(): ServiceError {
  return new ServiceError(404, 'ConversationNotFound', 'Conversation not found.')
}

/** A message that never was, or is no more. */
export function activityNotFound(): ServiceError {
  return new ServiceError(
    404,
    'ActivityNotFoundInConversation',
    'Specified activity id not found in conversation.',
  )
}

/** What a gesture cannot do; its result says so by this code. */
export class GestureError extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.name = 'GestureError'
    this.code = code
  }
}
