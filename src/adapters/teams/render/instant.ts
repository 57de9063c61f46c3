import type { Inline } from '../../../cards/text.js'

export type Instant = Extract<Inline, { kind: 'instant' }>

/**
 * An instant that Teams shows in the reader's own zone and language. It does so in the texts of cards only.
 * @see https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features#date-and-time-function-rules
 */
export function instantFunctions({ at, style }: Pick<Instant, 'at' | 'style'>): string {
  const stamp = at.toISOString().replace(/\.\d+Z$/, 'Z')
  const date = `{{DATE(${stamp}, SHORT)}}`
  const time = `{{TIME(${stamp})}}`
  return style === 'date' ? date : style === 'time' ? time : `${date} ${time}`
}
