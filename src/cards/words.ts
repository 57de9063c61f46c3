import { EN } from '../i18n/en.js'
import { type Key, rich, t } from '../i18n/t.js'
import type { Locale, Localized, PersonId, Platform, TeamId, TypeId } from '../models/ids.js'
import { VERBS, type Verb } from '../models/ticket/commands.js'
import type { ClockKind, Priority, Status } from '../models/ticket/ticket.js'
import type { ViewContext } from './context.js'
import type { Inline, Text } from './text.js'

export const statusWord = (ctx: ViewContext, status: Status): string => t(ctx.locale, `status.${status}`)
export const priorityWord = (ctx: ViewContext, priority: Priority): string =>
  t(ctx.locale, `priority.${priority}`)
export const clockWord = (ctx: ViewContext, kind: ClockKind): string => t(ctx.locale, `clock.${kind}`)

/** What only the desk itself does has no word. */
type ByTheDesk = 'tick' | 'adopt' | 'unreached'
const BY_THE_DESK: readonly Verb[] = ['tick', 'adopt', 'unreached'] satisfies ByTheDesk[]

/** A command by name, as recorded; what time does, or nobody knows, stays as it is written. */
export function verbWord(ctx: ViewContext, verb: string): string {
  const known = VERBS.find(
    (one): one is Exclude<Verb, ByTheDesk> => one === verb && !BY_THE_DESK.includes(one),
  )
  return known ? t(ctx.locale, `verb.${known}`) : verb
}

/** The status as its requester reads it: they are who is waited for. */
export const requesterStatusWord = (ctx: ViewContext, status: Status): string =>
  t(ctx.locale, status === 'waiting_requester' ? 'status.waiting_you' : `status.${status}`)

/** A name of the desk in the reader's language. */
export const localized = (ctx: ViewContext, name: Localized): string => name[ctx.locale] || name.en

/** The team's name; its id where the desk no longer has it. */
export function teamName(ctx: ViewContext, teamId: TeamId): string {
  const team = ctx.desk.teams[teamId]
  return team ? localized(ctx, team.name) : teamId
}

/** The type's name; nothing where the desk no longer has it. */
export function typeName(ctx: ViewContext, typeId: TypeId): string | undefined {
  const type = ctx.desk.types[typeId]
  return type && localized(ctx, type.name)
}

export const nameOf = (ctx: ViewContext, id: PersonId): string => ctx.person(id).name

/** A messenger by its name; one that the texts do not know, as its adapter calls it. */
export function platformName({ locale }: Pick<ViewContext, 'locale'>, platform: Platform): string {
  const key = `platform.${platform}`
  return key in EN ? t(locale, key as 'platform.slack') : platform
}

/** A person by name, never pinged. */
export function named(ctx: ViewContext, id: PersonId): Inline {
  const { name, userIds } = ctx.person(id)
  return { kind: 'person', id, name, userIds }
}

/** A person with their team or department, if there is one. */
export function withGroup(ctx: ViewContext, id: PersonId, group: string | undefined): Text {
  const name = named(ctx, id)
  return group ? phrase(ctx, 'person.of', { name, group }) : [name]
}

/** A person by name, pinged where the messenger can. */
export function called(ctx: ViewContext, id: PersonId): Inline {
  const { name, userIds } = ctx.person(id)
  return { kind: 'person', id, name, notify: true, userIds }
}

/** Several people, separated as the language does. */
export function listed(ctx: ViewContext, ids: readonly PersonId[], one = named): Text {
  const comma = t(ctx.locale, 'list.comma')
  return ids.flatMap((id, i) => (i === 0 ? [one(ctx, id)] : [comma, one(ctx, id)]))
}

export const strong = (text: string): Inline => ({ kind: 'strong', text })
export const quiet = (text: string): Inline => ({ kind: 'quiet', text })

type Filling<K extends Key> =
  Parameters<typeof rich<K, Inline | Text>> extends [unknown, unknown, ...infer Rest] ? Rest : never

/** The rich text of `key` in the reader's language; what fills a placeholder may itself be a text. */
export function phrase<K extends Key>(ctx: ViewContext, key: K, ...filling: Filling<K>): Text {
  // Inside, the key is any key: that its placeholders are filled, the signature has seen to.
  const say = rich as (locale: Locale, key: Key, params: Record<string, Inline | Text>) => (Inline | Text)[]
  const [params = {}] = filling as readonly Record<string, Inline | Text>[]
  return say(ctx.locale, key, params).flatMap((piece) => (isText(piece) ? [...piece] : [piece]))
}
const isText = (piece: Inline | Text): piece is Text => Array.isArray(piece)

/** Sentences one after the other, as the language sets them. */
export function sentences(ctx: ViewContext, parts: readonly Text[]): Text {
  const gap = ctx.locale === 'zh-CN' ? [] : [' ']
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, i) => (i === 0 ? [...part] : [...gap, ...part]))
}
