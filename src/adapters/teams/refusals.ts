import { type Locale, t } from '../../i18n/t.js'
import { AppError } from '../../lib/errors.js'

/** Why an answer of ours replaces the desk's. */
export type Trouble = 'expired' | 'unreadable' | 'unclear' | { thrown: unknown; trace: string }

/** What the person is told, in their language. */
export function troubleText(trouble: Trouble, locale: Locale): string {
  if (trouble === 'expired') return t(locale, 'error.form.expired')
  if (trouble === 'unreadable') return t(locale, 'error.request.malformed')
  if (trouble === 'unclear') return t(locale, 'error.commit.unknown')
  if (trouble.thrown instanceof AppError) {
    const { code } = trouble.thrown
    if (code === 'database.unavailable' || code === 'commit.unknown' || code === 'commit.lost_race') {
      return t(locale, `error.${code}`)
    }
  }
  return t(locale, 'error.internal.bug', { trace: trouble.trace })
}
