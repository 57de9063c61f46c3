/** What a promise came to by a deadline. */
export type ByDeadline<T> =
  | { kind: 'done'; value: T }
  | { kind: 'failed'; error: unknown }
  /** It goes on; `settled` never rejects. */
  | { kind: 'late'; settled: Promise<ByDeadline<T>> }

/** Waits at most `ms` for `work`, which goes on if it takes longer. Never rejects. */
export async function byDeadline<T>(work: Promise<T>, ms: number): Promise<ByDeadline<T>> {
  const settled: Promise<ByDeadline<T>> = work.then(
    (value) => ({ kind: 'done', value }),
    (error: unknown) => ({ kind: 'failed', error }),
  )
  let timer: NodeJS.Timeout | undefined
  const alarm = new Promise<ByDeadline<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late', settled }), ms)
  })
  const first = await Promise.race([settled, alarm])
  clearTimeout(timer)
  return first
}
