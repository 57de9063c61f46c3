import { t } from '../../i18n/t.js'
import type { PersonId } from '../../models/ids.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { text } from '../controls.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { localized, nameOf, strong } from '../words.js'
import { myTickets, type Queue, queueCard } from './lists.js'

/** The page of the app: what to write, the person's open tickets, and for an agent what there is to do. */
export function home(
  personId: PersonId,
  own: readonly RequesterTicket[],
  queue: Queue | undefined,
  ctx: ViewContext,
): Card {
  const { locale, desk } = ctx
  const mine = myTickets(own, ctx)
  return {
    audience: queue ? 'team' : 'requester',
    locale,
    title: localized(ctx, desk.name),
    tone: 'neutral',
    summary: mine.summary,
    elements: [
      text([t(locale, 'chat.greeting', { name: nameOf(ctx, personId) })]),
      text([t(locale, 'home.how')]),
      { kind: 'divider' },
      text([strong(mine.title)]),
      ...(own.length > 0 ? mine.elements : []),
      ...(queue
        ? [
            { kind: 'divider' } as const,
            text([strong(t(locale, 'chat.queue.title'))]),
            ...queueCard(queue, ctx).elements,
          ]
        : []),
    ],
  }
}
