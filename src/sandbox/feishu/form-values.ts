import { interactiveParts } from './card-parts.js'
import { type Fields, fieldsIn, textIn } from './fields.js'

/** What a person puts into an input: a text, an option's value, several of them, or whether it is ticked. */
export type InputValue = string | string[] | boolean
export type Values = { [name: string]: InputValue }
export type Read = { value: InputValue | undefined; error?: 'required' | 'too_long' | 'no_such_option' }

/** Feishu tells a date with the offset of the person's zone; everybody here lives in China. */
const OFFSET = '+0800'
export const TIMEZONE = 'Asia/Shanghai'
const DEFAULT_MAX_LENGTH = 1000

/** What an input holds once a person has given it a value, or left it as the card has it. */
export function readInput(element: Fields, given: InputValue | undefined): Read {
  const value = typed(element, given ?? initial(element))
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  if (isEmpty) {
    const kept = element.tag === 'input' ? '' : undefined
    return element.required === true ? { value: kept, error: 'required' } : { value: kept }
  }
  const error = problem(element, value)
  return error === undefined ? { value } : { value, error }
}

function initial(element: Fields): InputValue | undefined {
  switch (element.tag) {
    case 'input':
      return textIn(element, 'default_value')
    case 'select_static':
    case 'select_person':
      return textIn(element, 'initial_option')
    case 'multi_select_static':
    case 'multi_select_person':
      return Array.isArray(element.selected_values) ? element.selected_values.map(String) : undefined
    case 'checker':
      return element.checked === true
    default:
      return textIn(element, `initial_${String(element.tag).replace('picker_', '').replace('_picker', '')}`)
  }
}

function typed(element: Fields, value: InputValue | undefined): InputValue | undefined {
  const isDate = ['date_picker', 'picker_time', 'picker_datetime'].includes(String(element.tag))
  if (!isDate || typeof value !== 'string' || value === '' || /[+-]\d{4}$/.test(value)) return value
  return `${value} ${OFFSET}`
}

function problem(element: Fields, value: InputValue): Read['error'] {
  if (element.tag === 'input') {
    const max = typeof element.max_length === 'number' ? element.max_length : DEFAULT_MAX_LENGTH
    return String(value).length > max ? 'too_long' : undefined
  }
  const options = fieldsIn(element.options).map((option) => textIn(option, 'value'))
  // A select of persons without options offers everybody in the chat.
  if (options.length === 0) return undefined
  const chosen = Array.isArray(value) ? value : [String(value)]
  return chosen.every((each) => options.includes(each)) ? undefined : 'no_such_option'
}

/** A form's values as the callback tells them, and what the client objects to, by name. */
export function readForm(
  form: Fields,
  values: Values,
): { formValue: Fields; errors: { [name: string]: string } } {
  const inputs = interactiveParts({ body: form }).filter(({ element }) => element.tag !== 'button')
  const formValue: Fields = {}
  const errors: { [name: string]: string } = {}
  for (const { element } of inputs) {
    const name = textIn(element, 'name') ?? ''
    const { value, error } = readInput(element, Object.hasOwn(values, name) ? values[name] : undefined)
    if (value !== undefined) formValue[name] = value
    if (error !== undefined) errors[name] = error
  }
  return { formValue, errors }
}
