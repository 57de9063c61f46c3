const MAX_GROUP = 500

/**
 * Callers that come while a round trip is under way share the next one. `ask` answers a whole group at once, in its
 * order; when it fails, each of the group's callers has that error. With more than one flight, so many round trips may
 * be under way: callers wait less, and share with fewer.
 */
export function shared<T, R>(
  ask: (group: readonly T[]) => Promise<readonly R[]>,
  flights = 1,
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
        const answers = await ask(group.map(({ one }) => one))
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
