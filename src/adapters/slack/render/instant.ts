import type { Inline } from '../../../cards/text.js'
import { writtenOut } from '../../../cards/written-out.js'
import { escaped } from './escape.js'

type Instant = Extract<Inline, { kind: 'instant' }>

const FORMS = {
  time: '{time}',
  date: '{date_short_pretty}',
  date_time: '{date_short_pretty} {time}',
} as const

/** An instant that Slack shows in the reader's own zone; where it cannot, the given zone, named. */
export function instant({ at, style, zone, locale }: Instant): string {
  const fallback = escaped(writtenOut({ at, style, zone, locale })).replace(/[|^]/g, ' ')
  return `<!date^${Math.floor(at.getTime() / 1000)}^${FORMS[style]}|${fallback}>`
}
