import { z } from 'zod'
import { ACTION_VERBS } from '../models/actions.js'

export const verbSchema = z.enum(ACTION_VERBS)

/** An action as it comes back from a messenger, with `arg` of at most so many UTF-16 units. */
export function actionSchema(maxArg: number) {
  return z.strictObject({
    verb: verbSchema,
    ticketId: z.string().min(1).max(128).exactOptional(),
    arg: z.string().max(maxArg).exactOptional(),
  })
}
