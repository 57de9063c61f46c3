/**
 * Does `work` again and again, `everyMs` after it ended. A failure is told and does not end it.
 * `stop` waits for what is under way.
 */
export function loop(
  work: () => Promise<unknown>,
  everyMs: number,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let current = Promise.resolve()
  const again = () => {
    timer = setTimeout(() => {
      current = work()
        .then(() => undefined)
        .catch(failed)
        .finally(() => {
          if (!stopped) again()
        })
    }, everyMs)
  }
  again()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await current
    },
  }
}
