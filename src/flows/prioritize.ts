import { FIELD } from '../cards/forms/field.js'
import { priorityForm } from '../cards/forms/priority-form.js'
import { refuse } from '../lib/errors.js'
import { PRIORITIES } from '../models/ticket/ticket.js'
import { act, ask, filled, refused } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { optional } from './optional.js'

export const prioritize: ClickFlow = async (services, click) => {
  if (!click.submitted) return (await ask(services, click, 'priority', priorityForm)) ?? NOTHING
  const wanted = filled(click, FIELD.priority)
  const priority = PRIORITIES.find((one) => one === wanted)
  if (!priority) return await refused(services, click, refuse('ticket.unchanged'))
  const command = { verb: 'priority', priority, ...optional('reason', filled(click, FIELD.reason)) } as const
  return await act(services, click, { flow: 'flows/prioritize.ts', command })
}
