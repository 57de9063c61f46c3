import type { Database } from '../../src/models/mongo/database.js'
import { identityKey } from '../../src/models/mongo/documents.js'
import { dmOf } from './slack-events.js'

/** Makes the first `count` employees known, with their DMs, as if each had written before. */
export async function addPeople(database: Database, deskId: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1000) {
    const some = Array.from({ length: Math.min(1000, count - from) }, (_, i) => dmOf(from + i))
    await database.people.insertMany(
      some.map(({ userId, channel }) => ({
        _id: `${deskId}/p-${userId}`,
        deskId,
        name: `Employee ${userId}`,
        locale: 'zh-CN',
        identities: [{ platform: 'slack', userId, conversation: channel }],
        identityKeys: [identityKey('slack', userId)],
        lastPlatform: 'slack',
      })),
    )
  }
}
