import { inputsOf } from './card-walk.js'
import { type Fields, fieldsIn, isFields, own, textIn } from './fields.js'
import { GestureError } from './service-error.js'
import type { TeamsState } from './types.js'

/** What a person has put into an input; null empties it. */
export type InputValue = null | string | number | boolean | string[]
export type InputValues = { readonly [inputId: string]: InputValue }
export type ReadInputs = { values: Fields; errors: { [inputId: string]: string } }

/**
 * The values of a card's inputs as a client sends them: texts, empty ones left out, several choices joined by commas.
 * Throws GestureError `no_such_input` for a value that has no input.
 */
export function readInputs(state: TeamsState, card: Fields, given: InputValues): ReadInputs {
  const inputs = inputsOf(card)
  const known = new Set(inputs.map((input) => textIn(input, 'id')))
  if (Object.keys(given).some((id) => !known.has(id))) throw new GestureError('no_such_input')
  const result: ReadInputs = { values: {}, errors: {} }
  for (const input of inputs) {
    const id = textIn(input, 'id') ?? ''
    const value = asText(input, own(given, id))
    const problem =
      value === '' ? (input.isRequired === true ? 'required' : undefined) : wrong(state, input, value)
    if (problem !== undefined) result.errors[id] = textIn(input, 'errorMessage') ?? problem
    else if (value !== '') result.values[id] = value
  }
  return result
}

function asText(input: Fields, given: InputValue | undefined): string {
  if (input.type === 'Input.Toggle') return toggled(input, given)
  const value = given === undefined ? input.value : given
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function toggled(input: Fields, given: InputValue | undefined): string {
  const on = textIn(input, 'valueOn') ?? 'true'
  const off = textIn(input, 'valueOff') ?? 'false'
  const value = given === undefined ? (textIn(input, 'value') ?? off) : given
  return value === true || value === on ? on : off
}

function wrong(state: TeamsState, input: Fields, value: string): string | undefined {
  switch (input.type) {
    case 'Input.Text': {
      if (typeof input.maxLength === 'number' && value.length > input.maxLength) return 'too_long'
      return typeof input.regex === 'string' && !new RegExp(input.regex).test(value) ? 'pattern' : undefined
    }
    case 'Input.Number': {
      const number = Number(value)
      if (Number.isNaN(number)) return 'no_number'
      const tooLow = typeof input.min === 'number' && number < input.min
      const tooHigh = typeof input.max === 'number' && number > input.max
      return tooLow || tooHigh ? 'out_of_range' : undefined
    }
    case 'Input.Date':
      return /^\d{4}-\d\d-\d\d$/.test(value) ? outOfRange(input, value) : 'no_date'
    case 'Input.Time':
      return /^\d\d:\d\d$/.test(value) ? outOfRange(input, value) : 'no_time'
    case 'Input.Toggle':
      return input.isRequired === true && value !== (textIn(input, 'valueOn') ?? 'true')
        ? 'required'
        : undefined
    case 'Input.ChoiceSet': {
      const chosen = input.isMultiSelect === true ? value.split(',') : [value]
      return chosen.every((each) => isOffered(state, input, each)) ? undefined : 'no_such_choice'
    }
    default:
      return undefined
  }
}

function outOfRange(input: Fields, value: string): string | undefined {
  const tooLow = typeof input.min === 'string' && value < input.min
  const tooHigh = typeof input.max === 'string' && value > input.max
  return tooLow || tooHigh ? 'out_of_range' : undefined
}

/** A choice of the list, or anybody of the tenant where people are looked for. */
function isOffered(state: TeamsState, input: Fields, value: string): boolean {
  if (fieldsIn(input.choices).some((choice) => choice.value === value)) return true
  const query = input['choices.data']
  const isPeople = isFields(query) && String(query.dataset).startsWith('graph.microsoft.com/users')
  return isPeople && own(state.users, value) !== undefined
}
