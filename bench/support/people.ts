import type { Database } from '../../src/models/mongo/database.js'
import { identityKey } from '../../src/models/mongo/documents.js'

/** Somebody on a messenger, with their conversation with the bot. */
export interface Identity {
  platform: 'slack' | 'teams' | 'feishu'
  userId: string
  conversation: string
}

/** Makes the first `count` employees known, with their DMs, as if each had written before. */
export async function addPeople(
  database: Database,
  deskId: string,
  count: number,
  identityOf: (n: number) => Identity,
): Promise<void> {
  for (let from = 0; from < count; from += 1000) {
    const some = Array.from({ length: Math.min(1000, count - from) }, (_, i) => identityOf(from + i))
    await database.people.insertMany(
      some.map((identity) => ({
        _id: `${deskId}/p-${identity.userId}`,
        deskId,
        name: `Employee ${identity.userId}`,
        locale: 'zh-CN',
        identities: [identity],
        identityKeys: [identityKey(identity.platform, identity.userId)],
        lastPlatform: identity.platform,
      })),
    )
  }
}
