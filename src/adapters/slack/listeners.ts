import type { ViewResponseAction } from '@slack/bolt'
import { type Locale, localeOf } from '../../i18n/t.js'
import type { Answer, InboundClick } from '../../intake/inbound.js'
import { type ByDeadline, byDeadline } from '../../lib/deadline.js'
import { newId } from '../../lib/ids.js'
import type { Logger } from '../../lib/logger.js'
import { type Answers, originOf } from './answers.js'
import { parseAction, parseSubmit, type Where, whereOfUnknown } from './parse-interaction.js'
import { lineCard, type Trouble, troubleText } from './refusals.js'
import { renderForm, renderMessageView } from './render/form.js'

export interface ListenerDeps {
  click: (click: InboundClick) => Promise<Answer>
  answers: Answers
  logger: Logger
  now: () => Date
  /** An answer that takes longer than this comes after the acknowledgement. Slack waits for three seconds. */
  patienceMs: number
}
type Ack = () => Promise<void>
type ViewAck = (response?: ViewResponseAction) => Promise<void>

export interface Listeners {
  onAction(body: unknown, ack: Ack): Promise<void>
  onSubmit(body: unknown, ack: ViewAck): Promise<void>
  /** A command or shortcut: the manifest asks for none. */
  onUnknown(body: unknown, ack: Ack): Promise<void>
}

/** What is done with clicks and submissions: each is acknowledged within Slack's time, whatever happens. */
export function createListeners({ click, answers, logger, now, patienceMs }: ListenerDeps): Listeners {
  function troubled(error: unknown, key: string): Trouble {
    const trace = newId()
    logger.error('a click failed', { key, trace, cause: error })
    return { thrown: error, trace }
  }

  async function deliverLate(settled: Promise<ByDeadline<Answer>>, where: Where, key: string): Promise<void> {
    const result = await settled
    if (result.kind === 'failed') return answers.apologize(troubled(result.error, key), where)
    if (result.kind === 'late') return
    // The trigger lives for three seconds and most of them are gone: the person clicks again.
    if (result.value.kind === 'form' && where.viewId === undefined) return answers.apologize('expired', where)
    return answers.deliver(result.value, where)
  }

  return {
    async onAction(body, ack) {
      const parsed = parseAction(body)
      if (parsed.kind === 'link') return ack()
      if (parsed.kind === 'unsupported') {
        logger.warn('a click means nothing to us', { what: parsed.what })
        await ack()
        return parsed.where === undefined ? undefined : answers.apologize('expired', parsed.where)
      }
      const { where } = parsed
      const { key } = parsed.click
      const result = await byDeadline(click(parsed.click), patienceMs)
      // A form must open while its trigger lives, so it does not wait for the acknowledgement.
      const delivered = result.kind === 'done' ? answers.deliver(result.value, where) : undefined
      await ack()
      await delivered
      if (result.kind === 'failed') await answers.apologize(troubled(result.error, key), where)
      if (result.kind === 'late') await deliverLate(result.settled, where, key)
    },

    async onSubmit(body, ack) {
      const parsed = parseSubmit(body, now())
      if (parsed.kind === 'unsupported') {
        logger.warn('a form means nothing to us', { what: parsed.what })
        await ack()
        return parsed.where === undefined ? undefined : answers.apologize('expired', outOfForm(parsed.where))
      }
      const { where } = parsed
      const { key } = parsed.click
      const result = await byDeadline(click(parsed.click), patienceMs)
      if (result.kind === 'done') return ack(submitResponse(result.value, where, parsed.inputs))
      if (result.kind === 'failed') {
        const locale = localeOf(where.locale)
        return ack(troubleResponse(troubleText(troubled(result.error, key), locale), locale, parsed.inputs))
      }
      await ack()
      await deliverLate(result.settled, outOfForm(where), key)
    },

    async onUnknown(body, ack) {
      await ack()
      const where = whereOfUnknown(body)
      if (where !== undefined) await answers.apologize('unreadable', where)
    },
  }
}

/** Once a submission is acknowledged with nothing, the modal is gone. */
function outOfForm({ viewId: _closed, ...where }: Where): Where {
  return where
}

/** An answer as the acknowledgement of a submission says it. */
function submitResponse(
  answer: Answer,
  where: Where,
  inputs: readonly string[],
): ViewResponseAction | undefined {
  switch (answer.kind) {
    case 'nothing':
      return undefined
    case 'private':
      return { response_action: 'update', view: renderMessageView(answer.card) }
    case 'form':
      return { response_action: 'update', view: renderForm(answer.form, originOf(where)) }
    case 'field_errors':
      return errorsResponse(answer.errors, localeOf(where.locale), inputs)
    default:
      return answer satisfies never
  }
}

/** Slack refuses errors at blocks that take no input: those are said at the first that does. */
function errorsResponse(
  errors: Readonly<Record<string, string>>,
  locale: Locale,
  inputs: readonly string[],
): ViewResponseAction {
  const known = Object.entries(errors).filter(([name]) => inputs.includes(name))
  const elsewhere = Object.entries(errors).filter(([name]) => !inputs.includes(name))
  if (known.length === 0) return troubleResponse(elsewhere.map(([, text]) => text).join('\n'), locale, inputs)
  return { response_action: 'errors', errors: Object.fromEntries(known) }
}

/** The form stays open with what was typed in it, where it has anything typed. */
function troubleResponse(text: string, locale: Locale, inputs: readonly string[]): ViewResponseAction {
  const [first] = inputs
  return first === undefined
    ? { response_action: 'update', view: renderMessageView(lineCard(text, locale)) }
    : { response_action: 'errors', errors: { [first]: text } }
}
