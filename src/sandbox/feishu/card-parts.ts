import { type Fields, fieldsIn, isFields, textIn } from './fields.js'

/** Something in a card that can be used, and the form it stands in. */
export type CardPart = { element: Fields; form?: Fields }

const NESTS = ['elements', 'columns'] as const
const INTERACTIVE = new Set([
  'button',
  'overflow',
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
  'interactive_container',
])

/** Everything in a card that can be used, in the order of reading. */
export function interactiveParts(card: Fields): CardPart[] {
  return isFields(card.body) ? partsIn(card.body, undefined) : []
}

function partsIn(container: Fields, form: Fields | undefined): CardPart[] {
  return NESTS.flatMap((name) => fieldsIn(container[name])).flatMap((element) => {
    const inside = partsIn(element, element.tag === 'form' ? element : form)
    const self = INTERACTIVE.has(String(element.tag)) ? [{ element, ...(form ? { form } : {}) }] : []
    return [...self, ...inside]
  })
}

/** The part a person means: the n-th button, or what bears that element_id, name or label. */
export function findPart(card: Fields, action: number | string): CardPart | undefined {
  const parts = interactiveParts(card)
  if (typeof action === 'number') return parts.filter(({ element }) => element.tag === 'button')[action]
  return (
    parts.find(({ element }) => element.element_id === action || element.name === action) ??
    parts.find(({ element }) => labelOf(element) === action)
  )
}

/** What stands on it; a menu shows its placeholder. */
function labelOf({ text, placeholder }: Fields): string | undefined {
  const label = isFields(text) ? text : placeholder
  return isFields(label) ? textIn(label, 'content') : undefined
}
