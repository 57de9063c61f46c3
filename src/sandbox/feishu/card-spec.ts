/** The small language in which the tables of Card 2.0 are written. */
export type Spec =
  | { is: 'string'; max?: number; oneOf?: readonly string[]; like?: RegExp }
  | { is: 'boolean' }
  | { is: 'number'; min: number; max: number }
  /** any JSON object */
  | { is: 'object' }
  /** an object with the attributes of that part, which has no tag of its own */
  | { is: 'part'; of: string }
  /** an object whose tag is one of these */
  | { is: 'tagged'; of: readonly string[] }
  | { is: 'list'; of: Spec; min: number; max: number }
  | { is: 'either'; of: readonly Spec[] }
  /** elements that may stand in that kind of container */
  | { is: 'elements'; min: number }

export type Schema = { required: readonly string[]; attributes: { readonly [name: string]: Spec } }

export const string = (max = 30_000): Spec => ({ is: 'string', max })
export const oneOf = (...values: string[]): Spec => ({ is: 'string', oneOf: values })
export const like = (pattern: RegExp): Spec => ({ is: 'string', like: pattern })
export const flag: Spec = { is: 'boolean' }
export const number = (min: number, max: number): Spec => ({ is: 'number', min, max })
export const anyObject: Spec = { is: 'object' }
export const part = (of: string): Spec => ({ is: 'part', of })
export const tagged = (...of: string[]): Spec => ({ is: 'tagged', of })
export const list = (of: Spec, max: number, min = 1): Spec => ({ is: 'list', of, min, max })
export const either = (...of: Spec[]): Spec => ({ is: 'either', of })
export const elements = (min = 0): Spec => ({ is: 'elements', min })

export const plainText = tagged('plain_text')
export const text = tagged('plain_text', 'lark_md')
/** `12px`, or up to four of them; negative ones are allowed in margins only, down to -99 */
export const padding = like(/^\d{1,2}px( \d{1,2}px){0,3}$/)
export const margin = like(/^-?\d{1,2}px( -?\d{1,2}px){0,3}$/)
export const spacing = either(oneOf('small', 'medium', 'large', 'extra_large'), like(/^\d{1,2}px$/))
export const width = either(oneOf('default', 'fill', 'auto'), like(/^\d{1,4}px$/))
export const horizontalAlign = oneOf('left', 'center', 'right')
export const verticalAlign = oneOf('top', 'center', 'bottom')
export const direction = oneOf('vertical', 'horizontal')
/** a name of the palette with a shade, or an rgba() */
export const colour = like(/^([a-z]+(-\d{2,3})?|rgba?\([\d., %]+\))$/)
export const elementId = like(/^[A-Za-z][A-Za-z0-9_]{0,19}$/)
