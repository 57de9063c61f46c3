import type { Logger } from './lib/logger.js'
import type { Desk } from './models/desk/desk.js'
import { channelsWithout, onPlatforms } from './models/desk/on-platforms.js'
import type { Platform } from './models/ids.js'
import type { Desks } from './models/mongo/desks.js'

export interface DeskInForce {
  desk(): Desk
  /** Loads anew when another version was applied. */
  refresh(): Promise<void>
}

/**
 * The desk every part of the program works with: loaded once, replaced as a whole when a new version is applied.
 * Channels of messengers that are not on are left out, and said so.
 */
export async function loadDesk(
  desks: Desks,
  logger: Logger,
  platforms: readonly Platform[],
): Promise<DeskInForce | undefined> {
  function inForce(desk: Desk): Desk {
    const without = channelsWithout(desk, platforms)
    if (without.length > 0) logger.warn('channels of messengers that are off', { channels: without })
    return onPlatforms(desk, platforms)
  }
  const loaded = await desks.load()
  if (!loaded) return undefined
  const { id } = loaded
  let current = inForce(loaded)
  return {
    desk: () => current,
    refresh: async () => {
      const version = await desks.version(id)
      if (version === undefined || version === current.version) return
      const applied = await desks.load(id)
      if (!applied) return
      current = inForce(applied)
      logger.info('desk applied', { desk: id, version })
    },
  }
}
