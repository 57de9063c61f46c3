import { LOCALES, type Locale, t } from '../../i18n/t.js'
import { AppError } from '../../lib/errors.js'

/** Why an answer of ours replaces the desk's. */
export type Trouble = 'expired' | 'unreadable' | { thrown: unknown; trace: string }

/** What the person is told, in their language. */
export function troubleText(trouble: Trouble, locale: Locale): string {
  if (trouble === 'expired') return t(locale, 'error.form.expired')
  if (trouble === 'unreadable') return t(locale, 'error.request.malformed')
  if (trouble.thrown instanceof AppError) {
    const { code } = trouble.thrown
    if (code === 'database.unavailable' || code === 'commit.unknown' || code === 'commit.lost_race') {
      return t(locale, `error.${code}`)
    }
  }
  return t(locale, 'error.internal.bug', { trace: trouble.trace })
}

/** A text in every language that we have: Feishu's client shows the reader's. */
export function inEveryLanguage(textIn: (locale: Locale) => string): Record<Locale, string> {
  return Object.fromEntries(LOCALES.map((locale) => [locale, textIn(locale)])) as Record<Locale, string>
}
