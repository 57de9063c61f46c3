import { byDeadline } from './deadline.js'

export interface Sharing {
  /** How many callers one call may answer. */
  maxGroup: number
  /** How many calls may be under way: with more than one callers wait less, and share with fewer. */
  flights: number
  /** How long a call may take, in ms: one that hangs must not hold up everybody who waits behind it. */
  answerMs: number
  /** What callers get when it takes longer. */
  late: () => Error
}

/**
 * Callers that come while a call is under way share the next one. `ask` answers a whole group at once, in its order;
 * when it fails, or has not answered in time, each of the group's callers has that error.
 */
export function shared<T, R>(
  ask: (group: readonly T[]) => Promise<readonly R[]>,
  { maxGroup, flights, answerMs, late }: Sharing,
): (one: T) => Promise<R> {
  const waiting: { one: T; resolve: (answer: R) => void; reject: (error: unknown) => void }[] = []
  let flying = 0

  async function run(): Promise<void> {
    flying += 1
    while (waiting.length > 0) {
      // whoever comes in the same turn of the loop goes along
      await new Promise((resolve) => setImmediate(resolve))
      const group = waiting.splice(0, maxGroup)
      // another flight may have taken them
      if (group.length === 0) break
      try {
        const answers = await answerOf(ask(group.map(({ one }) => one)))
        group.forEach(({ resolve }, i) => {
          resolve(answers[i] as R)
        })
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    flying -= 1
  }

  async function answerOf(call: Promise<readonly R[]>): Promise<readonly R[]> {
    const came = await byDeadline(call, answerMs)
    if (came.kind === 'done') return came.value
    throw came.kind === 'failed' ? came.error : late()
  }

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject })
      if (flying < flights) void run()
    })
}
