import { mongo } from 'mongoose'
import { AppError } from '../../lib/errors.js'
import { isOfSocket } from './failures.js'

/** Runs `work`; a database that does not answer becomes `database.unavailable`, which people are told as it is. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUnreachable(error)) throw new AppError('database.unavailable', {}, error)
    throw error
  }
}

function isUnreachable(error: unknown): boolean {
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoWriteConcernError ||
    isOfSocket(error)
  )
}
