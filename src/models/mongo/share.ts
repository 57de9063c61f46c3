import { mongo } from 'mongoose'
import { shared as sharedBy } from '../../lib/shared.js'

const MAX_GROUP = 500
/** Longer than the driver takes to give a server up: only a call that would never end runs into it. */
const ANSWER_MS = 60_000

/** Callers share the database's round trips; a database that does not answer is one that is away. */
export function shared<T, R>(
  ask: (group: readonly T[]) => Promise<readonly R[]>,
  flights = 1,
  answerMs = ANSWER_MS,
): (one: T) => Promise<R> {
  const late = () => new mongo.MongoNetworkError('the database does not answer')
  return sharedBy(ask, { maxGroup: MAX_GROUP, flights, answerMs, late })
}
