import type { ActionValue, ActionVerb } from '../models/actions.js'
import type { Audience } from '../models/ticket/ticket.js'
import type { Text } from './text.js'

export type { ActionValue, ActionVerb } from '../models/actions.js'

export interface Button {
  kind: 'button'
  label: string
  action: ActionValue
  style?: 'primary' | 'danger'
  /** Asked before the click counts. */
  confirm?: { title: string; text: string; yes: string; no: string }
}
/** A drop-down whose chosen option is an action of its own. */
export interface Menu {
  kind: 'menu'
  label: string
  options: { label: string; action: ActionValue }[]
}
/** A link out of the messenger. */
export interface LinkButton {
  kind: 'link_button'
  label: string
  url: string
}
export type Control = Button | Menu | LinkButton

export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'danger'

/** What a card is made of. A renderer that misses one does not compile. */
export type Element =
  | { kind: 'text'; text: Text }
  /** Label–value pairs; short ones may stand side by side. */
  | { kind: 'facts'; facts: { label: string; value: Text }[] }
  /** Somebody's own words, set off from ours. */
  | { kind: 'quote'; text: Text }
  | { kind: 'small'; text: Text }
  | { kind: 'divider' }
  | { kind: 'files'; files: { name: string; bytes: number; url: string }[] }
  | { kind: 'controls'; controls: Control[] }
  /** Rows of a list: a text and one control. */
  | { kind: 'rows'; rows: { text: Text; control?: Button }[] }

/** People to whom a card that others see, too, has buttons of their own to offer, where a messenger can show that. */
export interface OwnView {
  /** Asks for it: the answer is the card as it stands before that person. */
  action: ActionValue
  /** Their user ids by messenger; whom it concerns most, first. */
  people: readonly Readonly<Record<string, string>>[]
}

/** The living picture of a ticket in one place, for one audience; or a list or message with buttons. */
export interface Card {
  audience: Audience
  locale: string
  title: string
  /** A line or two with buttons: renderers leave the title out as a heading. */
  compact?: true
  tone: Tone
  /** One line for notifications and screen readers: the whole card in a sentence. */
  summary: string
  elements: Element[]
  /** Shared, it says who may ask; asked for, that it is what was asked for. */
  ownView?: OwnView
}

export type Field =
  | {
      kind: 'text'
      name: string
      label: string
      hint?: string
      lines: 'one' | 'many'
      required: boolean
      maxLength: number
      value?: string
    }
  | {
      kind: 'choice'
      name: string
      label: string
      hint?: string
      required: boolean
      options: { label: string; value: string }[]
      value?: string
    }
  /** Somebody of the desk; `options` are the candidates. */
  | {
      kind: 'files'
      name: string
      label: string
      required: boolean
      maxFiles: number
    }
  | { kind: 'say'; text: Text }

/** What a person fills in: a modal, a dialog or a card in their DM, as the messenger has it. */
export interface Form {
  verb: ActionVerb
  ticketId?: string
  arg?: string
  locale: string
  title: string
  /** Absent on a form that only shows. */
  submit?: string
  cancel: string
  fields: Field[]
}
