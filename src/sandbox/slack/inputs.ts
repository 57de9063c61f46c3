import { type Fields, fieldsIn, isFields, textIn } from './fields.js'
import { SlackError } from './slack-error.js'
import type { InputValue, SlackState, StateValues } from './types.js'

/** An interactive element with the block it stands in. */
export type Placed = { block: Fields; blockId: string; actionId: string; element: Fields }

/** Every interactive element of the blocks, nested ones included. */
export function elementsOf(blocks: readonly Fields[]): Placed[] {
  return blocks.flatMap((block) => [
    ...elementsIn(block).map((element) => ({
      block,
      blockId: String(block.block_id ?? ''),
      actionId: String(element.action_id),
      element,
    })),
    ...elementsOf([
      ...fieldsIn(block.child_blocks),
      ...(block.type === 'carousel' ? fieldsIn(block.elements) : []),
    ]),
  ])
}

function elementsIn(block: Fields): Fields[] {
  const all = [block.accessory, block.element, ...fieldsIn(block.elements), ...fieldsIn(block.actions)]
  return all.filter(isFields).filter((element) => typeof element.action_id === 'string')
}

/** Where each kind of element keeps what was chosen; what is not listed (buttons, overflow) keeps nothing. */
const SLOTS: Record<
  string,
  { slot: string; initial: string; kind: 'text' | 'option' | 'options' | 'ids' | 'number' | 'files' | 'json' }
> = {
  plain_text_input: { slot: 'value', initial: 'initial_value', kind: 'text' },
  email_text_input: { slot: 'value', initial: 'initial_value', kind: 'text' },
  url_text_input: { slot: 'value', initial: 'initial_value', kind: 'text' },
  number_input: { slot: 'value', initial: 'initial_value', kind: 'text' },
  static_select: { slot: 'selected_option', initial: 'initial_option', kind: 'option' },
  external_select: { slot: 'selected_option', initial: 'initial_option', kind: 'option' },
  radio_buttons: { slot: 'selected_option', initial: 'initial_option', kind: 'option' },
  multi_static_select: { slot: 'selected_options', initial: 'initial_options', kind: 'options' },
  multi_external_select: { slot: 'selected_options', initial: 'initial_options', kind: 'options' },
  checkboxes: { slot: 'selected_options', initial: 'initial_options', kind: 'options' },
  users_select: { slot: 'selected_user', initial: 'initial_user', kind: 'text' },
  channels_select: { slot: 'selected_channel', initial: 'initial_channel', kind: 'text' },
  conversations_select: { slot: 'selected_conversation', initial: 'initial_conversation', kind: 'text' },
  multi_users_select: { slot: 'selected_users', initial: 'initial_users', kind: 'ids' },
  multi_channels_select: { slot: 'selected_channels', initial: 'initial_channels', kind: 'ids' },
  multi_conversations_select: {
    slot: 'selected_conversations',
    initial: 'initial_conversations',
    kind: 'ids',
  },
  datepicker: { slot: 'selected_date', initial: 'initial_date', kind: 'text' },
  timepicker: { slot: 'selected_time', initial: 'initial_time', kind: 'text' },
  datetimepicker: { slot: 'selected_date_time', initial: 'initial_date_time', kind: 'number' },
  file_input: { slot: 'files', initial: '', kind: 'files' },
  rich_text_input: { slot: 'rich_text_value', initial: 'initial_value', kind: 'json' },
}

/** The options an element offers, groups flattened; `suggested` are those an external menu was last given. */
export function optionsOf(element: Fields, suggested: unknown): Fields[] {
  const grouped = fieldsIn(element.option_groups).flatMap((group) => fieldsIn(group.options))
  return [...fieldsIn(element.options), ...grouped, ...fieldsIn(suggested)]
}

/** What a fresh element holds, in the shape of view.state.values; undefined for one that holds nothing. */
export function initialValue(element: Fields): Fields | undefined {
  const type = textIn(element, 'type') ?? ''
  const slot = SLOTS[type]
  if (!slot) return undefined
  const empty = slot.kind === 'options' || slot.kind === 'ids' || slot.kind === 'files' ? [] : null
  return { type, [slot.slot]: element[slot.initial] ?? empty }
}

/** What an element holds after a person set it. Throws `no_such_option` for a choice it does not offer. */
export function chosenValue(
  element: Fields,
  value: InputValue,
  suggested: unknown,
  state: SlackState,
): Fields | undefined {
  const type = textIn(element, 'type') ?? ''
  const slot = SLOTS[type]
  if (!slot) return undefined
  const many = Array.isArray(value) ? value : value === null || value === '' ? [] : [String(value)]
  const single = many[0] ?? null
  const option = (wanted: string): Fields => {
    const found = optionsOf(element, suggested).find((each) => each.value === wanted)
    if (!found) throw new SlackError('no_such_option')
    return found
  }
  switch (slot.kind) {
    case 'text':
      return {
        type,
        [slot.slot]: single,
        ...(type === 'timepicker' ? { timezone: element.timezone ?? null } : {}),
      }
    case 'json':
      return { type, [slot.slot]: single === null ? null : richText(single) }
    case 'number':
      return { type, [slot.slot]: single === null ? null : Number(single) }
    case 'option':
      return { type, [slot.slot]: single === null ? null : option(single) }
    case 'options':
      return { type, [slot.slot]: many.map(option) }
    case 'ids':
      return { type, [slot.slot]: many }
    case 'files':
      return { type, [slot.slot]: many.map((id) => state.files[id]).filter((file) => file !== undefined) }
    default:
      return slot.kind satisfies never
  }
}

function richText(text: string): Fields {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] }
  return { type: 'rich_text', elements: [section] }
}

/** Whether an element holds anything. */
export function isFilled(held: Fields | undefined): boolean {
  if (!held) return false
  return Object.entries(held).some(([name, value]) => {
    if (name === 'type' || name === 'timezone' || value === null || value === '') return false
    return !(Array.isArray(value) && value.length === 0)
  })
}

/** The values of all elements that hold something: kept ones where they still fit, else the initial ones. */
export function valuesOf(blocks: readonly Fields[], kept: StateValues): StateValues {
  const values: StateValues = {}
  for (const { blockId, actionId, element } of elementsOf(blocks)) {
    const initial = initialValue(element)
    if (!initial) continue
    const before = kept[blockId]?.[actionId]
    const value = before && before.type === initial.type ? before : initial
    values[blockId] = { ...values[blockId], [actionId]: value }
  }
  return values
}
