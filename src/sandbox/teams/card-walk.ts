import { type Fields, isFields } from './fields.js'

/** Data, alternatives and what is nobody's to press. */
const SKIPPED = new Set(['data', 'fallback', 'refresh', 'authentication', 'msteams', 'choices', 'facts'])

function walk(value: unknown, visit: (element: Fields) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit)
    return
  }
  if (!isFields(value)) return
  if (typeof value.type === 'string') visit(value)
  const names = Object.keys(value).filter((name) => !SKIPPED.has(name))
  // A card's buttons stand below its body, wherever the JSON has them.
  const ordered = [
    ...names.filter((name) => name !== 'actions'),
    ...names.filter((name) => name === 'actions'),
  ]
  for (const name of ordered) walk(value[name], visit)
}

/** Everything that can be pressed, from top to bottom, in cards behind a button, too. */
export function actionsOf(card: Fields): Fields[] {
  const found: Fields[] = []
  walk(card, (element) => {
    if (String(element.type).startsWith('Action.')) found.push(element)
  })
  return found
}

/** Everything that can be filled in, from top to bottom. */
export function inputsOf(card: Fields): Fields[] {
  const found: Fields[] = []
  walk(card, (element) => {
    if (String(element.type).startsWith('Input.')) found.push(element)
  })
  return found
}

/** The action of that index, id, title or verb. */
export function actionNamed(card: Fields, name: number | string): Fields | undefined {
  const actions = actionsOf(card)
  if (typeof name === 'number') return actions[name]
  for (const key of ['id', 'title', 'verb']) {
    const found = actions.find((action) => action[key] === name)
    if (found) return found
  }
  return undefined
}
