const KEPT = 5000

/** Entries in one numbering, each kind in a list of its own that forgets the oldest. */
export function keptEntries<Call extends { n: number }, Delivery extends { n: number }>() {
  const calls: Call[] = []
  const deliveries: Delivery[] = []
  let n = 0
  const add = <T extends { n: number }>(entries: T[], entry: Omit<T, 'n'>): void => {
    n += 1
    entries.push({ n, ...entry } as unknown as T)
    if (entries.length > KEPT * 2) entries.splice(0, entries.length - KEPT)
  }
  return {
    calls,
    deliveries,
    call: (entry: Omit<Call, 'n'>) => add(calls, entry),
    delivery: (entry: Omit<Delivery, 'n'>) => add(deliveries, entry),
    clear() {
      calls.length = 0
      deliveries.length = 0
    },
  }
}
