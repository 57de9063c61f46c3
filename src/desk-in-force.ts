import type { Logger } from './lib/logger.js'
import type { Desk } from './models/desk/desk.js'
import type { Desks } from './models/mongo/desks.js'

export interface DeskInForce {
  desk(): Desk
  /** Loads anew when another version was applied. */
  refresh(): Promise<void>
}

/** The desk every part of the program works with: loaded once, replaced as a whole when a new version is applied. */
export async function loadDesk(desks: Desks, logger: Logger): Promise<DeskInForce | undefined> {
  let current = await desks.load()
  if (!current) return undefined
  const { id } = current
  return {
    desk: () => {
      if (!current) throw new Error('a loaded desk does not go away')
      return current
    },
    refresh: async () => {
      const version = await desks.version(id)
      if (version === undefined || version === current?.version) return
      current = (await desks.load(id)) ?? current
      logger.info('desk applied', { desk: id, version })
    },
  }
}
