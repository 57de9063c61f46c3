import { linkCodeCard } from '../cards/chat/accounts.js'
import type { Address, PersonId } from '../models/ids.js'
import type { Deps } from './deps.js'
import { earlier, type Held, postOnce, type Said } from './post-once.js'
import { viewContext } from './view-context.js'

/** Says a code that is made this moment: in plain it is kept nowhere. One that an earlier try may have shown stays. */
export async function sayLinkCode(deps: Deps, held: Held, to: Address, personId: PersonId): Promise<Said> {
  const shown = await earlier(deps, held, to)
  if (shown) return shown
  const person = await deps.people.get(deps.deskId, personId)
  const account = person?.identities.find(({ platform }) => platform === to.platform)
  if (!person || !account) return { kind: 'moot' }
  const code = await deps.codes.issue(deps.deskId, person.id, {
    platform: account.platform,
    userId: account.userId,
  })
  const card = linkCodeCard(code, await viewContext(deps, person, []))
  return await postOnce(deps, held, to, (messenger) => messenger.postCard(to, card, held.key))
}
