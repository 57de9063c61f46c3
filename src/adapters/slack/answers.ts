import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import type { Card, Form } from '../../cards/card.js'
import { type Locale, localeOf, t } from '../../i18n/t.js'
import type { Answer } from '../../intake/inbound.js'
import type { Logger } from '../../lib/logger.js'
import { toFailure } from './errors.js'
import type { Where } from './parse-interaction.js'
import { lineCard, type Trouble, troubleText } from './refusals.js'
import { renderCard } from './render/card.js'
import { renderForm, renderMessageView } from './render/form.js'
import { fetchNamingTheWait } from './web-client.js'

/** Brings answers to the person who clicked. None of these throws: an answer that fails is logged, and that is all. */
export interface Answers {
  /** Carries out an answer whose request is, or is about to be, acknowledged with an empty body. */
  deliver(answer: Answer, where: Where): Promise<void>
  /** Tells the person what went wrong. */
  apologize(trouble: Trouble, where: Where): Promise<void>
  /** The person's language: the form's they are in, else their profile's, else English. */
  localeFor(where: Where): Promise<Locale>
}

export interface AnswersDeps {
  client: WebClient
  logger: Logger
  /** Draws a person's Home tab anew. */
  refreshHome: (userId: string) => Promise<void>
}

export function createAnswers({ client, logger, refreshHome }: AnswersDeps): Answers {
  async function isDone(what: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call()
      return true
    } catch (error) {
      logger.warn('an answer did not arrive', { what, outcome: toFailure(error, 'harmless') })
      return false
    }
  }

  async function localeFor({ locale, userId }: Where): Promise<Locale> {
    if (locale !== undefined) return localeOf(locale)
    try {
      const { user } = await client.users.info({ user: userId, include_locale: true })
      return localeOf(user?.locale)
    } catch {
      return localeOf(undefined)
    }
  }

  async function respond(responseUrl: string, body: Record<string, unknown>): Promise<void> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetchNamingTheWait(responseUrl, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`response_url: ${response.status}`)
  }

  async function sayPrivately(card: Card, where: Where): Promise<void> {
    const { viewId, channel, thread, userId, responseUrl, ephemeral, home, triggerId } = where
    const { blocks, text } = renderCard(card)
    const inThread = thread === undefined ? {} : { thread_ts: thread }
    const ways: [string, () => Promise<unknown>][] = []
    if (viewId !== undefined) {
      ways.push([
        'views.update',
        () => client.views.update({ view_id: viewId, view: renderMessageView(card) }),
      ])
    }
    if (home === true && triggerId !== undefined) {
      ways.push([
        'views.open',
        () => client.views.open({ trigger_id: triggerId, view: renderMessageView(card) }),
      ])
    }
    const byUrl = {
      response_type: 'ephemeral',
      replace_original: ephemeral === true,
      text,
      blocks,
      ...inThread,
    }
    if (ephemeral === true && responseUrl !== undefined) {
      ways.push(['response_url', () => respond(responseUrl, byUrl)])
    }
    const said = { user: userId, text, blocks, parse: 'none', link_names: false } as const
    if (channel !== undefined) {
      ways.push(['chat.postEphemeral', () => client.chat.postEphemeral({ channel, ...inThread, ...said })])
    }
    if (ephemeral !== true && responseUrl !== undefined) {
      ways.push(['response_url', () => respond(responseUrl, byUrl)])
    }
    ways.push(['direct', () => sayInDirect(said)])
    for (const [what, way] of ways) if (await isDone(what, way)) return
  }

  async function sayInDirect(said: { user: string; text: string }): Promise<unknown> {
    const { channel } = await client.conversations.open({ users: said.user })
    return client.chat.postEphemeral({ channel: channel?.id ?? '', ...said })
  }

  async function openForm(form: Form, where: Where): Promise<void> {
    const { viewId, triggerId } = where
    const view: ModalView = renderForm(form, originOf(where))
    const isOpen =
      viewId !== undefined
        ? await isDone('views.update', () => client.views.update({ view_id: viewId, view }))
        : triggerId !== undefined &&
          (await isDone('views.open', () => client.views.open({ trigger_id: triggerId, view })))
    if (!isOpen) await apologize('expired', { ...where, locale: form.locale })
  }

  async function apologize(trouble: Trouble, where: Where): Promise<void> {
    const locale = await localeFor(where)
    await sayPrivately(lineCard(troubleText(trouble, locale), locale), where)
  }

  async function deliver(answer: Answer, where: Where): Promise<void> {
    switch (answer.kind) {
      case 'nothing':
        return putAway(where)
      case 'private':
        return sayPrivately(answer.card, where)
      case 'form':
        return openForm(answer.form, where)
      case 'field_errors': {
        // The form is gone from the screen: what was wrong with it is said in words.
        const locale = await localeFor(where)
        return sayPrivately(lineCard(Object.values(answer.errors).join('\n'), locale), where)
      }
      default:
        return answer satisfies never
    }
  }

  /**
   * A message that only this person sees has done its work once its button was pressed; on the Home tab and in a modal
   * there is no card that would change by itself.
   */
  async function putAway({ ephemeral, responseUrl, home, viewId, userId, ...where }: Where): Promise<void> {
    if (home === true) return refreshHome(userId)
    if (viewId !== undefined) {
      const locale = await localeFor({ userId, ...where })
      const view = renderMessageView(lineCard(t(locale, 'home.done'), locale))
      await isDone('views.update', () => client.views.update({ view_id: viewId, view }))
      return refreshHome(userId)
    }
    if (ephemeral !== true || responseUrl === undefined) return
    await isDone('delete_original', () => respond(responseUrl, { delete_original: true }))
  }

  return { deliver, apologize, localeFor }
}

/** Where the answer to a form that is opened from here belongs. */
export function originOf({ channel, thread }: Where): { channel: string; thread?: string } | undefined {
  return channel === undefined ? undefined : { channel, ...(thread === undefined ? {} : { thread }) }
}
