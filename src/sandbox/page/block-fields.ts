import type { Fields } from '../slack/types.js'
import { decode } from './mrkdwn.js'

/** Reading of Block Kit as it comes over the wire: each returns nothing for what is not there. */
export function object(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

export function objects(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(object).filter((each) => each !== undefined) : []
}

export function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The words of a text object, as they are shown. */
export function textOf(value: unknown): string {
  return decode(string(object(value)?.text) ?? '')
}

export type Choice = { label: string; value: string; description?: string }
export type ChoiceGroup = { label?: string; choices: Choice[] }

/** What a menu offers, in its groups. */
export function choicesOf(element: Fields): ChoiceGroup[] {
  const groups = objects(element.option_groups)
  if (groups.length > 0) {
    return groups.map((group) => ({
      label: textOf(group.label),
      choices: objects(group.options).map(choice),
    }))
  }
  return [{ choices: objects(element.options).map(choice) }]
}

export function choice(option: Fields): Choice {
  const description = textOf(option.description)
  return {
    label: textOf(option.text),
    value: string(option.value) ?? '',
    ...(description === '' ? {} : { description }),
  }
}

export type Confirm = { title: string; text: string; yes: string; no: string; danger: boolean }

/** The question that an element asks before it acts. */
export function confirmOf(element: Fields): Confirm | undefined {
  const confirm = object(element.confirm)
  if (!confirm) return undefined
  return {
    title: textOf(confirm.title),
    text: string(object(confirm.text)?.text) ?? '',
    yes: textOf(confirm.confirm),
    no: textOf(confirm.deny),
    danger: confirm.style === 'danger',
  }
}
