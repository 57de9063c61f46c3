import { doneReply } from '../cards/chat/replies.js'
import { refuse } from '../lib/errors.js'
import { act, refused } from './act.js'
import type { ClickFlow } from './click.js'

/** *Continue privately*: the requester's side moves from the channel into their DM with the bot. */
export const relocate: ClickFlow = async (services, click) => {
  const identity = click.person.identities.find((one) => one.platform === click.platform)
  const conversation =
    identity?.conversation ??
    (identity && (await services.messengers.direct(click.platform, identity.userId)))
  if (!conversation) return await refused(services, click, refuse('messenger.failed'))
  const place = {
    id: `requester:${click.platform}:${conversation}`,
    audience: 'requester',
    address: { platform: click.platform, conversation },
    isDirect: true,
  } as const
  return await act(services, click, {
    flow: 'flows/relocate.ts',
    command: { verb: 'relocate', place },
    answer: (ticket, ctx) => ({ kind: 'private', card: doneReply('relocated', ticket, ctx) }),
  })
}
