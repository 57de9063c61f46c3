import type { ActionVerb } from '../../cards/card.js'
import { localeOf, t } from '../../i18n/t.js'
import type { Answer, InboundClick } from '../../intake/inbound.js'
import { type ByDeadline, byDeadline } from '../../lib/deadline.js'
import { newId } from '../../lib/ids.js'
import type { Logger } from '../../lib/logger.js'
import type { Answers } from './answers.js'
import { type CallbackReply, replacedBy, toast } from './callback-reply.js'
import { type ParsedCallback, parseCallback, type Where } from './parse-callback.js'
import { type ParsedEvent, PLATFORM } from './parsed.js'
import { inEveryLanguage, type Trouble, troubleText } from './refusals.js'
import { renderEnded } from './render/form.js'
import type { Envelope } from './wire.js'

export interface ListenerDeps {
  click: (click: InboundClick) => Promise<Answer>
  answers: Answers
  logger: Logger
  now: () => Date
  track<T>(work: Promise<T>): Promise<T>
  /** An answer that takes longer than this comes after the callback's. Feishu waits for three seconds. */
  patienceMs: number
  /** When a callback is answered by whatever means. */
  lastResortMs: number
}
type Menu = Extract<ParsedEvent, { kind: 'menu' }>

export interface Listeners {
  /** What a press of a card's element is answered with, in time. Never throws. */
  onCallback(envelope: Envelope): Promise<CallbackReply>
  /** Carries out an entry of the bot's menu. Throws when it could not be, so that the event comes again. */
  onMenu(menu: Menu): Promise<void>
}

/** The keys of the bot's menu as the manual has them; a ticket begins with a message, so that entry says how. */
const MENU: Readonly<Record<string, ActionVerb>> = {
  new_ticket: 'help',
  help: 'help',
  my_tickets: 'mine',
  queue: 'queue',
}

export function createListeners(deps: ListenerDeps): Listeners {
  const { click, answers, logger, now, track } = deps

  function troubled(error: unknown, key: string): Trouble {
    const trace = newId()
    logger.error('a click failed', { key, trace, cause: error })
    return { thrown: error, trace }
  }

  function apology(trouble: Trouble): CallbackReply {
    return toast(
      'error',
      inEveryLanguage((locale) => troubleText(trouble, locale)),
    )
  }

  async function deliverLate(settled: Promise<ByDeadline<Answer>>, where: Where): Promise<void> {
    const result = await settled
    if (result.kind === 'done') return answers.deliverLate(result.value, where)
    if (result.kind === 'late') return
    const { key, form } = where
    const text = troubleText(troubled(result.error, key), localeOf(form?.locale))
    return answers.deliverLate({ kind: 'field_errors', errors: { all: text } }, where)
  }

  async function answered(parsed: Extract<ParsedCallback, { kind: 'click' }>): Promise<CallbackReply> {
    const { where } = parsed
    const result = await byDeadline(track(click(parsed.click)), deps.patienceMs)
    if (result.kind === 'failed') return apology(troubled(result.error, where.key))
    if (result.kind === 'late') {
      void track(deliverLate(result.settled, where))
      return toast(
        'info',
        inEveryLanguage((locale) => t(locale, 'toast.late')),
      )
    }
    const delivery = track(answers.deliver(result.value, where))
    const delivered = await byDeadline(delivery, deps.lastResortMs - deps.patienceMs)
    return delivered.kind === 'done' ? delivered.value : {}
  }

  return {
    async onCallback(envelope) {
      const parsed = parseCallback(envelope, now())
      switch (parsed.kind) {
        case 'click':
          return answered(parsed)
        case 'cancel':
          return replacedBy(renderEnded(parsed.title, t(localeOf(parsed.locale), 'form.cancelled')))
        case 'unsupported':
          logger.warn('a click means nothing to us', { what: parsed.what })
          return apology('expired')
        default:
          return parsed satisfies never
      }
    },

    async onMenu({ eventId, userId, entry, at, tenant }) {
      const verb = MENU[entry]
      if (verb === undefined) {
        logger.warn('an entry of the menu means nothing to us', { entry })
        return
      }
      const key = `menu:${eventId}`
      const answer = await click({
        kind: 'action',
        platform: PLATFORM,
        tenant,
        userId,
        at,
        key,
        action: { verb },
      })
      await answers.deliverLate(answer, { userId, key })
    },
  }
}
