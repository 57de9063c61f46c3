import type { Fields } from './types.js'

/** A refusal as Slack words it: HTTP 200 with `{ ok: false, error }`, plus whatever else that answer carries. */
export class SlackError extends Error {
  readonly code: string
  readonly extra: Fields

  constructor(code: string, extra: Fields = {}) {
    super(code)
    this.name = 'SlackError'
    this.code = code
    this.extra = extra
  }
}

/** What Block Kit and view validation answers: one line per problem, each with a JSON pointer. */
export function validationError(code: string, problems: readonly string[]): SlackError {
  return new SlackError(code, {
    errors: [...problems],
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  })
}
