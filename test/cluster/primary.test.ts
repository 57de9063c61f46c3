import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { type ReplicaSet, startReplicaSet } from '../../scripts/lib/mongod.mjs'
import { withDatabase } from '../../scripts/lib/provide-mongod.mjs'
import { throwawayFolder } from '../../scripts/lib/throwaway-folder.mjs'
import { RETRIES_MS } from '../crash/support.js'
import { accepted, type Books, botPosts, directOf, openBooks, saidTwice } from '../support/books.js'
import { guest, type ServerProcess, startWorld, until, type World } from '../support/world.js'

const WRITERS = 60
/** People write this often while the primary dies. */
const EVERY_MS = 100

describe('three mongods, whose primary is killed under load', function () {
  this.timeout(240_000)
  const dir = throwawayFolder()
  let set: ReplicaSet
  let world: World
  let books: Books
  let server: ServerProcess
  const channels: string[] = []

  before(async () => {
    set = await startReplicaSet({ nodes: 3, dir })
    const uri = withDatabase(set.uri, 'paidan')
    world = await startWorld(uri, { guests: WRITERS, retryDelaysMs: RETRIES_MS })
    world.emulator.setRateLimits(false)
    books = await openBooks(uri)
    server = await world.serve()
    for (let n = 0; n < WRITERS; n++) channels.push(await directOf(world.emulator, guest(n)))
  })
  after(async () => {
    await world?.close()
    await books?.close()
    await set?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const write = (n: number, text = 'My chair squeaks') =>
    world.emulator.gestures.postMessage({
      userId: guest(n),
      channel: channels[n] ?? '',
      text,
    })

  /** Kills the primary, and returns how to bring it back. */
  async function killPrimary(): Promise<() => Promise<void>> {
    const index = await set.primary()
    await set.kill(index)
    return () => set.restart(index)
  }

  /** Everybody up to `until` sees one card, and the books agree with one another. */
  async function expectNothingLost(writers: number): Promise<void> {
    await world.emulator.idle()
    const seen = () =>
      books.database.cards.countDocuments({ audience: 'requester', shown: { $exists: true } })
    await until('everybody sees a card', async () => (await seen().catch(() => 0)) >= writers)
    const acknowledged = world.emulator.deliveries.filter((one) => one.kind === 'event' && one.status === 200)
    expect(new Set(acknowledged.map((one) => one.eventId)).size).to.be.at.least(writers)
    const causes = (await books.commits()).map((one) => one.cause)
    for (const channel of channels.slice(0, writers)) {
      const own = causes.filter((cause) => cause.startsWith('open:') && cause.includes(`:${channel}:`))
      expect(own, 'tickets of one message').to.have.lengthOf(1)
      expect(botPosts(world.emulator, channel), 'cards').to.have.lengthOf(1)
      expect(accepted(world.emulator, channel), 'posts').to.equal(1)
    }
    expect(saidTwice(world.emulator)).to.deep.equal([])
    expect(await books.audit({ delivered: false })).to.have.lengthOf(writers)
  }

  it('keeps every acknowledged message, and everything its commit wants', async () => {
    let restart: (() => Promise<void>) | undefined
    for (let n = 0; n < WRITERS - 10; n++) {
      await write(n)
      await wait(EVERY_MS)
      if (n === 15) restart = await killPrimary()
    }
    await restart?.()
    await expectNothingLost(WRITERS - 10)
  })

  it('keeps them when it dies right after an outbox row was written', async () => {
    const rows = () => books.database.outbox.countDocuments()
    const before = await rows()
    for (let n = WRITERS - 10; n < WRITERS; n++) await write(n)
    await until('a row is written', async () => (await rows()) > before)
    const restart = await killPrimary()
    await restart()
    await expectNothingLost(WRITERS)
  })

  it('acknowledges nothing while most of the database is away, and catches up by itself', async () => {
    const [one, two] = [0, 1]
    await set.kill(one)
    await set.kill(two)
    const at = world.emulator.deliveries.length
    const away = () => world.emulator.deliveries.slice(at).filter(({ kind }) => kind === 'event')
    for (let n = WRITERS - 10; n < WRITERS; n++) await write(n, 'The printer is on fire')
    await until('an event is refused', () => away().some(({ status }) => status !== null && status >= 500))
    expect(away().filter(({ status }) => status === 200)).to.deep.equal([])
    await Promise.all([set.restart(one), set.restart(two)])
    await world.emulator.idle()
    const joined = () =>
      books.database.messages.countDocuments({ conversation: { $in: channels.slice(WRITERS - 10) } })
    await until(
      'everybody’s second message is on a ticket',
      async () => (await joined().catch(() => 0)) >= 20,
    )
    expect(saidTwice(world.emulator)).to.deep.equal([])
    await books.audit({ delivered: false })
  })

  it('is served by the same process throughout', async () => {
    let ended = false
    void server.exited.then(() => {
      ended = true
    })
    await server.ready()
    expect(ended).to.equal(false)
  })
})
