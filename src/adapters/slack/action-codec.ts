import { z } from 'zod'
import type { ActionValue } from '../../cards/card.js'
import { actionSchema, verbSchema } from '../../intake/action-schema.js'
import { LIMITS } from './limits.js'

const ACTION = actionSchema(LIMITS.buttonValue)
const CHOICE = z.union([z.tuple([verbSchema]), z.tuple([verbSchema, z.string()])])

/** A button's `value`: the action as compact JSON, or nothing when Slack would not carry it. */
export function encodeAction(action: ActionValue): string | undefined {
  const value = JSON.stringify(ACTION.parse(action))
  return value.length <= LIMITS.buttonValue ? value : undefined
}

/** The action that a button's `value` carries; nothing for a forged or damaged one. */
export function decodeAction(value: string | null | undefined): ActionValue | undefined {
  const read = ACTION.safeParse(json(value))
  return read.success ? read.data : undefined
}

/**
 * A menu's option has room for 75 characters only, which a ticket's id and an argument overflow: the menu's own
 * `action_id` carries the ticket (`<verb>:<index>:<ticketId>`), the option the rest.
 */
export function encodeChoice(action: ActionValue): string | undefined {
  const value = JSON.stringify(action.arg === undefined ? [action.verb] : [action.verb, action.arg])
  return value.length <= LIMITS.optionValue ? value : undefined
}

/** The action that an option of the menu `actionId` stands for; nothing for a forged or damaged one. */
export function decodeChoice(actionId: string, value: string): ActionValue | undefined {
  const read = CHOICE.safeParse(json(value))
  if (!read.success) return undefined
  const [chosen, arg] = read.data
  const ticketId = actionId.split(':').slice(2).join(':')
  const action = {
    verb: chosen,
    ...(ticketId === '' ? {} : { ticketId }),
    ...(arg === undefined ? {} : { arg }),
  }
  return decodeAction(JSON.stringify(action))
}

/** Where a form was opened, to answer there. */
const ORIGIN = z.strictObject({
  channel: z.string().min(1).max(64),
  thread: z.string().max(64).exactOptional(),
})
export type Origin = z.infer<typeof ORIGIN>

const FORM_STATE = z.strictObject({
  action: ACTION,
  locale: z.string().max(35),
  origin: ORIGIN.exactOptional(),
})
/** What a form remembers between opening and submission, in its `private_metadata`. */
export type FormState = z.infer<typeof FORM_STATE>

/** `private_metadata` of a form; the origin is left out where it does not fit. */
export function encodeFormState(state: FormState): string {
  const value = JSON.stringify(FORM_STATE.parse(state))
  if (value.length <= LIMITS.privateMetadata) return value
  const { action, locale } = state
  return JSON.stringify({ action, locale })
}

/** What a form remembers; nothing for a forged or damaged one. */
export function decodeFormState(value: string | undefined): FormState | undefined {
  const read = FORM_STATE.safeParse(json(value))
  return read.success ? read.data : undefined
}

function json(value: string | null | undefined): unknown {
  try {
    return JSON.parse(value ?? '')
  } catch {
    return undefined
  }
}
