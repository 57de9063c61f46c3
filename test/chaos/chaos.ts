import { expect } from 'chai'
import { type Books, openBooks, saidTwice } from '../support/books.js'
import { objectsIn, verbIn } from '../support/clients/client.js'
import { PLATFORMS, startThree, TEAM, type ThreeWorld } from '../support/three.js'
import { shown } from '../support/with-three.js'
import { until } from '../support/world.js'
import { act } from './acts.js'
import { compareCards } from './cards.js'
import type { Run } from './run.js'
import { diceOf } from './seeded.js'

/** A messenger sends again until somebody is there, as often as a restart may take. */
const RETRIES_MS: readonly number[] = Array.from({ length: 600 }, () => 200)
/** Longer than a failed delivery waits for another try, and than a dead server's lease. */
const CALM_MS = 120_000

/** Runs so many acts that the seed chooses, lets everything settle, and holds the messengers against the database. */
export async function chaos(mongodbUri: string, seed: number, acts: number): Promise<void> {
  const world = await startThree(mongodbUri, { retryDelaysMs: RETRIES_MS })
  const books = await openBooks(mongodbUri)
  const taken = async () => {
    await world.idle()
    const isEmpty = async () => (await books.database.inbox.countDocuments({ state: 'new' })) === 0
    await until('what has arrived is dealt with', isEmpty)
    await until('no call is under way', async () => !(await isCalling(books)))
  }
  const isCard = async (messageId: string) => (await books.database.cards.countDocuments({ messageId })) > 0
  const run: Run = { world, dice: diceOf(seed), stories: [], said: [], log: [], taken, isCard }
  try {
    await world.serve()
    for (let n = 0; n < acts; n += 1) await act(run)
    await calm(world, books)
    await check(run, books)
  } catch (error) {
    const how = `npm run soak -- --seed=${seed} --acts=${acts}`
    throw new Error(`seed ${seed} after ${run.log.join('; ')}. Again by: ${how}`, { cause: error })
  } finally {
    await world.close()
    await books.database.db.dropDatabase()
    await books.close()
  }
}

/**
 * Whether a server is saying something, or has said something and does not know whether it came through: a call that
 * lasts for hours is given up, and Feishu knows a post by its key for an hour only (docs/platforms/feishu.md).
 */
async function isCalling({ database: { outbox, cards } }: Books): Promise<boolean> {
  const held = { leaseBy: { $exists: true } }
  const tried = { triedAt: { $exists: true } }
  const sayings = await outbox.countDocuments({ $or: [held, { ...tried, state: 'due' }] })
  const shown = await cards.countDocuments({ $or: [held, { ...tried, messageId: { $exists: false } }] })
  return sayings + shown > 0
}

/** Everything is well again; waits until nothing is left to do. */
async function calm(world: ThreeWorld, books: Books): Promise<void> {
  for (const platform of PLATFORMS) {
    world.on[platform].weather.clear()
    world.on[platform].weather.up()
  }
  await world.idle()
  await world.advance(CALM_MS)
  await books.settled(world, 60_000)
}

async function check(run: Run, books: Books): Promise<void> {
  const { world } = run
  const tickets = await books.audit()
  expect(tickets, 'tickets').to.have.lengthOf(run.stories.length)
  await compareCards(world, books, tickets)
  await everythingOnce(run, books)
  notesStayInside(run)
  expect(saidTwice(world.slack), 'said twice in Slack').to.deep.equal([])
  await toldOnce(world, books)
}

/** Each thing that was said stands once wherever it belongs, and nowhere else. */
async function everythingOnce({ world, said, log }: Run, books: Books): Promise<void> {
  const events = (await books.commits()).flatMap((one) => one.events)
  const kills = log.filter((one) => one === 'kill').length
  const cut = world.on.teams.weather.cutPosts()
  const extra: Record<string, number> = {}
  for (const { text, kind, story, on, gone } of said) {
    if (kind === 'request') continue
    const added = events.flatMap((one) =>
      one.type === 'touch.added' && one.touch.source?.messageId === on.messageId ? [one.touch] : [],
    )
    expect(added, `touches of ${text}`).to.have.lengthOf(1)
    const isPublic = added[0]?.visibility === 'public'
    const places = PLATFORMS.map((platform) => ({ platform, place: TEAM[platform] as string, isIn: true }))
    const all = [...places, { platform: story.platform, place: story.direct, isIn: isPublic }]
    for (const { platform, place, isIn } of all) {
      const wanted = gone || !isIn || place === on.place ? 0 : 1
      const found = shown(world.on[platform], place, text).length
      if (platform === 'teams' && found > wanted) extra[place] = (extra[place] ?? 0) + found - wanted
      else expect(found, `${text} on ${platform} in ${place}`).to.equal(wanted)
    }
  }
  // Teams neither takes a key nor lets us look: one more after each answer that was cut, or each death of a server
  for (const [place, more] of Object.entries(extra)) {
    expect(more, `more than once in ${place} of Teams`).to.be.at.most((cut[place] ?? 0) + kills)
  }
}

function notesStayInside({ world, said }: Run): void {
  const notes = said.filter((one) => one.kind === 'note')
  for (const platform of PLATFORMS) {
    const client = world.on[platform]
    for (const place of client.places().filter((one) => one !== TEAM[platform])) {
      const words = client.seen(place).map((one) => one.words)
      for (const { text } of notes) {
        expect(
          words.filter((one) => one.includes(text)),
          `note ${text} in ${place} of ${platform}`,
        ).to.deep.equal([])
      }
    }
  }
}

/** No more messages with *I'm on it* than there were things to tell of. */
async function toldOnce(world: ThreeWorld, books: Books): Promise<void> {
  const rows = await books.database.outbox.find({ 'say.kind': 'tell', 'say.template': 'overdue' }).toArray()
  const tells = rows.map(({ ticketId, to, say }) => JSON.stringify([ticketId, to, say]))
  expect(new Set(tells).size, 'tells of one (ticket, clock, level, round, person)').to.be.at.most(
    tells.length,
  )
  const posts = new Set(rows.map((row) => row.batch ?? row._id)).size
  const acks = PLATFORMS.flatMap((platform) => {
    const client = world.on[platform]
    return client.places().flatMap((place) => client.seen(place))
  }).filter((one) => one.byBot && hasAck(one.card))
  const cut = Object.values(world.on.teams.weather.cutPosts()).reduce((sum, n) => sum + n, 0)
  expect(acks.length, 'messages of overdue promises').to.be.at.most(posts + cut)
}

const hasAck = (card: unknown): boolean =>
  objectsIn(card).some((one) => Object.values(one).some((value) => verbIn(value) === 'ack'))
