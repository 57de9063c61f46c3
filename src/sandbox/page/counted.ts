import type { Place, Post, Scene } from './scene.js'

/** How often a thing is there, and how often it should be. */
export type Count = { place: string; n: number; ok: boolean }
export type Counted = {
  /** the newest ticket */
  number?: string
  /** how many tickets its opening message has opened */
  opened: { n: number; ok: boolean }
  /** cards of that ticket, by conversation: one each */
  cards: Count[]
  /** direct messages to the team's people about that ticket; `n` of them, ok while none came twice */
  told: Count[]
  tickets: number
  messages: number
  /** messages of the bot that another one repeats */
  doubles: number
}

/** Where a messenger keeps no mark, the same words count as repeated when they come this close together. */
const REPEATED_WITHIN_MS = 60_000

/** Counts what stands in the messengers themselves, which know nothing of the program's own books. */
export function counted(scene: Scene): Counted {
  const all = scene.flatMap((place) =>
    place.posts.filter((post) => post.bot && post.onlyFor === undefined).map((post) => ({ place, post })),
  )
  const cards = all.filter(({ post }) => post.number !== undefined)
  const number = cards
    .map(({ post }) => post.number ?? '')
    .toSorted()
    .at(-1)
  const own = cards.filter(({ post }) => post.number === number)
  const said = all.filter(
    ({ place, post }) =>
      number !== undefined &&
      place.kind === 'direct' &&
      !own.some((card) => card.place === place) &&
      post.words.includes(number),
  )
  const opened = openedBy(own, cards)
  return {
    ...(number === undefined ? {} : { number }),
    opened: { n: opened, ok: opened === 1 },
    cards: perPlace(own, (posts) => posts.length === 1),
    told: perPlace(said, (posts, place) => doublesIn(posts, place) === 0),
    tickets: new Set(cards.map(({ post }) => post.number)).size,
    messages: all.length,
    doubles: [...group(all)].reduce((sum, [place, posts]) => sum + doublesIn(posts, place), 0),
  }
}

type Posted = { place: Place; post: Post }

/** How many different tickets have a card under the message that this one's card stands under. */
function openedBy(own: readonly Posted[], cards: readonly Posted[]): number {
  const roots = new Set(own.filter(({ post }) => post.root !== undefined).map(rootOf))
  if (roots.size === 0) return own.length > 0 ? 1 : 0
  return new Set(cards.filter((card) => roots.has(rootOf(card))).map(({ post }) => post.number)).size
}

function rootOf({ place, post }: Posted): string {
  return `${place.id} ${post.root ?? ''}`
}

function group(posted: readonly Posted[]): Map<Place, Post[]> {
  const groups = new Map<Place, Post[]>()
  for (const { place, post } of posted) groups.set(place, [...(groups.get(place) ?? []), post])
  return groups
}

function perPlace(posted: readonly Posted[], ok: (posts: Post[], place: Place) => boolean): Count[] {
  return [...group(posted)].map(([place, posts]) => ({
    place: place.id,
    n: posts.length,
    ok: ok(posts, place),
  }))
}

/** Messages that carry the same mark as another one, or, without a mark, are the same card in the same thread. */
function doublesIn(posts: readonly Post[], { platform }: Place): number {
  const keys = posts.flatMap((post) => {
    if (post.mark !== undefined) return [post.mark]
    return post.number === undefined ? [] : [`${post.number} ${post.root ?? ''}`]
  })
  const repeated =
    platform === 'slack' ? 0 : posts.filter((post, i) => repeats(post, posts.slice(0, i))).length
  return keys.length - new Set(keys).size + repeated
}

/** What has buttons may be said again: the clock, pushed twice in a row, reminds twice in the same words. */
function repeats(post: Post, before: readonly Post[]): boolean {
  return (
    post.number === undefined &&
    post.actions.length === 0 &&
    // A picture says nothing, nor does what was recalled.
    post.words !== '' &&
    before.some(
      (other) =>
        other.words === post.words &&
        other.root === post.root &&
        Math.abs(other.atMs - post.atMs) < REPEATED_WITHIN_MS,
    )
  )
}
