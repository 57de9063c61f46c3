import { accountsCard, linkedCard, linkedElsewhere, reachCard, unlinkedCard } from '../cards/chat/accounts.js'
import { refusalCard } from '../cards/chat/refusal.js'
import { type Refusal, refuse } from '../lib/errors.js'
import type { AccountCommand } from '../models/conversation/account-commands.js'
import type { Account } from '../models/mongo/link-codes.js'
import type { Joined } from '../models/mongo/people-links.js'
import type { Person } from '../models/people/person.js'
import { type Taken, taken, type WrittenMessage } from './arrival.js'
import { followPerson } from './follow-person.js'
import { leavePlaces } from './leave-places.js'
import { addressOf } from './places.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/** `link`, `unlink`, `my accounts`, `reach me here`: which accounts are one person's, and where they are reached. */
export async function manageAccounts(
  services: Services,
  message: WrittenMessage,
  asked: AccountCommand,
): Promise<Taken> {
  const { person, platform } = message
  const { people } = services
  const deskId = services.desk().id
  switch (asked.name) {
    case 'link':
      if (asked.code !== undefined) return await redeem(services, message, asked.code)
      await services.replies.linkCode(deskId, `link:${message.id}`, addressOf(message), person.id)
      return taken()
    case 'unlink':
      return await unlink(services, message)
    case 'accounts':
      return await say(services, message, accountsCard(person, platform, await viewFor(services, person)))
    case 'reach_here':
    case 'reach_auto': {
      const chosen = asked.name === 'reach_here' ? platform : undefined
      await people.choose(deskId, person.id, chosen)
      return await say(services, message, reachCard(chosen, await viewFor(services, person)))
    }
    default:
      return asked satisfies never
  }
}

/** A code from another messenger makes one person of its owner and of whoever typed it. */
async function redeem(services: Services, message: WrittenMessage, code: string): Promise<Taken> {
  const { codes, people } = services
  const { person, platform, id: arrival } = message
  const deskId = services.desk().id
  const own = accountOn(person, message)
  if (!own) return taken()
  const looked = await codes.look(deskId, code, own, arrival)
  if (looked.kind !== 'valid') return await no(services, message, refusalOf(looked))
  const { id, account } = looked
  if (account.platform === platform) return await no(services, message, refuse('link.here'))
  const owner = await people.byIdentity(deskId, account.platform, account.userId)
  // since the code was given the account may have been taken off, or gone to somebody else
  const giver = await people.get(deskId, looked.personId)
  if (!owner || owner.id !== giver?.id) return await no(services, message, refuse('link.old_code'))
  if (!(await codes.use(id, arrival))) return await no(services, message, refuse('link.used_code'))
  const joined: Joined =
    owner.id === person.id
      ? { kind: 'joined', person: owner }
      : await people.unite(deskId, owner.id, person.id)
  if (joined.kind !== 'joined') {
    await codes.giveBack(id, arrival)
    return await no(services, message, refuse(REFUSED[joined.kind]))
  }
  const direct = message.conversation.id
  await people.seen(joined.person, platform, direct)
  await followPerson(services, joined.person)
  await tellGiver(services, message, joined.person, account)
  return await say(services, message, linkedCard(joined.person, await viewFor(services, joined.person)))
}

const REFUSED = {
  both_listed: 'link.both_listed',
  same_messenger: 'link.has_account',
  absent: 'link.old_code',
} as const

/** Whoever owns the account that gave the code hears of it: it may not be them who typed it. */
async function tellGiver(
  services: Services,
  message: WrittenMessage,
  person: Person,
  { platform }: Account,
): Promise<void> {
  const conversation = person.identities.find((one) => one.platform === platform)?.conversation
  if (conversation === undefined) return
  const card = linkedElsewhere(message.platform, await viewFor(services, person))
  await services.replies.say(services.desk().id, `linked:${message.id}`, { platform, conversation }, card)
}

/** This messenger's account is nobody's from now on; what the person has open here goes on where they are still known. */
async function unlink(services: Services, message: WrittenMessage): Promise<Taken> {
  const { person, platform } = message
  const separated = await services.people.separate(services.desk().id, person.id, platform)
  if (separated.kind === 'only_one') return await no(services, message, refuse('link.only_one'))
  if (separated.kind === 'fixed') return await no(services, message, refuse('link.fixed'))
  if (separated.kind === 'separated') {
    await leavePlaces(services, separated.person, {
      platform,
      conversation: message.conversation.id,
      arrival: message.id,
    })
  }
  return await say(services, message, unlinkedCard(platform, await viewFor(services, person)))
}

function accountOn(person: Person, { platform }: WrittenMessage): Account | undefined {
  return person.identities.find((one) => one.platform === platform)
}

function refusalOf(looked: { kind: 'wrong' | 'old' | 'used' } | { kind: 'too_many'; until: Date }): Refusal {
  return looked.kind === 'too_many'
    ? refuse('link.too_many', { time: looked.until })
    : refuse(`link.${looked.kind}_code`)
}

async function no(services: Services, message: WrittenMessage, refusal: Refusal): Promise<Taken> {
  return await say(services, message, refusalCard(refusal, await viewFor(services, message.person)))
}

async function say(services: Services, message: WrittenMessage, card: object): Promise<Taken> {
  await services.replies.say(services.desk().id, `accounts:${message.id}`, addressOf(message), card)
  return taken()
}
