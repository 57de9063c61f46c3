import { type Fields, fieldsIn, isFields, textIn } from './fields.js'

export const MAX_COMPONENTS = 200
export const MAX_DEPTH = 5
export const MAX_CHARTS = 5
export const MAX_TABLES = 5
const NOT_IN_FORM = new Set(['form', 'table'])
const NEEDS_NAME = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
])

type Placed = { element: Fields; depth: number; form: Fields | undefined; where: string }

/** What no single component can know: how many there are, how deep they lie, whose names are taken, what a form needs. */
export function structureProblems(card: Fields): string[] {
  const body = isFields(card.body) ? card.body : {}
  const placed = placedIn(body, 1, undefined, '/body')
  return [
    ...sharingProblems(card),
    ...countProblems(card, placed),
    ...placed.flatMap(placeProblems),
    ...takenTwice(placed, 'element_id'),
    ...takenTwice(placed, 'name'),
    ...placed.filter(({ element }) => element.tag === 'form').flatMap((form) => formProblems(form, placed)),
  ]
}

function placedIn(container: Fields, depth: number, form: Fields | undefined, where: string): Placed[] {
  return (['elements', 'columns'] as const).flatMap((name) =>
    fieldsIn(container[name]).flatMap((element, n) => {
      const at = `${where}/${name}/${n}`
      // A column belongs to its set: the two are one level.
      const inner = element.tag === 'column_set' ? depth : depth + 1
      const inside = container.tag === 'form' ? container : form
      const self = { element, depth, form: inside, where: at }
      return element.tag === undefined ? [] : [self, ...placedIn(element, inner, inside, at)]
    }),
  )
}

function sharingProblems(card: Fields): string[] {
  const isExclusive = isFields(card.config) && card.config.update_multi === false
  return isExclusive ? ['/config/update_multi must be true: JSON 2.0 has shared cards only'] : []
}

function countProblems(card: Fields, placed: readonly Placed[]): string[] {
  let components = 0
  JSON.stringify(card, (name, value: unknown) => {
    if (name === 'tag' && typeof value === 'string') components += 1
    // A chart's and a callback's inside is not the card's.
    return name === 'chart_spec' || name === 'value' || name === 'rows' ? undefined : value
  })
  const count = (tag: string): number => placed.filter(({ element }) => element.tag === tag).length
  return [
    ...(components > MAX_COMPONENTS ? [`${components} components, more than ${MAX_COMPONENTS}`] : []),
    ...(count('chart') > MAX_CHARTS ? [`${count('chart')} charts, more than ${MAX_CHARTS}`] : []),
    ...(count('table') > MAX_TABLES ? [`${count('table')} tables, more than ${MAX_TABLES}`] : []),
  ]
}

function placeProblems({ element, depth, form, where }: Placed): string[] {
  const tag = String(element.tag)
  const inForm = form !== undefined
  const acts = element.form_action_type !== undefined
  return [
    ...(depth > MAX_DEPTH ? [`${where} lies deeper than ${MAX_DEPTH}`] : []),
    ...(tag === 'form' && depth > 1 ? [`${where} is a form below the root`] : []),
    ...(tag === 'table' && depth > 1 && !inForm ? [`${where} is a table below the root`] : []),
    ...(inForm && NOT_IN_FORM.has(tag) ? [`${where} is a ${tag} in a form`] : []),
    ...(inForm && NEEDS_NAME.has(tag) && !element.name ? [`${where} stands in a form without a name`] : []),
    ...(!inForm && tag === 'button' && acts ? [`${where} acts on a form but stands in none`] : []),
    ...(inForm && tag === 'button' && !element.name ? [`${where} stands in a form without a name`] : []),
    ...(tag === 'button' && !element.text && !element.icon ? [`${where} has neither text nor icon`] : []),
  ]
}

function takenTwice(placed: readonly Placed[], attribute: 'element_id' | 'name'): string[] {
  const seen = new Set<string>()
  return placed.flatMap(({ element, where }) => {
    const value = textIn(element, attribute)
    if (value === undefined) return []
    if (seen.has(value)) return [`${where}/${attribute} is taken: ${value}`]
    seen.add(value)
    return []
  })
}

function formProblems({ element: form, where }: Placed, placed: readonly Placed[]): string[] {
  const submits = placed.some(
    ({ element, form: around }) =>
      around === form &&
      (element.form_action_type === 'submit' ||
        fieldsIn(element.behaviors).some(({ behavior }) => behavior === 'submit')),
  )
  return submits ? [] : [`${where} has no button that submits it`]
}
