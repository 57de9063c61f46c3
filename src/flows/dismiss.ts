import { FIELD } from '../cards/forms/field.js'
import { dismissForm } from '../cards/forms/reason-forms.js'
import { act, ask, filled } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { optional } from './optional.js'

/** *Not a ticket*. */
export const dismiss: ClickFlow = async (services, click) => {
  if (!click.submitted) return (await ask(services, click, 'dismiss', dismissForm)) ?? NOTHING
  const command = { verb: 'dismiss', ...optional('reason', filled(click, FIELD.reason)) } as const
  return await act(services, click, { flow: 'flows/dismiss.ts', command })
}
