import type { ActionValue, Card, Form } from '../../../src/cards/card.js'
import type { Words } from '../../../src/delivery/messenger.js'

/** Something that can be pressed, read from what was sent. `action` is what the messenger's own way back makes of it. */
export interface Pressable {
  label: string
  action: ActionValue | undefined
  /** The words of the question that is asked first. */
  asks?: string[]
  primary: boolean
}
export interface Input {
  name: string
  label: string
  required: boolean
  kind: 'text' | 'choice' | 'files'
  value?: string
  options?: { label: string; value: string }[]
}
export interface Sent {
  action: ActionValue
  values: Readonly<Record<string, string>>
}

/** A messenger's renderer, beside what reads its work as the messenger does and shares no code with it. */
export interface Renderer {
  name: 'slack' | 'teams' | 'feishu'
  /** A form's files cannot be asked for on every messenger: people send them in the chat. */
  asksForFiles: boolean
  /** What somebody writes elsewhere looks here as if they had written it here: `*bold*` is bold in their message. */
  keepsTypedStyles: boolean
  /** As sent, as plain JSON. */
  card(card: Card): unknown
  form(form: Form): unknown
  words(words: Words): unknown
  /** What the messenger would object to. */
  problems(sent: unknown, as: 'card' | 'form' | 'words'): string[]
  pressables(sent: unknown): Pressable[]
  links(sent: unknown): string[]
  inputs(form: unknown): Input[]
  /** What arrives when the form is sent in with these values. */
  submitted(form: unknown, values: Readonly<Record<string, string>>): Sent | undefined
  /** Every text that is read for markup, as the messenger shows it: words, and marks that are more than words. */
  read(sent: unknown): { shown: string; marks: string[] }
  /** Every text that is shown as it is: titles, labels, what stands in notifications. */
  plainly(sent: unknown): string[]
}

export const plainJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Every object in `value` for which `is` holds, outermost first, in order. */
export function objectsIn(value: unknown, is: (found: Found) => boolean): Found[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsIn(one, is))
  if (typeof value !== 'object' || value === null) return []
  const own = is(value as Found) ? [value as Found] : []
  return [...own, ...Object.values(value).flatMap((one) => objectsIn(one, is))]
}
export interface Found {
  [name: string]: unknown
}

/** The text at a path of names; empty where there is none. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = path.reduce<unknown>(
    (held, name) => (typeof held === 'object' && held !== null ? (held as Found)[name] : undefined),
    value,
  )
  return typeof found === 'string' ? found : ''
}
