import { replyForm } from '../cards/forms/write-forms.js'
import { act, ask } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { filesAnswer, touchOf } from './write-to-ticket.js'

/** *Reply…*: an answer to the requester. */
export const reply: ClickFlow = async (services, click) => {
  if (!click.submitted) return (await ask(services, click, 'reply', replyForm)) ?? NOTHING
  const { touch, refused } = await touchOf(services, click)
  const answer = async () => (await filesAnswer(services, click, refused)) ?? NOTHING
  return await act(services, click, { flow: 'flows/reply.ts', command: { verb: 'reply', touch }, answer })
}
