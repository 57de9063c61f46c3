import { noteForm } from '../cards/forms/write-forms.js'
import { act, ask } from './act.js'
import { NOTHING } from './answer.js'
import type { ClickFlow } from './click.js'
import { filesAnswer, touchOf } from './write-to-ticket.js'

/** *Note*: stays inside. */
export const note: ClickFlow = async (services, click) => {
  if (!click.submitted) return (await ask(services, click, 'note', noteForm)) ?? NOTHING
  const { touch, refused } = await touchOf(services, click)
  const answer = async () => (await filesAnswer(services, click, refused)) ?? NOTHING
  return await act(services, click, { flow: 'flows/note.ts', command: { verb: 'note', touch }, answer })
}
