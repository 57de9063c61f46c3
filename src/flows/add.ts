import { addForm } from '../cards/forms/write-forms.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import { act, ask } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { filesAnswer, touchOf } from './write-to-ticket.js'

/** *Add details*: the requester adds words or files. */
export const add: ClickFlow = async (services, click) => {
  if (!click.submitted) {
    return (
      (await ask(services, click, 'answer', (ticket, ctx) => addForm(forRequester(ticket), ctx))) ?? NOTHING
    )
  }
  const { touch, refused } = await touchOf(services, click)
  const answer = async () => (await filesAnswer(services, click, refused)) ?? NOTHING
  return await act(services, click, { flow: 'flows/add.ts', command: { verb: 'answer', touch }, answer })
}
