/** People as the Playground's configuration has them. */
export interface User {
  id: string
  name: string
  aadObjectId: string
  /** The client's own spelling. */
  userPrincipleName: string
  givenName: string
  surname: string
  email: string
}

const user = (name: string, aadObjectId: string, id: string): User => ({
  ...{ id, aadObjectId, name: `${name} Test`, givenName: name, surname: 'Test' },
  ...{ userPrincipleName: `${name.toLowerCase()}@test.example`, email: `${name.toLowerCase()}@test.example` },
})
const entra = (n: number) => `00000000-0000-4000-8000-00000000000${n}`

/** The requester: it is her client. */
export const RITA = user('Rita', entra(0), '29:rita')
export const ADAM = user('Adam', entra(1), '29:adam')
export const LEA = user('Lea', entra(2), '29:lea')
/**
 * The lead, who never writes to the bot. Teams opens a chat with the Entra id of such a person too; the Playground knows
 * people by one name only, so that his is that one.
 */
export const OLAF = user('Olaf', entra(3), entra(3))
/** The Playground wants five people beside its user. */
const OTHERS = [user('Nina', entra(4), '29:nina'), user('Timo', entra(5), '29:timo')]

export const BOT = { id: '28:bot-id', name: 'Paidan' }
export const TENANT = '00000000-0000-4000-8000-0000000000aa'
export const CHAT = 'personal-chat-id'
export const CHANNEL = '19:itdesk@thread.tacv2'

export const CONFIG = {
  version: '0.1.1',
  tenantId: TENANT,
  bot: BOT,
  currentUser: RITA,
  users: [ADAM, LEA, OLAF, ...OTHERS],
  personalChat: { id: CHAT },
  groupChat: { id: 'group-chat-id', name: 'Group' },
  team: {
    id: 'team-id',
    name: 'Team',
    aadGroupId: '00000000-0000-4000-8000-0000000000bb',
    channels: [{ id: CHANNEL, name: 'IT desk' }],
  },
}
