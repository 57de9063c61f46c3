import type { CallbackValue } from '../action-codec.js'
import type { PlainText } from './escape.js'

/** The part of Card JSON 2.0 that we speak. Feishu refuses a card with an attribute it does not know. */

export interface Markdown {
  tag: 'markdown'
  content: string
  text_size?: 'notation'
}
export interface Rule {
  tag: 'hr'
}
export type Behavior = { type: 'callback'; value: CallbackValue } | { type: 'open_url'; default_url: string }
export interface CardButton {
  tag: 'button'
  text: PlainText
  type: 'default' | 'primary' | 'danger'
  behaviors: Behavior[]
  name?: string
  form_action_type?: 'submit'
  confirm?: { title: PlainText; text: PlainText }
}
export interface Select {
  tag: 'select_static'
  placeholder: PlainText
  options: { text: PlainText; value: string }[]
  name?: string
  required?: boolean
  initial_option?: string
  width?: 'fill'
  behaviors?: Behavior[]
}
export interface Input {
  tag: 'input'
  name: string
  label: PlainText
  label_position: 'top'
  required: boolean
  max_length: number
  width: 'fill'
  placeholder?: PlainText
  default_value?: string
  input_type?: 'multiline_text'
  rows?: number
}
export interface Column {
  tag: 'column'
  width: 'auto' | 'weighted'
  weight?: number
  vertical_align?: 'center' | 'top'
  elements: CardElement[]
}
export interface ColumnSet {
  tag: 'column_set'
  flex_mode: 'none' | 'flow' | 'bisect'
  horizontal_spacing: string
  columns: Column[]
}
export interface FormContainer {
  tag: 'form'
  name: string
  elements: CardElement[]
}
export type CardElement = Markdown | Rule | CardButton | Select | Input | ColumnSet | FormContainer

export type Template = 'blue' | 'green' | 'orange' | 'red' | 'grey'
/** A card as it is sent. Cards of this kind are always shared: everybody sees the same, and it can be updated. */
export interface FeishuCard {
  schema: '2.0'
  config: {
    update_multi: true
    width_mode: 'fill'
    enable_forward: boolean
    summary: { content: string }
  }
  header?: { title: PlainText; template: Template }
  body: { elements: CardElement[] }
}

const SPACING = '8px'

/** Elements side by side, on the next line where there is no room. */
export function flow(elements: readonly CardElement[]): ColumnSet {
  return {
    tag: 'column_set',
    flex_mode: 'flow',
    horizontal_spacing: SPACING,
    columns: elements.map((element) => ({ tag: 'column', width: 'auto', elements: [element] })),
  }
}

/** Two columns of one width. */
export function halves(elements: readonly CardElement[]): ColumnSet {
  return {
    tag: 'column_set',
    flex_mode: 'bisect',
    horizontal_spacing: SPACING,
    columns: elements.map((element) => ({
      tag: 'column',
      width: 'weighted',
      weight: 1,
      elements: [element],
    })),
  }
}

/** Words, and one control at their right. */
export function row(words: CardElement, control: CardElement): ColumnSet {
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: SPACING,
    columns: [
      { tag: 'column', width: 'weighted', weight: 1, vertical_align: 'center', elements: [words] },
      { tag: 'column', width: 'auto', vertical_align: 'center', elements: [control] },
    ],
  }
}

/** How many components Feishu counts in it: everything with a tag, texts included, to be on the safe side. */
export function componentsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + componentsIn(one), 0)
  if (typeof value !== 'object' || value === null) return 0
  const own = 'tag' in value ? 1 : 0
  return Object.values(value).reduce<number>((sum, one) => sum + componentsIn(one), own)
}

export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
