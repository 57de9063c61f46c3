import { deskJsonSchema, type JsonSchema } from './desk-json-schema.js'
import type { DeskPath } from './desk-problem.js'

/** @returns the keys that may stand in the map at `path`. */
export function allowedKeys(path: DeskPath): string[] {
  let schemas: JsonSchema[] = [deskJsonSchema()]
  for (const step of path) schemas = schemas.flatMap(branches).flatMap((schema) => stepInto(schema, step))
  return schemas.flatMap(branches).flatMap((schema) => Object.keys(schema.properties ?? {}))
}

function branches(schema: JsonSchema): JsonSchema[] {
  return [
    schema,
    ...[...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((inner) =>
      asSchemas(inner).flatMap(branches),
    ),
  ]
}

function stepInto(schema: JsonSchema, step: string | number): JsonSchema[] {
  if (typeof step === 'number') return asSchemas(schema.items)
  return asSchemas(schema.properties?.[step] ?? schema.additionalProperties)
}

function asSchemas(inner: unknown): JsonSchema[] {
  if (Array.isArray(inner)) return inner.flatMap(asSchemas)
  return typeof inner === 'object' && inner !== null ? [inner as JsonSchema] : []
}
