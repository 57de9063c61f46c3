import { FIELD } from '../cards/forms/field.js'
import { releaseForm } from '../cards/forms/reason-forms.js'
import { act, ask, filled } from './act.js'
import type { ClickFlow } from './click.js'
import { optional } from './optional.js'

export const release: ClickFlow = async (services, click) => {
  const asked = click.submitted ? undefined : await ask(services, click, 'release', releaseForm)
  if (asked) return asked
  const command = { verb: 'release', ...optional('reason', filled(click, FIELD.reason)) } as const
  return await act(services, click, { flow: 'flows/release.ts', command })
}
