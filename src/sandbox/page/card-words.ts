import type { Fields } from '../slack/types.js'

/** The verbs of the program that the page looks for by name. */
const VERBS =
  'claim|assign|reassign|release|reply|note|wait|priority|resolve|confirm|reopen|withdraw|dismiss|urge|ack|why|details|add|new_ticket|join'
const QUOTED_VERB = new RegExp(`"(${VERBS})"`)
/** The heading of a ticket's card: its number first, maybe after a sign. What is told about a ticket begins otherwise. */
const CARD_HEADING = /^[^\p{L}\p{N}]*(20\d{2}(?:0[1-9]|1[0-2])\d{4,})\b/u

/** The ticket whose number stands first in a card's heading. */
export function numberIn(heading: string | undefined): string | undefined {
  return CARD_HEADING.exec(heading ?? '')?.[1]
}

/** The verb in what a button carries, whichever way an adapter writes it. */
export function verbIn(value: unknown): string | undefined {
  // JSON within JSON has its quotes escaped.
  return QUOTED_VERB.exec((JSON.stringify(value) ?? '').replaceAll('\\', ''))?.[1]
}

/** Every object within a value, the outer ones first; `into` says which to look into. */
export function objectsWithin(value: unknown, into: (fields: Fields) => boolean = () => true): Fields[] {
  if (Array.isArray(value)) return value.flatMap((each) => objectsWithin(each, into))
  if (typeof value !== 'object' || value === null) return []
  const fields = value as Fields
  if (!into(fields)) return []
  return [fields, ...Object.values(fields).flatMap((each) => objectsWithin(each, into))]
}

/** What stands in a value under these names, in its order. */
export function textsWithin(
  value: unknown,
  names: readonly string[],
  into?: (fields: Fields) => boolean,
): string[] {
  return objectsWithin(value, into).flatMap((fields) =>
    names.map((name) => fields[name]).filter((text) => typeof text === 'string'),
  )
}

/** How a text begins, without the signs of its formatting. */
export function headOf(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 80)
}
