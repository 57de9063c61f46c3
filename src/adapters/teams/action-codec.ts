import { z } from 'zod'
import type { ActionValue, ActionVerb } from '../../cards/card.js'
import { actionSchema } from '../../intake/action-schema.js'
import { LIMITS } from './limits.js'

/** What a click on each verb may bring up: a form, or an answer and changed cards only. */
const VERBS = {
  claim: 'acts',
  assign: 'asks',
  reassign: 'asks',
  release: 'asks',
  reply: 'asks',
  note: 'asks',
  wait: 'asks',
  priority: 'asks',
  resolve: 'asks',
  confirm: 'acts',
  reopen: 'asks',
  withdraw: 'asks',
  dismiss: 'asks',
  urge: 'acts',
  ack: 'acts',
  why: 'asks',
  details: 'asks',
  add: 'asks',
  publish: 'acts',
  retract: 'acts',
  relocate: 'acts',
  new_ticket: 'acts',
  join: 'acts',
  ladder: 'asks',
  help: 'acts',
  mine: 'acts',
  queue: 'acts',
  show: 'acts',
  view: 'acts',
} as const satisfies Record<ActionVerb, 'asks' | 'acts'>

const ACTION = actionSchema(LIMITS.actionValue)

/**
 * Whether a click may open a form. Teams opens dialogs only for `task/fetch`, which must stand in the button; what asks
 * for nothing after all is answered with a short message in the dialog.
 */
export function mayAsk({ verb: name, arg }: ActionValue): boolean {
  // work that waited goes on without a question
  return VERBS[name] === 'asks' && !(name === 'wait' && arg === 'off')
}

/** An action as a button's data carries it, or nothing when it is too long. */
export function encodeAction(action: ActionValue): string | undefined {
  const value = JSON.stringify(ACTION.parse(action))
  return value.length <= LIMITS.actionValue ? value : undefined
}

/** The action that `value` carries; nothing for a forged or damaged one. */
export function decodeAction(value: unknown): ActionValue | undefined {
  if (typeof value !== 'string' || value.length > LIMITS.actionValue) return undefined
  try {
    const read = ACTION.safeParse(JSON.parse(value))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/** What is asked before a click counts. */
const QUESTION = z.strictObject({
  title: z.string(),
  text: z.string(),
  yes: z.string(),
  no: z.string(),
})
export type Question = z.infer<typeof QUESTION>

/** The data of a button: the action, or the input whose choice is one, and what else we must know when it comes back. */
export interface ButtonData {
  a?: string
  /** The id of the drop-down whose choice is the action. */
  menu?: string
  /** Asked first, in a dialog. */
  ask?: Question
  /** Set by the buttons of a form: its language. */
  form?: string
  msteams?: { type: 'task/fetch' }
}
const OURS = new Set(['a', 'menu', 'ask', 'form', 'msteams'])

export interface Pressed {
  action: ActionValue
  question?: Question
  /** The language of the form that was filled in. */
  form?: string
  /** What stood in inputs, by their names. */
  values: Record<string, string>
}

/** What the data of a click mean; nothing when they were forged or damaged. */
export function readData(data: Readonly<Record<string, unknown>>): Pressed | undefined {
  const action = decodeAction(typeof data.menu === 'string' ? data[data.menu] : data.a)
  if (action === undefined) return undefined
  const question = QUESTION.safeParse(data.ask).data
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(data)) {
    if (!OURS.has(name) && typeof value === 'string') values[name] = value
  }
  return {
    action,
    values,
    ...(question === undefined ? {} : { question }),
    ...(typeof data.form === 'string' ? { form: data.form.slice(0, 35) } : {}),
  }
}
