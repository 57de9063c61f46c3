import type { FastifyInstance } from 'fastify'
import type { DeskGlimpse } from './desk-glimpse.js'
import type { UserView as FeishuView } from './feishu/types.js'
import type { Platform } from './platforms.js'
import type { SandboxSecrets } from './secrets.js'
import type { SlackState, UserView as SlackView } from './slack/types.js'
import type { UserView as TeamsView } from './teams/types.js'

/** What the sandbox itself asks of an emulated messenger, whichever it is. */
export type Messenger = {
  readonly platform: Platform
  /** Whether somebody has an account there. */
  knows(userId: string): boolean
  /** What one person's client shows, without what lies far back. */
  view(userId: string): SlackView | FeishuView | TeamsView
  /** Everything that stands there, without what lies far back. */
  state(): SlackState | PlaceView[]
  /** What stands on the button that this click of a person is on. */
  labelOf(click: Record<string, unknown>): string | undefined
  onChange(listener: (change: unknown) => void): void
  readonly faults: {
    /** The last event of a person comes again, and their next one twice. */
    deliverTwice(): void
    down(ms: number): void
    downMsLeft(): number
  }
  /** Under which address the program finds it, and with which secrets. */
  environment(origin: string): NodeJS.ProcessEnv
  /** It is reached at this origin from now on. */
  servedAt(origin: string): void
  /** The program is at this address from now on. */
  programAt(url: string): void
  /** The program is up, for the first time or again. */
  programUp?(): void
  close(): void
}

export type MessengerSetup = {
  app: FastifyInstance
  desk: DeskGlimpse
  secrets: SandboxSecrets
  now: () => Date
  retryDelaysMs: readonly number[]
}

/** A page draws so many messages of a conversation: a demo's data may be weeks old. */
export const DRAWN = 300

type OtherView = FeishuView | TeamsView
/** A conversation of Feishu or Teams as its people see it. */
export type PlaceView = {
  id: string
  name: string
  kind: 'direct' | 'channel'
  /** whose it is, when it is one person's with the bot */
  owner?: string
  messages: OtherView['conversations'][number]['messages'][number][]
}

/** Everything that stands in a messenger, put together from what its people see. */
export function placesIn(seen: readonly { userId: string; view: OtherView }[]): PlaceView[] {
  const places = new Map<string, PlaceView>()
  for (const { userId, view } of seen) {
    for (const { id, name, kind, messages } of view.conversations) {
      const owner = kind === 'direct' ? { owner: userId } : {}
      if (!places.has(id)) places.set(id, { id, name, kind, ...owner, messages })
    }
  }
  return [...places.values()]
}

/** The card that somebody clicks in, as they see it. */
export function clickedCard(
  view: OtherView,
  { conversation, messageId }: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const messages: readonly { messageId: string; card?: Record<string, unknown> }[] =
    view.conversations.find((each) => each.id === conversation)?.messages ?? []
  return messages.find((each) => each.messageId === messageId)?.card
}
