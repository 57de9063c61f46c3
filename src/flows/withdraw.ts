import { FIELD } from '../cards/forms/field.js'
import { withdrawForm } from '../cards/forms/reason-forms.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import { act, ask, filled } from './act.js'
import type { ClickFlow } from './click.js'
import { optional } from './optional.js'

/** *Withdraw*: the requester does not need it any more. */
export const withdraw: ClickFlow = async (services, click) => {
  const asked = click.submitted
    ? undefined
    : await ask(services, click, 'withdraw', (ticket, ctx) => withdrawForm(forRequester(ticket), ctx))
  if (asked) return asked
  const command = { verb: 'withdraw', ...optional('reason', filled(click, FIELD.reason)) } as const
  return await act(services, click, { flow: 'flows/withdraw.ts', command })
}
