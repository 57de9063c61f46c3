import { z } from 'zod'
import type { ActionValue } from '../../cards/card.js'
import { actionSchema, verbSchema } from '../../intake/action-schema.js'
import { LIMITS } from './limits.js'

const ACTION = actionSchema(LIMITS.actionValue)
const CHOICE = z.union([z.tuple([verbSchema]), z.tuple([verbSchema, z.string()])])
const locale = z.string().max(35)
const FORM_STATE = z.strictObject({
  action: ACTION,
  locale,
  /** What the form is called, for the card that takes its place. */
  title: z.string().max(LIMITS.title),
})
/** What a form remembers between opening and submission, in its button's value. */
export type FormState = z.infer<typeof FORM_STATE>

/** The `value` of a callback: strings only, and one letter says what it is. */
export type CallbackValue = Record<string, string>

/** What the element that was pressed stands for. */
export type Meaning =
  | { kind: 'action'; action: ActionValue }
  | { kind: 'submit'; state: FormState }
  | { kind: 'cancel'; locale: string; title: string }

/** A button's value: the action as compact JSON, or nothing when it would be too long. */
export function encodeAction(action: ActionValue): CallbackValue | undefined {
  const a = JSON.stringify(ACTION.parse(action))
  return a.length <= LIMITS.actionValue ? { a } : undefined
}

/** A menu's value: the ticket that all its options are about. */
export function encodeMenu(about: string | undefined): CallbackValue {
  return { m: about ?? '' }
}

/** An option of a menu: the rest of the action. */
export function encodeChoice(action: ActionValue): string | undefined {
  const value = JSON.stringify(action.arg === undefined ? [action.verb] : [action.verb, action.arg])
  return value.length <= LIMITS.optionValue ? value : undefined
}

export function encodeSubmit(state: FormState): CallbackValue {
  return { f: JSON.stringify(FORM_STATE.parse(state)) }
}

export function encodeCancel(inLocale: string, title: string): CallbackValue {
  return { c: inLocale, t: title }
}

/** What a callback's `value` and, for a menu, its chosen option mean; nothing for a forged or damaged one. */
export function decodeValue(value: unknown, option: string | undefined): Meaning | undefined {
  const held = asRecord(value)
  if (held === undefined) return undefined
  const { a, m, f, c, t } = held
  if (typeof a === 'string') return actionOf(json(a))
  if (typeof m === 'string') return choiceOf(m, option)
  if (typeof f === 'string') {
    const read = FORM_STATE.safeParse(json(f))
    return read.success ? { kind: 'submit', state: read.data } : undefined
  }
  if (typeof c !== 'string' || c.length > 35) return undefined
  return { kind: 'cancel', locale: c, title: typeof t === 'string' ? t.slice(0, LIMITS.title) : '' }
}

/** Feishu hands a value back as an object, or as the text of one. */
function asRecord(value: unknown): Record<string, unknown> | undefined {
  const held = typeof value === 'string' ? json(value) : value
  return typeof held === 'object' && held !== null ? (held as Record<string, unknown>) : undefined
}

function actionOf(value: unknown): Meaning | undefined {
  const read = ACTION.safeParse(value)
  return read.success ? { kind: 'action', action: read.data } : undefined
}

function choiceOf(about: string, option: string | undefined): Meaning | undefined {
  const read = CHOICE.safeParse(json(option))
  if (!read.success) return undefined
  const [chosen, arg] = read.data
  return actionOf({
    verb: chosen,
    ...(about === '' ? {} : { ticketId: about }),
    ...(arg === undefined ? {} : { arg }),
  })
}

function json(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '')
  } catch {
    return undefined
  }
}
