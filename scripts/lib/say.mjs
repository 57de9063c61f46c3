// What the scripts tell the person in front of the terminal.

/** A problem that one line explains: printed without a stack, the program ends with `exitCode`. */
export class PlainError extends Error {
  constructor(message, { exitCode = 1, cause } = {}) {
    super(message, { cause })
    this.exitCode = exitCode
  }
}

/** Prints one line about what is going on. It goes to stderr, so that stdout stays free for results. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Prints what went wrong (one line for a PlainError, the stack for a bug) and returns the exit code. */
export function explain(error) {
  if (error instanceof PlainError) {
    say(error.message)
    return error.exitCode
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
