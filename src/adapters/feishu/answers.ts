import type { Card, Form } from '../../cards/card.js'
import type { Text } from '../../cards/text.js'
import { writtenOut } from '../../cards/written-out.js'
import { localeOf, t } from '../../i18n/t.js'
import type { Answer } from '../../intake/inbound.js'
import type { Logger } from '../../lib/logger.js'
import { type CallbackReply, replacedBy, type ToastType, toast } from './callback-reply.js'
import { toFailure } from './errors.js'
import { LIMITS } from './limits.js'
import type { OpenApi } from './open-api.js'
import type { Where } from './parse-callback.js'
import { directWith } from './parsed.js'
import { messagePath, type Posted, send } from './posting.js'
import { inEveryLanguage } from './refusals.js'
import { renderCard } from './render/card.js'
import { clipped } from './render/escape.js'
import { renderEnded, renderForm } from './render/form.js'
import { cardMessage } from './render/words.js'

/** Brings answers to the person who clicked. None of these throws: an answer that fails is logged, and that is all. */
export interface Answers {
  /** Carries out an answer; returns what the callback is answered with. */
  deliver(answer: Answer, where: Where): Promise<CallbackReply>
  /** Carries out an answer whose callback was answered long ago. */
  deliverLate(answer: Answer, where: Where): Promise<void>
}

export interface AnswersDeps {
  api: OpenApi
  logger: Logger
}

export function createAnswers({ api, logger }: AnswersDeps): Answers {
  async function attempt<T>(what: string, call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call()
    } catch (error) {
      logger.warn('an answer did not arrive', { what, outcome: toFailure(error, 'harmless') })
      return undefined
    }
  }

  /** Feishu has nothing that one person sees in a shared place: what is theirs alone goes to their own chat with us. */
  function sayInDirect(card: unknown, { userId, key }: Where): Promise<Posted | undefined> {
    const to = { conversation: directWith(userId) }
    return attempt('direct', () => send(api, to, cardMessage(card), `answer:${key}`))
  }

  async function sayElsewhere(
    card: unknown,
    where: Where,
    said: 'toast.form' | 'toast.card',
  ): Promise<CallbackReply> {
    const posted = await sayInDirect(card, where)
    if (posted === undefined)
      return toast(
        'error',
        inEveryLanguage((locale) => t(locale, 'toast.failed')),
      )
    // who clicked in that very chat sees it come
    if (posted.chatId !== undefined && posted.chatId === where.chatId) return {}
    return toast(
      'info',
      inEveryLanguage((locale) => t(locale, said)),
    )
  }

  /** The answer to a form takes the form's place. */
  function inPlace(answer: Answer, form: NonNullable<Where['form']>): CallbackReply {
    switch (answer.kind) {
      case 'nothing':
        return replacedBy(renderEnded(form.title, t(localeOf(form.locale), 'form.done')))
      case 'private':
        return replacedBy(renderCard(answer.card))
      case 'form':
        return replacedBy(renderForm(answer.form))
      case 'field_errors':
        return toast('error', Object.values(answer.errors).join(' '))
      default:
        return answer satisfies never
    }
  }

  async function atClick(answer: Answer, where: Where): Promise<CallbackReply> {
    switch (answer.kind) {
      case 'nothing':
        return {}
      case 'private': {
        const line = lineOf(answer.card)
        return line === undefined
          ? sayElsewhere(renderCard(answer.card), where, 'toast.card')
          : toast(toastTypeOf(answer.card), line)
      }
      case 'form':
        return openForm(answer.form, where)
      case 'field_errors':
        return toast('error', Object.values(answer.errors).join(' '))
      default:
        return answer satisfies never
    }
  }

  function openForm(form: Form, where: Where): Promise<CallbackReply> {
    return sayElsewhere(renderForm(form), where, 'toast.form')
  }

  return {
    deliver: async (answer, where) =>
      where.form === undefined ? atClick(answer, where) : inPlace(answer, where.form),

    async deliverLate(answer, where) {
      const { form, messageId } = where
      if (form !== undefined && messageId !== undefined && answer.kind !== 'field_errors') {
        const { card } = inPlace(answer, form)
        const data = { content: JSON.stringify(card?.data) }
        const path = messagePath({ messageId })
        await attempt('patch', () => api.call({ method: 'PATCH', path, data }))
        return
      }
      if (answer.kind === 'private') await sayInDirect(renderCard(answer.card), where)
      if (answer.kind === 'form') await sayInDirect(renderForm(answer.form), where)
      if (answer.kind === 'field_errors') {
        const text = Object.values(answer.errors).join('\n')
        await sayInDirect(renderEnded(form?.title ?? '', text), where)
      }
    },
  }
}

/** A card that says one short thing and offers nothing: it fits into a toast. */
function lineOf({ elements, summary }: Card): string | undefined {
  const said: string[] = []
  for (const element of elements) {
    if (element.kind !== 'text' && element.kind !== 'small') return undefined
    said.push(plainOf(element.text))
  }
  const line = clipped(said.join(' ') || summary, LIMITS.toast + 1)
  return line.length > LIMITS.toast ? undefined : line
}

function plainOf(text: Text): string {
  return text
    .map((inline) => {
      if (typeof inline === 'string') return inline
      if (inline.kind === 'instant') return writtenOut(inline)
      return inline.kind === 'person' ? inline.name : inline.text
    })
    .join('')
}

function toastTypeOf({ tone }: Card): ToastType {
  if (tone === 'good') return 'success'
  return tone === 'warning' || tone === 'danger' ? 'warning' : 'info'
}
