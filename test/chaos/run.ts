import type { Client } from '../support/clients/client.js'
import { type PLATFORMS, TEAM, type ThreeWorld } from '../support/three.js'
import { shown } from '../support/with-three.js'
import type { Dice } from './seeded.js'

export type Platform = (typeof PLATFORMS)[number]

/** One conversation that a run is about. */
export interface Story {
  platform: Platform
  requester: string
  /** Where they write with the bot. */
  direct: string
  /** What only this story says: in its first message, and so on every one of its cards. */
  word: string
  firstId: string
}

/** What was said in a run: each text is said once only, and tells by itself whose it is. */
export interface Said {
  text: string
  story: Story
  kind: 'request' | 'answer' | 'reply' | 'note'
  on: { platform: Platform; place: string; userId: string; messageId: string }
  gone?: true
}

export interface Run {
  world: ThreeWorld
  dice: Dice
  stories: Story[]
  said: Said[]
  /** Waits until what has arrived is dealt with: an answer that is still under way would come hours late. */
  taken(): Promise<void>
  /** Whether the desk knows this message as a ticket's card. */
  isCard(messageId: string): Promise<boolean>
  /** What was done, for whoever reads of a failure. */
  log: string[]
  /** The messenger that is away now. */
  away?: Platform
}

/** A word that nothing else in the run contains. */
export function unique(run: Pick<Run, 'said' | 'stories' | 'log'>, what: string): string {
  return `${what}${run.log.length}x`
}

/** The card of a story in the channel of its team. */
export const cardOf = (client: Client, { word }: Story) =>
  shown(client, TEAM[client.platform], word).find((one) => one.card !== undefined && !one.thread)
