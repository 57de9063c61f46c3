import { z } from 'zod'
import { deskFileSchema } from './desk-file.js'

export type JsonSchema = z.core.JSONSchema.BaseSchema
let written: JsonSchema | undefined

/** @returns the JSON Schema (draft 2020-12) of desk.yaml as an author writes it, for editors. Not to be changed. */
export function deskJsonSchema(): JsonSchema {
  written ??= z.toJSONSchema(deskFileSchema, { io: 'input', unrepresentable: 'any' })
  return written
}
