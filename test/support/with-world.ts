import { type Books, openBooks } from './books.js'
import { testDatabase } from './mongod.js'
import { startWorld, type World, type WorldOptions } from './world.js'

export interface WithWorld {
  readonly world: World
  readonly books: Books
}

/**
 * A world on a database of its own for the current `describe`, ended with it. To be called where hooks are registered; what
 * it returns may be used from the `before` hooks on.
 */
export function withWorld(options: WorldOptions = {}): WithWorld {
  const database = testDatabase()
  let world: World | undefined
  let books: Books | undefined
  before(async function () {
    this.timeout(120_000)
    world = await startWorld(database.uri(), options)
    books = await openBooks(database.uri())
  })
  after(async function () {
    this.timeout(60_000)
    await world?.close()
    await books?.close()
  })
  return {
    get world() {
      if (!world) throw new Error('the world is there from the `before` hooks on')
      return world
    },
    get books() {
      if (!books) throw new Error('the books are open from the `before` hooks on')
      return books
    },
  }
}
