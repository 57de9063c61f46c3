/** What the promise was rejected with, as an Error; fails when nothing was thrown. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  const reason: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (reason instanceof Error) return reason
  throw new Error('nothing was thrown')
}
