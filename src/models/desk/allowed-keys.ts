import { z } from 'zod'
import { deskFileSchema } from './desk-file.js'
import type { DeskPath } from './desk-problem.js'

type JsonSchema = z.core.JSONSchema.BaseSchema
let written: JsonSchema | undefined

/** @returns the JSON Schema (draft 2020-12) of desk.yaml as an author writes it, for editors. */
export function deskJsonSchema(): JsonSchema {
  written ??= z.toJSONSchema(deskFileSchema, { io: 'input', unrepresentable: 'any' })
  return written
}

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
