import { t } from '../../i18n/t.js'
import type { PersonId } from '../../models/ids.js'
import type { Commit, TicketEvent, Touch } from '../../models/ticket/events.js'
import type { ViewContext } from '../context.js'
import { instant, plain } from '../format.js'
import type { Text } from '../text.js'
import {
  clockWord,
  listed,
  nameOf,
  phrase,
  platformName,
  priorityWord,
  statusWord,
  teamName,
  verbWord,
} from '../words.js'
import { actorName, entryLine, excerpt, fileNames } from './line.js'

type Commits = readonly Pick<Commit, 'actor' | 'at' | 'events'>[]

/** Everything that happened, a line an event, for the team: notes, reasons and clocks included. */
export function teamLines(commits: Commits, ctx: ViewContext): Text[] {
  const deleted = new Set(
    commits.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'touch.deleted' ? event.touchId : [])),
    ),
  )
  return commits.flatMap(({ actor, at, events }) => {
    const by = actor.kind === 'person' ? actor.id : undefined
    return events.flatMap((event) => {
      const words = worded(event, by, deleted, ctx)
      return words.length > 0 ? [entryLine(at, words, ctx)] : []
    })
  })
}

function worded(
  event: TicketEvent,
  by: PersonId | undefined,
  deleted: ReadonlySet<string>,
  ctx: ViewContext,
): Text {
  const { locale } = ctx
  const name = actorName(by, ctx)
  const why = (reason: string | undefined): Text =>
    reason ? [t(locale, 'history.reason', { reason: excerpt(reason) })] : []
  switch (event.type) {
    case 'ticket.opened':
      return event.openedById === event.requesterId
        ? phrase(ctx, 'history.opened', { name: nameOf(ctx, event.requesterId) })
        : phrase(ctx, 'history.opened_for', {
            name: nameOf(ctx, event.openedById),
            requester: nameOf(ctx, event.requesterId),
          })
    case 'touch.added':
      return said(event.touch, deleted, ctx)
    case 'touch.published':
      return deleted.has(event.touch.id)
        ? said(event.touch, deleted, ctx)
        : phrase(ctx, 'history.published', { name, text: excerpt(event.touch.text) })
    case 'touch.edited':
      return deleted.has(event.touchId)
        ? []
        : phrase(ctx, 'history.edited', { name, text: excerpt(event.text) })
    case 'touch.deleted':
      return phrase(ctx, 'history.deleted', { name })
    case 'touch.withdrawn':
      return phrase(ctx, 'history.retracted', { name })
    case 'ticket.claimed':
      return phrase(ctx, 'history.claimed', { name: nameOf(ctx, event.agentId) })
    case 'ticket.assigned':
      return [
        ...phrase(ctx, 'history.assigned', { name, agent: nameOf(ctx, event.agentId) }),
        ...why(event.reason),
      ]
    case 'ticket.moved':
      return [
        ...phrase(ctx, 'history.moved', { name, team: teamName(ctx, event.teamId) }),
        ...why(event.reason),
      ]
    case 'ticket.helped':
      return phrase(ctx, 'history.helped', { name: nameOf(ctx, event.helperId) })
    case 'ticket.released':
      return [...phrase(ctx, 'history.released', { name }), ...why(event.reason)]
    case 'ticket.status_changed':
      return phrase(ctx, 'history.status', { status: statusWord(ctx, event.status) })
    case 'ticket.prioritized':
      return [
        ...phrase(ctx, 'history.priority', { name, priority: priorityWord(ctx, event.priority) }),
        ...why(event.reason),
      ]
    case 'ticket.resolved':
      return [
        ...phrase(ctx, 'history.resolved', { name, text: excerpt(event.resolution) }),
        ...(event.cause ? [t(locale, 'history.cause', { text: excerpt(event.cause) })] : []),
        ...(event.prevention ? [t(locale, 'history.prevention', { text: excerpt(event.prevention) })] : []),
      ]
    case 'ticket.reopened':
      return [...phrase(ctx, 'history.reopened', { name }), ...why(event.reason)]
    case 'ticket.closed':
      return event.by === 'time'
        ? [t(locale, 'history.closed_by_time')]
        : phrase(ctx, 'history.closed', { name })
    case 'ticket.withdrawn':
      return [...phrase(ctx, 'history.withdrawn', { name }), ...why(event.reason)]
    case 'ticket.dismissed':
      return [...phrase(ctx, 'history.dismissed', { name }), ...why(event.reason)]
    case 'ticket.urged':
      return phrase(ctx, 'history.urged', { name, count: String(event.count) })
    case 'place.added':
      if (event.place.audience !== 'requester') return []
      return event.retired.length > 0
        ? [t(locale, 'history.relocated')]
        : [t(locale, 'history.also_from', { platform: platformName(ctx, event.place.address.platform) })]
    case 'person.merged':
      return phrase(ctx, 'history.merged', { name: nameOf(ctx, event.into) })
    case 'attempt.refused':
      return phrase(ctx, 'history.refused', { name, verb: verbWord(ctx, event.verb) })
    case 'clock.started':
    case 'clock.resumed':
    case 'clock.retimed': {
      const { dueAt } = event
      const clock = clockWord(ctx, event.clock)
      return dueAt ? phrase(ctx, 'history.clock.due', { clock, time: instant(ctx, dueAt) }) : []
    }
    case 'clock.paused':
      return [t(locale, 'history.clock.paused', { clock: clockWord(ctx, event.clock) })]
    case 'clock.stopped':
      return event.clock === 'auto_close'
        ? []
        : [
            t(locale, event.met ? 'history.clock.met' : 'history.clock.missed', {
              clock: clockWord(ctx, event.clock),
            }),
          ]
    case 'clock.told': {
      const people = [...new Set([...event.remind, ...event.tell.map(({ to }) => to)])]
      if (people.length === 0) return []
      return [
        t(locale, 'history.clock.told', {
          clock: clockWord(ctx, event.clock),
          people: plain(listed(ctx, people)),
        }),
      ]
    }
    case 'clock.acked':
      return phrase(ctx, 'history.clock.acked', { name, clock: clockWord(ctx, event.clock) })
    case 'people.unreached': {
      const people = [...new Set(event.tell.map(({ to }) => to))]
      return [
        ...phrase(ctx, 'history.unreached', { name: nameOf(ctx, event.personId) }),
        ...(people.length > 0
          ? [t(locale, 'history.unreached.told', { people: plain(listed(ctx, people)) })]
          : []),
      ]
    }
    case 'people.told':
      return []
    default:
      return event satisfies never
  }
}

/** Who said it, and to whom it was said. */
function said(touch: Touch, deleted: ReadonlySet<string>, ctx: ViewContext): Text {
  const name = nameOf(ctx, touch.authorId)
  if (deleted.has(touch.id)) return [t(ctx.locale, 'thread.deleted', { name })]
  const words = { name, text: excerpt(touch.text) }
  const key =
    touch.visibility === 'note'
      ? 'history.note'
      : touch.visibility === 'internal'
        ? 'history.inside'
        : touch.side === 'team'
          ? 'history.replied'
          : 'history.said'
  return [...phrase(ctx, key, words), ...fileNames(touch, ctx)]
}
