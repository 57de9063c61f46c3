import type { About } from '../about.js'
import { PLATFORMS, type Platform } from '../platforms.js'
import type { Seat } from './pane.js'

/** Where a person can be seen: at each messenger on which they have an account. */
export function seatsOf({ people, platforms }: About, personId: string): Seat[] {
  const accounts = people.find((person) => person.id === personId)?.accounts ?? {}
  return (Object.keys(accounts) as Platform[]).flatMap((platform) => {
    const userId = platforms.includes(platform) ? accounts[platform] : undefined
    return userId === undefined ? [] : [{ personId, platform, userId }]
  })
}

/** Somebody to be shown in a column: at the messenger that was shown there, if they have an account on it. */
export function seatLike(about: About, personId: string, platform: Platform): Seat | undefined {
  const seats = seatsOf(about, personId)
  return seats.find((seat) => seat.platform === platform) ?? seats[0]
}

/** The messengers in the order in which they are offered. */
export function offered(seats: readonly Seat[]): Seat[] {
  return seats.toSorted((a, b) => PLATFORMS.indexOf(a.platform) - PLATFORMS.indexOf(b.platform))
}

/** The account's owner, whichever messenger it is on. */
export function personOf({ people }: About, userId: string): About['people'][number] | undefined {
  return people.find((person) => Object.values(person.accounts).includes(userId))
}
