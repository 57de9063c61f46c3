import type { FastifyInstance } from 'fastify'
import { createFeishuAdapter } from './adapters/feishu/index.js'
import { createSlackAdapter } from './adapters/slack/index.js'
import type { Config } from './config.js'
import type { Messenger } from './delivery/messenger.js'
import type { PaceOptions } from './delivery/pacing.js'
import type { Answer, InboundClick, InboundEvent, InboundPresence } from './intake/inbound.js'
import type { Logger } from './lib/logger.js'
import type { Platform } from './models/ids.js'

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
  intake: {
    accept(events: InboundEvent[]): Promise<void>
    click(click: InboundClick): Promise<Answer>
    home(opened: Pick<InboundPresence, 'platform' | 'userId'>): Promise<Answer>
  }
}

/**
 * What each messenger allows where it differs from Slack. Feishu: 5 posts a second into a conversation and 1,000 calls of
 * one method a minute, of which a few are left to others (open.feishu.cn, "frequency control").
 */
export const PACE: Readonly<Record<Platform, Partial<PaceOptions>>> = {
  feishu: { postBurst: 4, postsPerSecond: 4, updatesPerMinute: 900 },
}

/** The messengers that the configuration switches on. A fourth one needs a folder, its configuration, and a line here. */
export function createAdapters(config: Config, deps: AdapterDeps): Adapter[] {
  return [
    ...(config.slack ? [createSlackAdapter({ ...config.slack, ...deps })] : []),
    ...(config.feishu ? [createFeishuAdapter({ ...config.feishu, ...deps })] : []),
  ]
}
