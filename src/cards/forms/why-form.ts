import { t } from '../../i18n/t.js'
import { ALWAYS } from '../../models/calendar/calendar.js'
import { explainSpans, type LedgerLine } from '../../models/calendar/explain-spans.js'
import { calendarOf } from '../../models/ticket/context.js'
import type { Clock, ClockKind, Ticket } from '../../models/ticket/ticket.js'
import type { Field, Form } from '../card.js'
import type { ViewContext } from '../context.js'
import { duration, instant, when } from '../format.js'
import type { Inline, Text } from '../text.js'
import { clockWord, phrase, quiet, sentences, strong } from '../words.js'
import { about } from './field.js'
import { pages, showForm } from './show-form.js'

/** A promise with the spans that explain its due time. It names no person, so that the requester may read it too. */
export interface Explained {
  kind: ClockKind
  state: Clock['state']
  startedAt: Date
  targetMs: number
  dueAt?: Date
  /** Counts day and night. */
  always: boolean
  lines: readonly LedgerLine[]
}

/** The clocks of a ticket that have not ended, with their ledgers. */
export function explained(ticket: Pick<Ticket, 'clocks'>, ctx: ViewContext): Explained[] {
  return (['first_response', 'resolution', 'auto_close'] as const).flatMap((kind) => {
    const clock = ticket.clocks[kind]
    return clock && clock.state !== 'stopped' ? [explainedClock(clock, ctx)] : []
  })
}

function explainedClock(clock: Clock, ctx: ViewContext): Explained {
  const { kind, state, startedAt, targetMs, dueAt } = clock
  const to = dueAt ?? ctx.now
  const pauses = clock.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? ctx.now }))
  return {
    kind,
    state,
    startedAt,
    targetMs,
    ...(dueAt ? { dueAt } : {}),
    always: clock.calendarId === ALWAYS.id,
    // Closing by itself waits in days, not in working hours: its sentence says all there is.
    lines:
      kind === 'auto_close'
        ? []
        : explainSpans(calendarOf(ctx.desk, clock.calendarId), startedAt, to, pauses),
  }
}

/** *Why this time?*: each promise, what counted, what did not, and the sums. */
export function whyForm(
  ticket: Pick<Ticket, 'id' | 'number' | 'title'>,
  clocks: readonly Explained[],
  ctx: ViewContext,
): Form {
  const { locale } = ctx
  const fields: Field[] = clocks.flatMap((clock) => pages([...head(clock, ctx), ...ledger(clock, ctx)]))
  const none: Field[] = [{ kind: 'say', text: [t(locale, 'why.none')] }]
  return showForm(
    'why',
    ticket.id,
    t(locale, 'button.why'),
    [about(ticket, ctx), ...(clocks.length > 0 ? fields : none)],
    ctx,
  )
}

function head(clock: Explained, ctx: ViewContext): Text[] {
  const { locale } = ctx
  const { kind, always, dueAt } = clock
  const promise =
    kind === 'auto_close' ? 'why.auto_close' : always ? 'why.promise.always' : 'why.promise.working'
  const target = duration(locale, clock.targetMs, kind === 'auto_close' ? 'days' : 'hours')
  const ends = dueAt
    ? phrase(ctx, kind === 'auto_close' ? 'why.closes' : 'why.due', { time: instant(ctx, dueAt) })
    : [t(locale, 'why.stands_still')]
  return [
    [strong(clockWord(ctx, kind))],
    sentences(ctx, [phrase(ctx, promise, { target, start: instant(ctx, clock.startedAt) }), ends]),
  ]
}

function ledger({ lines }: Explained, ctx: ViewContext): Text[] {
  if (lines.length === 0) return []
  // Nights and lunch breaks are the gaps between the lines; days off and holidays are worth a line.
  const shown = lines.filter((line) => line.reason !== 'outside_hours')
  const sum = (kind: LedgerLine['kind']): string =>
    duration(
      ctx.locale,
      lines.reduce((ms, line) => (line.kind === kind ? ms + line.ms : ms), 0),
      'hours',
    )
  const paused = lines.some((line) => line.kind === 'paused')
  return [
    ...shown.map((line) => ledgerLine(line, ctx)),
    [
      strong(
        paused
          ? t(ctx.locale, 'why.sum.paused', { counted: sum('counted'), paused: sum('paused') })
          : t(ctx.locale, 'why.sum', { counted: sum('counted') }),
      ),
    ],
  ]
}

function ledgerLine(line: LedgerLine, ctx: ViewContext): Text {
  const { locale } = ctx
  const reason = t(locale, `why.line.${line.reason}`)
  const length = duration(locale, line.ms, 'hours')
  const span: Inline[] = [instant(ctx, line.from), ' – ', instant(ctx, line.to, endStyle(line, ctx))]
  return line.kind === 'counted'
    ? ['+ ', ...span, ' · ', strong(length), ` · ${reason}`]
    : ['– ', ...span, ' · ', quiet(`${length} · ${reason}`)]
}

/** The end of a span within one day of the reader needs no date. */
function endStyle({ from, to }: LedgerLine, ctx: ViewContext): 'time' | 'date_time' {
  return when(ctx, from, 'date') === when(ctx, to, 'date') ? 'time' : 'date_time'
}
