import { ELEMENTS } from './card-elements.js'
import { INLINE, PARTS } from './card-objects.js'
import { MAX_CARD_BYTES } from './card-size.js'
import type { Schema, Spec } from './card-spec.js'
import { structureProblems } from './card-structure.js'
import { isFields } from './fields.js'

/** What is wrong with a card as Card JSON 2.0: one line per problem, with a path. Empty for a card that can be built. */
export function cardProblems(card: unknown): string[] {
  if (!isFields(card)) return ['the card is not an object']
  if (card.schema !== '2.0') return ['/schema must be "2.0"']
  const bytes = Buffer.byteLength(JSON.stringify(card))
  const tooLong = bytes > MAX_CARD_BYTES ? [`the card has ${bytes} bytes, more than ${MAX_CARD_BYTES}`] : []
  return [...tooLong, ...partProblems(PARTS.card, card, ''), ...structureProblems(card)]
}

export type TableRow = { tag: string; attributes: string[]; required: string[] }

/** Every component of the subset with the attributes it may and must have, for reading. */
export function cardTable(): TableRow[] {
  return Object.entries({ ...ELEMENTS, ...INLINE }).map(([tag, { attributes, required }]) => ({
    tag,
    attributes: Object.keys(attributes),
    required: ['tag', ...required],
  }))
}

function partProblems(schema: Schema | undefined, value: unknown, where: string): string[] {
  if (!schema) return [`${where} is of an unknown kind`]
  if (!isFields(value)) return [`${where} must be an object`]
  const missing = schema.required
    .filter((name) => value[name] === undefined)
    .map((name) => `${where}/${name} is missing`)
  const wrong = Object.entries(value).flatMap(([name, held]) => {
    const spec = Object.hasOwn(schema.attributes, name) ? schema.attributes[name] : undefined
    return spec ? problems(spec, held, `${where}/${name}`) : [`${where}/${name} is an unknown attribute`]
  })
  return [...missing, ...wrong]
}

function problems(spec: Spec, value: unknown, where: string): string[] {
  switch (spec.is) {
    case 'string':
      return stringProblems(spec, value, where)
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${where} must be true or false`]
    case 'number': {
      const fits = typeof value === 'number' && value >= spec.min && value <= spec.max
      return fits ? [] : [`${where} must be a number from ${spec.min} to ${spec.max}`]
    }
    case 'object':
      return isFields(value) ? [] : [`${where} must be an object`]
    case 'part':
      return spec.of === 'behavior'
        ? behaviorProblems(value, where)
        : partProblems(PARTS[spec.of], value, where)
    case 'tagged':
      return taggedProblems(spec.of, value, where)
    case 'list':
      return listProblems(spec, value, where)
    case 'either':
      return eitherProblems(spec.of, value, where)
    case 'elements':
      return elementsProblems(spec.min, value, where)
    default:
      return spec satisfies never
  }
}

function stringProblems(spec: Spec & { is: 'string' }, value: unknown, where: string): string[] {
  if (typeof value !== 'string') return [`${where} must be a string`]
  if (spec.max !== undefined && value.length > spec.max) return [`${where} is longer than ${spec.max}`]
  if (spec.oneOf && !spec.oneOf.includes(value)) return [`${where} must be one of ${spec.oneOf.join(', ')}`]
  return spec.like && !spec.like.test(value) ? [`${where} has not the form it must have`] : []
}

function listProblems(spec: Spec & { is: 'list' }, value: unknown, where: string): string[] {
  if (!Array.isArray(value)) return [`${where} must be a list`]
  const count = value.length
  const size = count < spec.min || count > spec.max ? [`${where} must hold ${spec.min} to ${spec.max}`] : []
  return [...size, ...value.flatMap((item, n) => problems(spec.of, item, `${where}/${n}`))]
}

function eitherProblems(specs: readonly Spec[], value: unknown, where: string): string[] {
  const tried = specs.map((spec) => problems(spec, value, where))
  return tried.some((found) => found.length === 0) ? [] : (tried[0] ?? [])
}

function taggedProblems(tags: readonly string[], value: unknown, where: string): string[] {
  if (!isFields(value)) return [`${where} must be an object`]
  const tag = String(value.tag)
  if (!tags.includes(tag)) return [`${where}/tag must be one of ${tags.join(', ')}`]
  return partProblems({ ...INLINE, ...ELEMENTS }[tag], value, where)
}

function elementsProblems(min: number, value: unknown, where: string): string[] {
  if (!Array.isArray(value)) return [`${where} must be a list`]
  const few = value.length < min ? [`${where} must not be empty`] : []
  const inner = value.flatMap((element, n) => {
    const at = `${where}/${n}`
    if (!isFields(element)) return [`${at} must be an object`]
    const tag = String(element.tag)
    // A column stands among columns only.
    const schema = Object.hasOwn(ELEMENTS, tag) && tag !== 'column' ? ELEMENTS[tag] : undefined
    return schema ? partProblems(schema, element, at) : [`${at}/tag is unknown: ${tag}`]
  })
  return [...few, ...inner]
}

function behaviorProblems(value: unknown, where: string): string[] {
  const type = isFields(value) ? String(value.type) : ''
  const known = ['callback', 'open_url', 'form_action'].includes(type)
  return known ? partProblems(PARTS[type], value, where) : [`${where}/type is unknown: ${type}`]
}
