import type { Platform } from '../platforms.js'

/** What can be done with a message: its buttons, and each option of its menus, with the verb it carries. */
export type LiveAction = { verb: string; spot: string } & (
  | { on: 'slack'; blockId: string; actionId: string; value?: string; isMenu: boolean }
  | { on: 'other'; action: number | string }
)
/** A message of whichever messenger. */
export type Post = {
  id: string
  /** the message it answers, where the messenger has threads */
  root?: string
  atMs: number
  /** account of its author; the bot's are marked */
  by: string
  bot: boolean
  /** all that it says, and what stands on its buttons */
  words: string
  /** without what stands on its buttons */
  shown: string
  /** how a mirrored message begins: whose words it carries */
  head: string
  /** the ticket that it is the card of */
  number?: string
  actions: LiveAction[]
  /** by which the program marks what is said once */
  mark?: string
  onlyFor?: string
}
/** A conversation with everything that stands in it, oldest first. */
export type Place = {
  platform: Platform
  id: string
  name: string
  kind: 'direct' | 'channel'
  /** account of whom the bot talks with here */
  owner?: string
  posts: Post[]
}
/** Everything that stands in the messengers. */
export type Scene = Place[]
