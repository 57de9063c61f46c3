import { FIELD } from '../cards/forms/field.js'
import { waitForm } from '../cards/forms/reason-forms.js'
import { act, ask, causeOf, filled, ticketFor } from './act.js'
import { NOTHING } from './answer.js'
import { changeTicket } from './change-ticket.js'
import type { ClickFlow } from './click.js'
import { newTouch } from './keep-files.js'

/** *Waiting for requester*, with the question they are to answer; `off` goes on without waiting. */
export const wait: ClickFlow = async (services, click) => {
  const flow = 'flows/wait.ts'
  if (click.action.arg === 'off')
    return await act(services, click, { flow, command: { verb: 'wait', on: 'nobody' } })
  if (!click.submitted) return (await ask(services, click, 'wait', waitForm)) ?? NOTHING
  // the question goes out only if they may wait for its answer
  const found = await ticketFor(services, click, 'wait')
  if ('answer' in found) return found.answer
  const question = filled(click, FIELD.text)
  const { ticketId } = click.action
  if (question && ticketId) {
    await changeTicket(services, {
      ticketId,
      actor: { kind: 'person', id: click.person.id },
      cause: `${causeOf(click)}:question`,
      command: { verb: 'reply', touch: newTouch(question, []) },
      flow,
    })
  }
  return await act(services, click, { flow, command: { verb: 'wait', on: 'requester' } })
}
