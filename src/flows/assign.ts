import { assignForm } from '../cards/forms/assign-form.js'
import { FIELD } from '../cards/forms/field.js'
import { t } from '../i18n/t.js'
import { act, ask, filled } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { optional } from './optional.js'
import { viewFor } from './view-context.js'

/** *Assign…* and *Reassign…*: to somebody of the team, or to another team. */
export const assign: ClickFlow = async (services, click) => {
  if (!click.submitted) return (await ask(services, click, 'reassign', assignForm)) ?? NOTHING
  const reason = optional('reason', filled(click, FIELD.reason))
  const [agentId, teamId] = [filled(click, FIELD.agent), filled(click, FIELD.team)]
  if ((agentId === undefined) === (teamId === undefined)) {
    const { locale } = await viewFor(services, click.person)
    return { kind: 'field_errors', errors: { [FIELD.agent]: t(locale, 'form.assign.choose_one') } }
  }
  return await act(services, click, {
    flow: 'flows/assign.ts',
    command: {
      verb: 'reassign',
      ...optional('agentId', agentId),
      ...optional('teamId', teamId),
      ...reason,
    },
  })
}
