import type { Card } from '../../cards/card.js'
import type { Messenger } from '../../delivery/messenger.js'
import type { Answer } from '../../intake/inbound.js'
import type { Logger } from '../../lib/logger.js'
import { PLATFORM } from './addresses.js'
import { LIMITS } from './limits.js'
import type { Where } from './parsed.js'
import type { AdaptiveCard } from './render/elements.js'
import { plain } from './render/escape.js'
import { type DialogInfo, renderCardDialog, renderForm } from './render/form.js'

/** What an invoke is answered with, always with HTTP 200: any other status shows people an error of Teams' own. */
export type InvokeBody =
  | { statusCode: 200; type: 'application/vnd.microsoft.activity.message'; value: string }
  /** In place of the card, for this person. */
  | { statusCode: 200; type: 'application/vnd.microsoft.card.adaptive'; value: AdaptiveCard }
  | {
      statusCode: 400
      type: 'application/vnd.microsoft.error'
      value: { code: 'BadRequest'; message: string }
    }
  | { task: { type: 'continue'; value: DialogInfo } | { type: 'message'; value: string } }
  /** Closes the dialog. */
  | undefined
/** Said where nothing else is to be said; it needs no language. */
const DONE = '✓'

/** A line that the person who clicked on a card sees for a moment. */
export function toast(text: string): InvokeBody {
  return {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: plain(text, LIMITS.summary),
  }
}

/** The card as one person sees it. */
export function ownCard(value: AdaptiveCard): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value }
}

/** The card that everybody sees stays: nobody is told, unless they asked for another by its menu. */
export function noOwnCard(text: string): InvokeBody {
  const message = plain(text, LIMITS.summary)
  return { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message } }
}

/** A line in the dialog that a click opened. */
export function dialogLine(text: string): InvokeBody {
  return { task: { type: 'message', value: plain(text, LIMITS.summary) } }
}

export function dialog(value: DialogInfo): InvokeBody {
  return { task: { type: 'continue', value } }
}

/** An answer to a click on a card, and the card that follows in the person's own chat, if a line cannot say it. */
export function answerOnCard(answer: Answer, expired: string): { body: InvokeBody; direct?: Card } {
  switch (answer.kind) {
    case 'nothing':
      return { body: toast(DONE) }
    case 'private':
      return {
        body: toast(answer.card.summary),
        ...(isLine(answer.card) ? {} : { direct: answer.card }),
      }
    case 'form':
      // A button whose click may open a form asks for a dialog; this one did not, and Teams opens none now.
      return { body: toast(expired) }
    case 'field_errors':
      return { body: toast(Object.values(answer.errors).join(' ')) }
    default:
      return answer satisfies never
  }
}

/** An answer in a dialog. `isOpen`: the person sees one, which can be closed by saying nothing. */
export function answerInDialog(answer: Answer, isOpen: boolean): InvokeBody {
  switch (answer.kind) {
    case 'nothing':
      return isOpen ? undefined : dialogLine(DONE)
    case 'private':
      return isLine(answer.card) ? dialogLine(answer.card.summary) : dialog(renderCardDialog(answer.card))
    case 'form':
      return dialog(renderForm(answer.form))
    case 'field_errors':
      return dialogLine(Object.values(answer.errors).join(' '))
    default:
      return answer satisfies never
  }
}

/** Whether a card's summary says all there is: words without anything to press or to list. */
function isLine({ elements }: Card): boolean {
  return (
    elements.length <= 1 && elements.every((element) => element.kind === 'text' || element.kind === 'small')
  )
}

/** Sends somebody a card in their own chat: what they asked for on a shared one. Never throws. */
export async function sendDirect(
  messenger: Messenger,
  card: Card,
  { userId, conversation, isDirect }: Where,
  logger: Logger,
): Promise<void> {
  const opened = isDirect
    ? ({ kind: 'sent', value: conversation } as const)
    : await messenger.openDirect(userId)
  const sent =
    opened.kind === 'sent'
      ? await messenger.postCard({ platform: PLATFORM, conversation: opened.value }, card, '')
      : opened
  if (sent.kind !== 'sent') logger.warn('an answer did not arrive', { outcome: sent })
}
