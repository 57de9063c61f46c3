import { filesRefused } from '../cards/chat/replies.js'
import { FIELD } from '../cards/forms/field.js'
import type { NewTouch } from '../models/ticket/commands.js'
import { filled } from './act.js'
import type { Answer } from './answer.js'
import type { Click } from './click.js'
import { type KeptFiles, keepFiles, newTouch } from './keep-files.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/** The touch that a filled-in form makes, and an answer for the files that could not be taken. */
export async function touchOf(
  services: Services,
  click: Click,
): Promise<{ touch: NewTouch; refused: KeptFiles['refused'] }> {
  const kept = await keepFiles(services, click.platform, click.submitted?.files ?? [], true)
  if (kept === 'later') throw new Error('the last try does not wait')
  return { touch: newTouch(filled(click, FIELD.text) ?? '', kept.files), refused: kept.refused }
}

/** Says which files were not taken; undefined when all were. */
export async function filesAnswer(
  services: Services,
  click: Click,
  refused: KeptFiles['refused'],
): Promise<Answer | undefined> {
  if (refused.length === 0) return undefined
  return { kind: 'private', card: filesRefused(refused, await viewFor(services, click.person)) }
}
