import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderCard as feishuCard } from '../../src/adapters/feishu/render/card.js'
import { renderCard as slackCard } from '../../src/adapters/slack/render/card.js'
import { renderCard as teamsCard } from '../../src/adapters/teams/render/card.js'
import type { Card } from '../../src/cards/card.js'
import { cardOf } from '../../src/delivery/card-view.js'
import { parseDeskFile } from '../../src/models/desk/parse-desk-file.js'
import { createPeople } from '../../src/models/mongo/people.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { storedBlocks } from '../../src/sandbox/slack/stored-blocks.js'
import type { Books } from '../support/books.js'
import { FILES_URL, PLATFORMS, THREE_DESK, type ThreeWorld } from '../support/three.js'

/** What each messenger holds when it shows that card. */
const HELD = {
  slack: (card: Card) => withoutBlockIds(storedBlocks(JSON.parse(JSON.stringify(slackCard(card).blocks)))),
  feishu: (card: Card) => plain(feishuCard(card)),
  teams: (card: Card) => plain(teamsCard(card)),
} as const

/** Holds each card on each messenger against what its renderer makes of the ticket now. Returns how many there were. */
export async function compareCards(
  world: ThreeWorld,
  books: Books,
  tickets: readonly Ticket[],
): Promise<number> {
  const parsed = parseDeskFile(readFileSync(THREE_DESK, 'utf8'), { platforms: [...PLATFORMS] })
  if (!parsed.ok) throw new Error('the desk of these tests has problems')
  const { desk } = parsed
  const deps = {
    deskId: desk.id,
    desk: () => desk,
    people: createPeople(books.database, world.now),
    now: world.now,
    fileUrl: (id: string) => new URL(`/files/${id}`, FILES_URL).href,
    messengers: {},
  }
  let compared = 0
  for (const row of await books.database.cards.find({}).toArray()) {
    const ticket = tickets.find((one) => one.id === row.ticketId)
    const place = ticket?.places.find((one) => one.id === row.placeId)
    const platform = PLATFORMS.find((one) => one === row.address.platform)
    if (!ticket || !place || !platform) throw new Error(`a card of nothing: ${row._id}`)
    // what views need of the deliverer is no more than this
    const build = await cardOf(deps as unknown as Parameters<typeof cardOf>[0], ticket, place)
    const client = world.on[platform]
    const message = client
      .places()
      .flatMap((one) => client.seen(one))
      .find((one) => one.messageId === row.messageId)
    const held = platform === 'slack' ? withoutBlockIds(message?.card) : shared(message?.card)
    expect(held, `${row._id} on ${platform}`).to.deep.equal(HELD[platform](build()))
    compared += 1
  }
  return compared
}

/** Without the names of those who have a view of their own of it, in Teams. */
function shared(card: unknown): unknown {
  const { refresh: _none, ...rest } = (plain(card) ?? {}) as { refresh?: unknown }
  return card === undefined ? undefined : rest
}

function plain(card: unknown): unknown {
  return card === undefined ? undefined : JSON.parse(JSON.stringify(card))
}

/** Slack names what we leave without a name. */
function withoutBlockIds(blocks: unknown): unknown {
  if (!Array.isArray(blocks)) return blocks
  return blocks.map(({ block_id: _, ...rest }: { block_id?: string }) => plain(rest))
}
