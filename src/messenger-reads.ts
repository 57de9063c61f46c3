import type { Messenger, Outcome } from './delivery/messenger.js'
import type { FetchedFile, MessengerReads } from './flows/services.js'
import { localeOf } from './i18n/t.js'
import type { LookUp } from './intake/identify.js'

/** What flows and intake may ask of the messengers, in their own terms. */
export function askMessengers(messengers: Readonly<Record<string, Messenger>>): {
  reads: MessengerReads
  lookUp: LookUp
} {
  return {
    reads: {
      file: async (platform, file, maxBytes): Promise<FetchedFile> => {
        const outcome = await messengers[platform]?.fetchFile(file, maxBytes)
        if (outcome?.kind === 'sent') return { kind: 'fetched', bytes: outcome.value }
        if (outcome?.kind === 'rejected') return { kind: 'too_large' }
        return outcome && isPassing(outcome) ? { kind: 'later' } : { kind: 'gone' }
      },
      direct: async (platform, userId) => {
        const outcome = await messengers[platform]?.openDirect(userId)
        return outcome?.kind === 'sent' ? outcome.value : undefined
      },
    },
    lookUp: async (platform, userId) => {
      const outcome = await messengers[platform]?.profile(userId)
      if (outcome?.kind !== 'sent') return outcome?.kind === 'gone' ? 'gone' : undefined
      const { name, email, locale, zone, isBot, isGuest } = outcome.value
      return {
        name,
        isBot,
        ...(email && !isGuest ? { email } : {}),
        ...(locale ? { locale: localeOf(locale) } : {}),
        ...(zone ? { zone } : {}),
      }
    },
  }
}

const isPassing = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'rate_limited' || outcome.kind === 'transient' || outcome.kind === 'unknown'
