import { ELEMENTS, OBJECTS, TEXTS } from './block-kit-elements.js'
import {
  BLOCK_OVERHEAD_CHARS,
  BLOCKS,
  BLOCKS_PER,
  HOME,
  MESSAGE_BLOCKS_CHARS,
  MODAL,
} from './block-kit-limits.js'
import type { Schema, Spec, Surface } from './block-kit-spec.js'
import { type Fields, isFields } from './fields.js'

/** A search that finds nothing answers an empty list. */
const OFFERED_OPTIONS: Spec = { is: 'list', of: { is: 'object', of: ['option'] }, min: 0, max: 100 }
const OFFERED_GROUPS: Spec = { is: 'list', of: { is: 'object', of: ['option_group'] }, min: 0, max: 100 }

/** What Slack objects to in a list of blocks; one line each, ending in a JSON pointer. Empty = all well. */
export function blockProblems(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  if (!Array.isArray(blocks)) return [problem('must be an array', at)]
  const max = BLOCKS_PER[surface]
  return [
    ...(blocks.length > max ? [problem(`no more than ${max} items allowed`, at)] : []),
    ...blocks.flatMap((each, n) => oneBlock(each, surface, `${at}/${n}`)),
    ...repeated(blocks, 'block_id', at),
  ]
}

/** What Slack objects to in a view (`/view/...` pointers). */
export function viewProblems(view: Fields): string[] {
  const { type, blocks } = view
  if (type !== 'modal' && type !== 'home') return [problem('unsupported type', '/view/type')]
  const problems = bySchema(view, type === 'modal' ? MODAL : HOME, '/view')
  if (blocks === undefined) return problems
  problems.push(...blockProblems(blocks, type, '/view/blocks'))
  if (!Array.isArray(blocks) || type === 'home') return problems
  if (blocks.length === 0) problems.push(problem('must have at least 1 item', '/view/blocks'))
  const hasInput = blocks.some((each) => isFields(each) && each.type === 'input')
  if (hasInput && view.submit === undefined) problems.push(problem('missing required field: submit', '/view'))
  return problems
}

/** What Slack objects to in the answer of an external menu: `options` or `option_groups`. */
export function optionListProblems(answer: Fields): string[] {
  const { options, option_groups: groups } = answer
  if (options === undefined && groups === undefined) return [problem('missing required field: options', '/')]
  return [
    ...(options === undefined ? [] : bySpec(options, OFFERED_OPTIONS, '/options')),
    ...(groups === undefined ? [] : bySpec(groups, OFFERED_GROUPS, '/option_groups')),
  ]
}

/** Whether the blocks of a message are, all together, longer than Slack takes. */
export function blocksTooLong(blocks: readonly unknown[]): boolean {
  const chars = blocks.reduce<number>((sum, each) => sum + BLOCK_OVERHEAD_CHARS + textLength(each), 0)
  return chars > MESSAGE_BLOCKS_CHARS
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0)
  if (!isFields(value)) return 0
  return Object.entries(value).reduce((sum, [name, each]) => {
    if (name === 'options' || name === 'option_groups') return sum
    return sum + (name === 'text' && typeof each === 'string' ? each.length : textLength(each))
  }, 0)
}

function problem(what: string, at: string): string {
  return `${what} [json-pointer:${at}]`
}

function oneBlock(value: unknown, surface: Surface, at: string): string[] {
  if (!isFields(value)) return [problem('must provide an object', at)]
  const schema =
    typeof value.type === 'string' && Object.hasOwn(BLOCKS, value.type) ? BLOCKS[value.type] : undefined
  if (!schema || (schema.surfaces && !schema.surfaces.includes(surface))) {
    return [problem(`unsupported type: ${String(value.type)}`, `${at}/type`)]
  }
  const elements = Array.isArray(value.elements)
    ? repeated(value.elements, 'action_id', `${at}/elements`)
    : []
  return [...bySchema(value, schema, at), ...elements]
}

function repeated(items: readonly unknown[], name: string, at: string): string[] {
  const seen = new Set<unknown>()
  return items.flatMap((each, n) => {
    const id = isFields(each) ? each[name] : undefined
    if (id === undefined) return []
    if (seen.has(id)) return [problem(`${name} already exists: ${String(id)}`, `${at}/${n}/${name}`)]
    seen.add(id)
    return []
  })
}

