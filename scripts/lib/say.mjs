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

const fileAdvice = {
  EACCES: 'this user may not; change its owner or its permissions',
  EPERM: 'this user may not; change its owner or its permissions',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the place of a folder; move it away',
  EEXIST: 'a file is in the place of a folder; move it away',
}

/** Prints what went wrong (one line for a PlainError, the stack for a bug) and returns the exit code. */
export function explain(error) {
  if (error instanceof PlainError) {
    say(error.message)
    return error.exitCode
  }
  const advice = fileAdvice[error?.code]
  if (advice && error.path) {
    say(`Cannot write ${error.path}: ${advice}.`)
    return 1
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
