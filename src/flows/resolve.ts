import { FIELD } from '../cards/forms/field.js'
import { resolveForm } from '../cards/forms/resolve-form.js'
import { act, ask, filled } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { optional } from './optional.js'

/** *Resolve…*: asks what was done, and why and how it is prevented where the type demands it. */
export const resolve: ClickFlow = async (services, click) => {
  if (!click.submitted) return (await ask(services, click, 'resolve', resolveForm)) ?? NOTHING
  return await act(services, click, {
    flow: 'flows/resolve.ts',
    command: {
      verb: 'resolve',
      resolution: filled(click, FIELD.resolution) ?? '',
      ...optional('cause', filled(click, FIELD.cause)),
      ...optional('prevention', filled(click, FIELD.prevention)),
    },
  })
}
