import type { FastifyInstance } from 'fastify'
import { createFeishuAdapter } from './adapters/feishu/index.js'
import { createSlackAdapter } from './adapters/slack/index.js'
import { createTeamsAdapter } from './adapters/teams/index.js'
import type { Config } from './config.js'
import type { Messenger } from './delivery/messenger.js'
import type { PaceOptions } from './delivery/pacing.js'
import type { Answer, InboundClick, InboundEvent, InboundPresence } from './intake/inbound.js'
import type { Logger } from './lib/logger.js'
import type { Platform } from './models/ids.js'
import type { Addresses } from './models/mongo/addresses.js'

/** One messenger, both ways. */
export interface Adapter {
  messenger: Messenger
  register(fastify: FastifyInstance): void
  start(): Promise<void>
  stop(): Promise<void>
}

export interface AdapterDeps {
  logger: Logger
  now: () => Date
  /** What an adapter must remember to reach places again. */
  addresses(platform: Platform): Addresses
  /** The bytes of a kept file. */
  fileBytes(id: string): Promise<Buffer | undefined>
  intake: {
    accept(events: InboundEvent[]): Promise<void>
    click(click: InboundClick): Promise<Answer>
    home(opened: Pick<InboundPresence, 'platform' | 'userId'>): Promise<Answer>
  }
}

/**
 * What each messenger allows where it differs from Slack. Feishu: 5 posts a second into a conversation and 1,000 calls of
 * one method a minute, of which a few are left to others (open.feishu.cn, "frequency control"). Teams: 7 posts in one
 * second and 60 in thirty (learn.microsoft.com, "rate limiting for bots"); its updates count for the same conversation.
 */
export const PACE: Readonly<Record<Platform, Partial<PaceOptions>>> = {
  teams: { postBurst: 5, postsPerSecond: 1.5, updatesPerMinute: 600 },
  // what waits in the bucket and what drips into it count together: two at once and three more within the second
  feishu: { postBurst: 2, postsPerSecond: 3, updatesPerMinute: 900 },
}

/** The names of the messengers that the configuration switches on. */
export function platformsOf(config: Config): Platform[] {
  return (['slack', 'teams', 'feishu'] as const).filter((platform) => config[platform] !== undefined)
}

/** The messengers that the configuration switches on. A fourth one needs a folder, its configuration, and a line here. */
export function createAdapters(config: Config, deps: AdapterDeps): Adapter[] {
  return [
    ...(config.slack ? [createSlackAdapter({ ...config.slack, ...deps })] : []),
    ...(config.teams
      ? [createTeamsAdapter({ ...config.teams, ...deps, store: deps.addresses('teams') })]
      : []),
    ...(config.feishu
      ? [createFeishuAdapter({ ...config.feishu, ...deps, store: deps.addresses('feishu') })]
      : []),
  ]
}
