import { type Key, t } from '../../i18n/t.js'
import type { Refusal } from '../../lib/errors.js'
import { STATUSES, type Status } from '../../models/ticket/ticket.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { text } from '../controls.js'
import { fileSize, when } from '../format.js'
import { nameOf, statusWord } from '../words.js'

/** A "no" in the reader's words: statuses, roles, instants and sizes are put into their language and zone. */
export function refusalText(refusal: Pick<Refusal, 'code' | 'details'>, ctx: ViewContext): string {
  const said = Object.entries(refusal.details).map(([name, value]): [string, string] =>
    // The rules know people by their ids, the texts by their names.
    name === 'person' && typeof value === 'string'
      ? ['name', nameOf(ctx, value)]
      : [name, worded(name, value, ctx)],
  )
  // The code decides at run time which placeholders there are; a test holds every code against its text.
  const say = t as (locale: ViewContext['locale'], key: Key, params: Record<string, string>) => string
  return say(ctx.locale, `error.${refusal.code}`, Object.fromEntries(said))
}

/** The same as a message that only the person who asked sees. */
export function refusalCard(refusal: Pick<Refusal, 'code' | 'details'>, ctx: ViewContext): Card {
  const words = refusalText(refusal, ctx)
  return {
    audience: 'requester',
    locale: ctx.locale,
    title: t(ctx.locale, 'refusal.title'),
    compact: true,
    tone: 'warning',
    summary: words,
    elements: [text([words])],
  }
}

type Detail = Refusal['details'][string]

function worded(name: string, value: Detail, ctx: ViewContext): string {
  if (value instanceof Date) return when(ctx, value)
  if (name === 'status' && isStatus(value)) return statusWord(ctx, value)
  if (name === 'who' && typeof value === 'string') return roles(value, ctx)
  // Texts are limited in characters, files in bytes; no text is allowed to be that long.
  if (name === 'max' && typeof value === 'number' && value >= 1_000_000) return fileSize(value)
  return String(value)
}

const isStatus = (value: Detail): value is Status => STATUSES.some((status) => status === value)

const ROLE_WORDS = ['requester', 'member', 'assignee', 'helper', 'lead', 'admin'] as const

/** Role names as the permission table has them, in words; the whole team where any member may. */
function roles(names: string, ctx: ViewContext): string {
  const given = names.split(/[\s,]+/)
  const few = given.includes('member')
    ? given.filter((role) => role === 'member' || role === 'requester')
    : given.filter((role) => role !== 'admin' || given.length === 1)
  const known = ROLE_WORDS.filter((role) => few.includes(role))
  if (known.length === 0) return t(ctx.locale, 'role.others')
  const words = known.map((role) => t(ctx.locale, `role.${role}`))
  const last = words.slice(-2).join(t(ctx.locale, 'list.or'))
  return [...words.slice(0, -2), last].join(t(ctx.locale, 'list.comma'))
}
