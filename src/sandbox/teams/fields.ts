/** A JSON object whose fields are looked at one by one. */
export type Fields = { [key: string]: unknown }

/** Whether it is a JSON object (not an array, not null). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list; anything else in it is left out. Returns an empty list for what is no list. */
export function fieldsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** The text under a name, or undefined. */
export function textIn(value: unknown, name: string): string | undefined {
  const found = isFields(value) ? value[name] : undefined
  return typeof found === 'string' ? found : undefined
}

/** What a record holds under a name that came from outside; never what it inherits. */
export function own<T>(record: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
