import { assignForm } from '../cards/forms/assign-form.js'
import { FIELD } from '../cards/forms/field.js'
import { act, ask, filled } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { optional } from './optional.js'

/** *Assign…* and *Reassign…*: to somebody of the team, or to another team. */
export const assign: ClickFlow = async (services, click) => {
  if (!click.submitted) return (await ask(services, click, 'reassign', assignForm)) ?? NOTHING
  const reason = optional('reason', filled(click, FIELD.reason))
  const [agentId, teamId] = [filled(click, FIELD.agent), filled(click, FIELD.team)]
  return await act(services, click, {
    flow: 'flows/assign.ts',
    command: {
      verb: 'reassign',
      ...optional('agentId', teamId ? undefined : agentId),
      ...optional('teamId', teamId),
      ...reason,
    },
  })
}
