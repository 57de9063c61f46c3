import { mongo } from 'mongoose'

/** The index a write ran into, by its key pattern's fields; undefined when it was no duplicate. */
export function duplicateOn(error: unknown): string | undefined {
  if (!(error instanceof mongo.MongoServerError) || error.code !== 11000) return undefined
  const pattern: unknown = error.keyPattern
  return pattern && typeof pattern === 'object' ? Object.keys(pattern).join(',') : '?'
}

/** Whether the server said a clear no, so that trying again gives the same answer. */
export function isFinal(error: unknown): boolean {
  if (error instanceof mongo.MongoWriteConcernError) return false
  // the driver itself refuses the document, and sends nothing
  if (error instanceof mongo.MongoInvalidArgumentError) return true
  if (!(error instanceof mongo.MongoServerError)) {
    return !(error instanceof mongo.MongoError) && !isOfSocket(error)
  }
  return (
    !error.hasErrorLabel('RetryableWriteError') &&
    !error.hasErrorLabel('TransientTransactionError') &&
    (error.code === 11000 || error.code === 121 || error.code === 2 || error.code === 10334)
  )
}

/** Whether a socket broke: the driver hands on some of these as they are. */
export function isOfSocket(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
