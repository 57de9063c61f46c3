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

/** The text in a field, or undefined. */
export function textIn(value: Fields, name: string): string | undefined {
  const found = value[name]
  return typeof found === 'string' ? found : undefined
}

/** A JSON text as an object; undefined for anything else. */
export function parseFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What a record holds under a name that came from outside; never what it inherits. */
export function own<T>(record: { [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