function bySchema(value: Fields, schema: Schema, at: string): string[] {
  const absent = schema.required.filter((name) => value[name] === undefined)
  const noneOf =
    schema.oneOf && !schema.oneOf.some((name) => value[name] !== undefined) ? [schema.oneOf.join(' or ')] : []
  return [
    ...[...absent, ...noneOf].map((name) => problem(`missing required field: ${name}`, at)),
    ...Object.entries(value).flatMap(([name, each]) => {
      if (each === undefined) return []
      const spec = Object.hasOwn(schema.props, name) ? schema.props[name] : undefined
      return spec
        ? bySpec(each, spec, `${at}/${name}`)
        : [problem(`invalid additional property: ${name}`, at)]
    }),
  ]
}

function bySpec(value: unknown, spec: Spec, at: string): string[] {
  switch (spec.is) {
    case 'anything':
      return []
    case 'boolean':
      return typeof value === 'boolean' ? [] : [problem('must provide a boolean', at)]
    case 'number':
      return aNumber(value, spec, at)
    case 'string':
      return aString(value, spec, at)
    case 'text':
      return aText(value, spec, at)
    case 'list':
      return aList(value, spec, at)
    case 'object':
      return anObject(value, spec.of, at)
    default:
      return spec satisfies never
  }
}

function aNumber(value: unknown, { min, max }: Spec & { is: 'number' }, at: string): string[] {
  if (typeof value !== 'number') return [problem('must provide a number', at)]
  if (min !== undefined && value < min) return [problem(`must be at least ${min}`, at)]
  return max !== undefined && value > max ? [problem(`must be at most ${max}`, at)] : []
}

function aString(value: unknown, { min = 0, max, oneOf }: Spec & { is: 'string' }, at: string): string[] {
  if (typeof value !== 'string') return [problem('must provide a string', at)]
  if (oneOf && !oneOf.includes(value)) return [problem(`must be one of: ${oneOf.join(', ')}`, at)]
  if (max !== undefined && value.length > max) return [problem(`must be less than ${max + 1} characters`, at)]
  return value.length < min ? [problem(`must be more than ${min - 1} characters`, at)] : []
}

function aText(
  value: unknown,
  { kinds = ['plain_text', 'mrkdwn'], max }: Spec & { is: 'text' },
  at: string,
): string[] {
  if (!isFields(value)) return [problem('must provide an object', at)]
  const schema = typeof value.type === 'string' && kinds.includes(value.type) ? TEXTS[value.type] : undefined
  if (!schema) return [problem(`must be of type ${kinds.join(' or ')}`, `${at}/type`)]
  return bySchema(value, { ...schema, props: { ...schema.props, text: { is: 'string', min: 1, max } } }, at)
}

function aList(value: unknown, { of, min = 0, max }: Spec & { is: 'list' }, at: string): string[] {
  if (!Array.isArray(value)) return [problem('must be an array', at)]
  const count =
    value.length > max
      ? [`no more than ${max} items allowed`]
      : value.length < min
        ? [`must have at least ${min} item`]
        : []
  return [
    ...count.map((what) => problem(what, at)),
    ...value.flatMap((each, n) => bySpec(each, of, `${at}/${n}`)),
  ]
}

/** Names are those of OBJECTS (which have no `type`), of ELEMENTS with the prefix `element:`, of BLOCKS or of TEXTS. */
function anObject(value: unknown, names: readonly string[], at: string): string[] {
  if (!isFields(value)) return [problem('must provide an object', at)]
  const untyped = names.length === 1 ? OBJECTS[names[0] ?? ''] : undefined
  if (untyped) return bySchema(value, untyped, at)
  const type = String(value.type)
  const element = names.includes(`element:${type}`) ? ELEMENTS[type] : undefined
  const schema = element ?? (names.includes(type) ? (TEXTS[type] ?? BLOCKS[type]) : undefined)
  return schema ? bySchema(value, schema, at) : [problem(`unsupported type: ${type}`, `${at}/type`)]
}
