import type { DeskId } from '../ids.js'

/** Conversations and platforms that have to wait. */
export interface Closed {
  conversations: readonly string[]
  platforms: readonly string[]
}

/** When a card is looked at that was set aside: so it stays in the index of what lags, out of every look. */
export const NEVER = new Date('9999-01-01T00:00:00Z')

/** Not held by somebody else: what this deliverer holds itself is left over from what broke off. */
export function leasable(run: string, at: Date) {
  return { $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: at } }, { leaseBy: run }] }
}

/** The filters of the loop's own queries, for the test that each of them stands on an index. */
export function staleFilter(
  deskId: DeskId,
  run: string,
  at: Date,
  except: readonly string[],
  closed: Closed,
) {
  return {
    deskId,
    dueAt: { $lte: at },
    messageId: { $exists: true },
    ...leasable(run, at),
    ...(except.length > 0 ? { _id: { $nin: [...except] } } : {}),
    ...(closed.platforms.length > 0 ? { 'address.platform': { $nin: [...closed.platforms] } } : {}),
    ...(closed.conversations.length > 0
      ? { 'address.conversation': { $nin: [...closed.conversations] } }
      : {}),
  }
}
export function postableFilter(deskId: DeskId, run: string, at: Date, except: readonly string[]) {
  return {
    deskId,
    dueAt: { $lte: at },
    messageId: { $exists: false },
    ...leasable(run, at),
    ...(except.length > 0
      ? { 'address.conversation': { $nin: except.map((lane) => partsOf(lane)[1]) } }
      : {}),
  }
}
export function unpostedFilter(deskId: DeskId, run: string, at: Date, lane: string) {
  const [platform, conversation] = partsOf(lane)
  return {
    deskId,
    dueAt: { $lte: at },
    messageId: { $exists: false },
    'address.platform': platform,
    'address.conversation': conversation,
    ...leasable(run, at),
  }
}

export const asideCardsFilter = (deskId: DeskId) => ({ deskId, dueAt: NEVER })

function partsOf(lane: string): [platform: string, conversation: string] {
  const at = lane.indexOf(':')
  return [lane.slice(0, at), lane.slice(at + 1)]
}
