import { t } from '../../i18n/t.js'
import type { LadderLevel } from '../../models/desk/desk.js'
import type { PersonId } from '../../models/ids.js'
import type { Clock, Ticket } from '../../models/ticket/ticket.js'
import type { Form } from '../card.js'
import type { ViewContext } from '../context.js'
import { duration, instant } from '../format.js'
import type { Text } from '../text.js'
import { clockWord, listed, phrase, quiet, strong } from '../words.js'
import { about } from './field.js'
import { pages, showForm } from './show-form.js'

/** *If nobody acts*: who was told, and who will be told, when, promise by promise. */
export function ladderForm(ticket: Ticket, ctx: ViewContext): Form {
  const { locale } = ctx
  const clocks = (['first_response', 'resolution'] as const).flatMap((kind) => {
    const clock = ticket.clocks[kind]
    return clock && clock.state !== 'stopped' ? [clock] : []
  })
  const ahead = clocks.some((clock) => clock.marks.length > 0) && ticket.priority !== 'urgent'
  const lines = [
    ...clocks.flatMap((clock) => clockLines(clock, ticket, ctx)),
    ...(ahead ? [[quiet(t(locale, 'ladder.hours'))]] : []),
  ]
  return showForm(
    'ladder',
    ticket.id,
    t(locale, 'button.ladder'),
    [about(ticket, ctx), ...pages(lines.length > 0 ? lines : [[t(locale, 'ladder.none')]])],
    ctx,
  )
}

function clockLines(clock: Clock, ticket: Ticket, ctx: ViewContext): Text[] {
  const { locale } = ctx
  const told = [...clock.told].sort((a, b) => a.at.getTime() - b.at.getTime())
  return [
    [strong(clockWord(ctx, clock.kind))],
    ...(clock.dueAt ? [phrase(ctx, 'why.due', { time: instant(ctx, clock.dueAt) })] : []),
    ...told.map(({ at, level }): Text => ['✓ ', instant(ctx, at), ' · ', quiet(levelWord(level, ctx))]),
    ...(clock.ackedLevel ? [[t(locale, 'ladder.acked', { level: clock.ackedLevel.slice(1) })]] : []),
    ...(clock.state === 'paused' ? [[t(locale, 'ladder.paused')]] : []),
    ...clock.marks.map(
      ({ at, level }): Text => ['• ', instant(ctx, at), ' · ', ...upcoming(clock, level, ticket, ctx)],
    ),
  ]
}

/** Reminders are `r50`, `r80`; levels of the ladder `L1`, `L2`. */
function levelWord(level: string, ctx: ViewContext): string {
  return level.startsWith('L')
    ? t(ctx.locale, 'ladder.level', { level: level.slice(1) })
    : t(ctx.locale, 'ladder.reminder', { percent: level.slice(1) })
}

function upcoming(clock: Clock, level: string, ticket: Ticket, ctx: ViewContext): Text {
  const { locale } = ctx
  if (!level.startsWith('L')) {
    const people = ticket.assigneeId ? [ticket.assigneeId] : leads(ticket, ctx)
    return [`${levelWord(level, ctx)}${t(locale, 'sentence.colon')}`, ...listed(ctx, people)]
  }
  const rung = clock.ladderId
    ? ctx.desk.ladders[clock.ladderId]?.levels[Number(level.slice(1)) - 1]
    : undefined
  if (!rung) return [levelWord(level, ctx)]
  const head = `${levelWord(level, ctx)}${t(locale, 'sentence.colon')}`
  return [head, ...recipients(rung, ticket, ctx), ...repeats(rung, ctx)]
}

function recipients(rung: LadderLevel, ticket: Ticket, ctx: ViewContext): Text {
  const people = rung.tell.flatMap((who): PersonId[] => {
    switch (who) {
      case 'assignee':
        return ticket.assigneeId ? [ticket.assigneeId] : []
      case 'lead':
        return leads(ticket, ctx)
      case 'lead_manager':
        return leads(ticket, ctx).flatMap((id) => ctx.person(id).managerId ?? [])
      default:
        return who satisfies never
    }
  })
  // A level that finds nobody goes to the next one, and at last to the administrators.
  return people.length > 0 ? listed(ctx, [...new Set(people)]) : [t(ctx.locale, 'ladder.next_level')]
}

function repeats({ everyMs, rounds }: LadderLevel, ctx: ViewContext): Text {
  if (everyMs === undefined || rounds === 1) return []
  const every = duration(ctx.locale, everyMs)
  return [
    rounds === undefined
      ? t(ctx.locale, 'ladder.every', { every })
      : t(ctx.locale, 'ladder.every.rounds', { every, rounds }),
  ]
}

const leads = (ticket: Ticket, ctx: ViewContext): PersonId[] => ctx.desk.teams[ticket.teamId]?.leads ?? []
