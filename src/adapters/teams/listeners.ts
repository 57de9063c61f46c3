import type { Card } from '../../cards/card.js'
import { localeOf } from '../../i18n/t.js'
import type { Answer, InboundAction, InboundClick, InboundSubmit } from '../../intake/inbound.js'
import { type ByDeadline, byDeadline } from '../../lib/deadline.js'
import { newId } from '../../lib/ids.js'
import type { Logger } from '../../lib/logger.js'
import { encodeAction } from './action-codec.js'
import {
  answerInDialog,
  answerOnCard,
  dialog,
  dialogLine,
  type InvokeBody,
  noOwnCard,
  ownCard,
  toast,
} from './answers.js'
import type { Parsed, Where } from './parsed.js'
import { type Trouble, troubleText } from './refusals.js'
import { renderCard } from './render/card.js'
import { renderForm, renderQuestion } from './render/form.js'

export interface ListenerDeps {
  click: (click: InboundClick) => Promise<Answer>
  /** The names of those who have a view of their own of a card. */
  viewersOf: (card: Card) => Promise<string[]>
  /** Sends a card to somebody's own chat; never rejects. */
  sendDirect: (card: Card, where: Where) => Promise<void>
  /** Keeps work that goes on after the answer, for a stop to wait for. */
  later: (work: Promise<unknown>) => void
  logger: Logger
  /** An answer that takes longer than this comes in the person's chat. Teams waits for 15 s at most, often for less. */
  patienceMs: number
}
type ParsedAction = Extract<Parsed, { kind: 'action' }>
type ParsedSubmit = Extract<Parsed, { kind: 'submit' }>

export interface Listeners {
  onAction(parsed: ParsedAction): Promise<InvokeBody>
  onSubmit(parsed: ParsedSubmit): Promise<InvokeBody>
  /** Forged or damaged. */
  onUnreadable(parsed: Extract<Parsed, { kind: 'unreadable' }>): InvokeBody
}

/** What is done with clicks and forms: each is answered inside its request, whatever happens. */
export function createListeners({
  click,
  viewersOf,
  sendDirect,
  later,
  logger,
  patienceMs,
}: ListenerDeps): Listeners {
  function textOf(trouble: Trouble, where: { locale?: string }): string {
    return troubleText(trouble, localeOf(where.locale))
  }

  function troubled(error: unknown, key: string): Trouble {
    const trace = newId()
    logger.error('a click failed', { key, trace, cause: error })
    return { thrown: error, trace }
  }

  /** What comes after the deadline is only worth telling when it says something; the cards show the rest. */
  function afterwards(settled: Promise<ByDeadline<Answer>>, where: Where, key: string): void {
    const tell = async (): Promise<void> => {
      const result = await settled
      if (result.kind === 'failed') logger.error('a click failed late', { key, cause: result.error })
      if (result.kind === 'done' && result.value.kind === 'private')
        await sendDirect(result.value.card, where)
    }
    later(tell())
  }

  /** The answer in time; else the text that says what became of it. */
  async function answerTo(
    what: InboundClick,
    where: Where,
  ): Promise<{ answer: Answer } | { trouble: string }> {
    const result = await byDeadline(click(what), patienceMs)
    if (result.kind === 'done') return { answer: result.value }
    if (result.kind === 'failed') return { trouble: textOf(troubled(result.error, what.key), where) }
    logger.warn('a click took too long', { key: what.key })
    afterwards(result.settled, where, what.key)
    return { trouble: textOf('unclear', where) }
  }

  /** The form again, with what was typed and what is wrong with it: Teams has no other way to say it in a dialog. */
  async function formAgain(
    { click: submitted, where }: ParsedSubmit,
    errors: Record<string, string>,
  ): Promise<InvokeBody> {
    const { values, files: _none, ...rest } = submitted
    const opening: InboundAction = { ...rest, kind: 'action', key: `${submitted.key}:again` }
    const answered = await answerTo(opening, where)
    if ('answer' in answered && answered.answer.kind === 'form') {
      return dialog(renderForm(answered.answer.form, { values, errors }))
    }
    return dialogLine(Object.values(errors).join(' '))
  }

  /** A client asks for the card of whoever looks at it. What comes too late is not sent after them. */
  async function ownView({ click: action, where }: ParsedAction): Promise<InvokeBody> {
    const result = await byDeadline(click(action), patienceMs)
    if (result.kind === 'late') return noOwnCard(textOf('unclear', where))
    if (result.kind === 'failed') return noOwnCard(textOf(troubled(result.error, action.key), where))
    if (result.value.kind !== 'private') return noOwnCard(textOf('expired', where))
    const { card } = result.value
    if (card.ownView === undefined) return noOwnCard(card.summary)
    return ownCard(renderCard(card, 'message', await viewersOf(card)))
  }

  async function onPressed({
    click: action,
    where,
    dialog: inDialog,
    question,
  }: ParsedAction): Promise<InvokeBody> {
    if (question !== undefined) {
      const a = encodeAction(action.action)
      if (a !== undefined) return dialog(renderQuestion(question, a))
    }
    const answered = await answerTo(action, where)
    if ('trouble' in answered) {
      return inDialog === undefined ? toast(answered.trouble) : dialogLine(answered.trouble)
    }
    if (inDialog !== undefined) return answerInDialog(answered.answer, inDialog === 'open')
    const { body, direct } = answerOnCard(answered.answer, textOf('expired', where))
    if (answered.answer.kind === 'form')
      logger.error('a form for a button that opens none', { verb: action.action.verb })
    if (direct !== undefined) later(sendDirect(direct, where))
    return body
  }

  return {
    onAction: (parsed) =>
      parsed.click.action.verb === 'view' && parsed.dialog === undefined
        ? ownView(parsed)
        : onPressed(parsed),

    async onSubmit(parsed) {
      const { click: submitted, where }: { click: InboundSubmit; where: Where } = parsed
      const answered = await answerTo(submitted, where)
      if ('trouble' in answered) return dialogLine(answered.trouble)
      if (answered.answer.kind === 'field_errors') return formAgain(parsed, answered.answer.errors)
      return answerInDialog(answered.answer, true)
    },

    onUnreadable({ what, name, ...where }) {
      logger.warn('a click means nothing to us', { what })
      const text = textOf('expired', where)
      return name === 'adaptiveCard/action' ? toast(text) : dialogLine(text)
    },
  }
}
