import { localeOf, t } from '../../../i18n/t.js'
import { oneLine } from '../../../lib/shown-text.js'
import type { OutActivity } from '../connector.js'
import { LIMITS } from '../limits.js'
import { escapedHtml, plain } from './escape.js'

/** A file that waits for somebody to take it. */
export interface Offer {
  name: string
  bytes: number
  /** What the card gives back when it is answered. */
  token: string
  locale: string | undefined
}
/** A file where it lies once it is taken. */
export interface TakenFile {
  name: string
  contentUrl: string
  uniqueId: string
  fileType: string
}

/** Asks whether the person takes a file. */
export function renderOffer({ name, bytes, token, locale }: Offer): OutActivity {
  const context = { offer: token }
  const content = {
    description: t(localeOf(locale), 'file.offer'),
    sizeInBytes: bytes,
    acceptContext: context,
    declineContext: context,
  }
  return {
    type: 'message',
    summary: summaryOf(name),
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: plain(name, LIMITS.fileName),
        content,
      },
    ],
  }
}

/** Shows a file that was taken. */
export function renderTaken({ name, contentUrl, uniqueId, fileType }: TakenFile): OutActivity {
  return {
    type: 'message',
    summary: summaryOf(name),
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl,
        name,
        content: { uniqueId, fileType },
      },
    ],
  }
}

/** What became of a file that was not taken. */
export function renderFileLine(
  key: 'file.declined' | 'file.gone' | 'file.failed',
  name: string,
  locale: string | undefined,
): OutActivity {
  const text = `📎 ${t(localeOf(locale), key, { name: oneLine(name) })}`
  return {
    type: 'message',
    textFormat: 'xml',
    text: escapedHtml(text),
    summary: plain(text, LIMITS.summary),
  }
}

function summaryOf(name: string): string {
  return plain(`📎 ${name}`, LIMITS.summary)
}
