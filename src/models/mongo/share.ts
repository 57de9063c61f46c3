import { mongo } from 'mongoose'
import { byDeadline } from '../../lib/deadline.js'

const MAX_GROUP = 500
/** Longer than the driver takes to give a server up: only a call that would never end runs into it. */
const ANSWER_MS = 60_000

/**
 * Callers that come while a round trip is under way share the next one. `ask` answers a whole group at once, in its
 * order; when it fails, or has not answered in `answerMs`, each of the group's callers has that error. With more than
 * one flight, so many round trips may be under way: callers wait less, and share with fewer.
 */
export function shared<T, R>(
  ask: (group: readonly T[]) => Promise<readonly R[]>,
  flights = 1,
  answerMs = ANSWER_MS,
): (one: T) => Promise<R> {
  const waiting: { one: T; resolve: (answer: R) => void; reject: (error: unknown) => void }[] = []
  let flying = 0

  async function run(): Promise<void> {
    flying += 1
    while (waiting.length > 0) {
      // whoever comes in the same turn of the loop goes along
      await new Promise((resolve) => setImmediate(resolve))
      const group = waiting.splice(0, MAX_GROUP)
      // another flight may have taken them
      if (group.length === 0) break
      try {
        const answers = await answerOf(ask(group.map(({ one }) => one)), answerMs)
        group.forEach(({ resolve }, i) => {
          resolve(answers[i] as R)
        })
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    flying -= 1
  }

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject })
      if (flying < flights) void run()
    })
}

/** What a call answers. One that hangs must not hold up everybody who waits behind it. */
async function answerOf<R>(call: Promise<R>, answerMs: number): Promise<R> {
  const came = await byDeadline(call, answerMs)
  if (came.kind === 'done') return came.value
  throw came.kind === 'failed' ? came.error : new mongo.MongoNetworkError('the database does not answer')
}
