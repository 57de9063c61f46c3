import { type Books, openBooks } from './books.js'
import type { Client, Seen } from './clients/client.js'
import { testDatabase } from './mongod.js'
import { startThree, type ThreeOptions, type ThreeWorld } from './three.js'
import { until } from './world.js'

export interface WithThree {
  readonly world: ThreeWorld
  readonly books: Books
  /** Waits until nothing is left to do on any messenger. */
  settled(): Promise<void>
}

/** Three messengers and a server of the program for the current `describe`, on a database of its own. */
export function withThree(options: ThreeOptions = {}): WithThree {
  const database = testDatabase()
  let world: ThreeWorld | undefined
  let books: Books | undefined
  before(async function () {
    this.timeout(180_000)
    world = await startThree(database.uri(), options)
    books = await openBooks(database.uri())
    await world.serve()
  })
  after(async function () {
    this.timeout(60_000)
    await world?.close()
    await books?.close()
  })
  const here: WithThree = {
    get world() {
      if (!world) throw new Error('the world is there from the `before` hooks on')
      return world
    },
    get books() {
      if (!books) throw new Error('the books are open from the `before` hooks on')
      return books
    },
    settled: () => here.books.settled(here.world),
  }
  return here
}

/** The bot's message in a place that says all of these words. */
export async function heard(client: Client, place: string, ...words: string[]): Promise<Seen> {
  return await until(`${client.platform} shows ${words.join(', ')}`, () => shown(client, place, ...words)[0])
}

/** What the bot has said in a place with all of these words in it, and that stands there now. */
export function shown(client: Client, place: string, ...words: string[]): Seen[] {
  return client.seen(place).filter((one) => one.byBot && words.every((word) => one.words.includes(word)))
}

/** The card of a ticket in a team's channel: a message of its own. */
export async function cardIn(client: Client, place: string, number: string): Promise<Seen> {
  const isCard = (one: Seen) => one.card !== undefined && one.thread === undefined
  return await until(`the card of ${number} is on ${client.platform}`, () =>
    shown(client, place, number).find(isCard),
  )
}
