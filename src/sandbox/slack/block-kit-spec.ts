/** The small language in which the tables of Block Kit are written. */
export type Surface = 'message' | 'modal' | 'home'

export type Spec =
  | { is: 'string'; max?: number; min?: number; oneOf?: readonly string[] }
  | { is: 'boolean' }
  | { is: 'number'; min?: number; max?: number }
  /** a text object; `kinds` absent = plain_text or mrkdwn */
  | { is: 'text'; max: number; kinds?: readonly string[] }
  /** one of those schemas, chosen by the object's `type`, or the only one named */
  | { is: 'object'; of: readonly string[] }
  | { is: 'list'; of: Spec; min?: number; max: number }
  | { is: 'anything' }

export type Schema = {
  required: readonly string[]
  props: { readonly [name: string]: Spec }
  /** at least one of these */
  oneOf?: readonly string[]
  surfaces?: readonly Surface[]
}

export const string = (max: number, min = 0): Spec => ({ is: 'string', max, min })
export const oneOf = (...values: string[]): Spec => ({ is: 'string', oneOf: values })
export const flag: Spec = { is: 'boolean' }
export const text = (max: number): Spec => ({ is: 'text', max })
export const plain = (max: number): Spec => ({ is: 'text', max, kinds: ['plain_text'] })
export const mrkdwn = (max: number): Spec => ({ is: 'text', max, kinds: ['mrkdwn'] })
export const object = (...of: string[]): Spec => ({ is: 'object', of })
export const list = (of: Spec, max: number, min = 1): Spec => ({ is: 'list', of, min, max })
export const strings = (max: number): Spec => list(string(255, 1), max, 0)

export const id = string(255)
