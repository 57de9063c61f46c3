import { FIELD } from '../cards/forms/field.js'
import { reopenForm } from '../cards/forms/reason-forms.js'
import type { NewTouch } from '../models/ticket/commands.js'
import type { Place, Ticket } from '../models/ticket/ticket.js'
import { act, ask, filled } from './act.js'
import { NOTHING } from './answer.js'
import { sourceOf } from './answer-ticket.js'
import type { WrittenMessage } from './arrival.js'
import type { ClickFlow } from './click.js'
import { keepFiles, newTouch } from './keep-files.js'
import { named } from './named.js'
import { optional } from './optional.js'
import { placeFor } from './places.js'
import type { Services } from './services.js'

/** *Not solved* and *Reopen*: with a reason from the form, or with the message that made us ask. */
export const reopen: ClickFlow = async (services, click) => {
  const flow = 'flows/reopen.ts'
  const message = click.action.arg ? await services.arrival(click.action.arg) : undefined
  // without the message there is still the form to say why in
  if (message && !message.deleted && message.person.id === click.person.id) {
    const said = await saidIn(services, message)
    const command = (ticket: Ticket) => ({ verb: 'reopen', ...sourced(ticket, said, message) }) as const
    return await act(services, click, { flow, command })
  }
  if (!click.submitted) return (await ask(services, click, 'reopen', reopenForm)) ?? NOTHING
  const reason = filled(click, FIELD.reason)
  const touch = reason ? newTouch(reason, []) : undefined
  const command = (ticket: Ticket) =>
    ticket.requesterId === click.person.id
      ? ({ verb: 'reopen', ...optional('touch', touch) } as const)
      : ({ verb: 'reopen', ...optional('reason', reason) } as const)
  return await act(services, click, { flow, command })
}

async function saidIn(services: Services, message: WrittenMessage): Promise<NewTouch> {
  const kept = await keepFiles(services, message.platform, message.files, true)
  return newTouch(await named(services, message.platform, message.text), kept === 'later' ? [] : kept.files)
}

/** The touch knows the message it came in, so that edits of that message find it. */
function sourced(
  ticket: Ticket,
  touch: NewTouch,
  message: WrittenMessage,
): { touch: NewTouch; place?: Place } {
  const place = placeFor(message, ticket)
  if (!place) return { touch }
  const source = sourceOf(message, ticket, place.placeId)
  return { touch: { ...touch, source }, ...optional('place', place.adding) }
}
