import type { Fields } from '../fields.js'
import type { Tier } from '../rate-limits.js'
import { SlackError, validationError } from '../slack-error.js'
import type { Workspace } from '../workspace.js'

/** The arguments of a call, however they travelled. */
export type Args = {
  raw: Fields
  /** Text of an argument; undefined when absent or empty. */
  text(name: string): string | undefined
  /** The same, or `invalid_arguments`. */
  required(name: string): string
  flag(name: string): boolean
  number(name: string, fallback: number): number
  /** An argument that is JSON: parsed, or `undefined` when absent. Throws `code` when it is no JSON. */
  json(name: string, code: string): unknown
}

export type Method = {
  tier: Tier
  /** one of these must be granted; empty = none needed */
  scopes?: readonly string[]
  run(ws: Workspace, args: Args): Fields
}

/** Reads arguments from a decoded form or JSON body. */
export function toArgs(raw: Fields): Args {
  const text = (name: string): string | undefined => {
    const value = raw[name]
    if (typeof value === 'string') return value === '' ? undefined : value
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  }
  return {
    raw,
    text,
    required(name) {
      const value = text(name)
      if (value === undefined) throw validationError('invalid_arguments', [`missing required field: ${name}`])
      return value
    },
    flag: (name) => ['1', 'true'].includes(text(name) ?? ''),
    number(name, fallback) {
      const value = Number(text(name) ?? fallback)
      if (!Number.isFinite(value)) throw new SlackError('invalid_arguments')
      return value
    },
    json(name, code) {
      const value = raw[name]
      if (value === undefined || value === '' || value === null) return undefined
      if (typeof value !== 'string') return value
      try {
        return JSON.parse(value)
      } catch {
        throw new SlackError(code)
      }
    },
  }
}

/** Throws `missing_scope` unless the token carries one of the scopes. */
export function requireScope(ws: Workspace, ...scopes: string[]): void {
  if (scopes.length === 0 || scopes.some((scope) => ws.scopes.has(scope))) return
  throw new SlackError('missing_scope', { needed: scopes.join(','), provided: [...ws.scopes].join(',') })
}
