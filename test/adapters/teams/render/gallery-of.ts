import type { Card, Form } from '../../../../src/cards/card.js'
import { LOCALES } from '../../../../src/i18n/t.js'
import type { Commit, Touch } from '../../../../src/models/ticket/events.js'
import { STATUSES, type Ticket } from '../../../../src/models/ticket/ticket.js'
import { forRequesterEyes, forTeamEyes } from '../../../cards/gallery.js'
import { commit, contextFor, later, ticketIn, touch } from '../../../cards/sample.js'
import { withTeam } from '../../../support/desk-fixture.js'

const DESK = withTeam({ reasonsFor: ['release', 'reassign', 'priority', 'dismiss', 'withdraw', 'reopen'] })
const LONG = '打印机卡纸了 the *printer* is [jammed](https://evil.example). '.repeat(300)
const ENDLESS: Partial<Ticket> = { title: LONG.slice(0, 300), excerpt: LONG }
const TOUCHES: readonly Touch[] = [touch(), touch({ id: 'a', side: 'team', authorId: 'bo', text: '请重启' })]
const COMMITS: readonly Commit[] = Array.from({ length: 30 }, (_, i) =>
  commit([{ type: 'touch.added', touch: touch({ id: `x${i}`, text: LONG }) }], 'ann', later(i)),
)

/** Every card and form of the desk, in each language and status; endless texts where most is shown. */
export const VIEWS: { name: string; cards: Card[]; forms: Form[] }[] = LOCALES.flatMap((locale) =>
  STATUSES.flatMap((status) =>
    (status === 'in_progress' ? [{}, ENDLESS] : [{}]).map((more) => {
      const ctx = contextFor(locale, { desk: DESK })
      const ticket = ticketIn(status, more)
      const [theirs, ours] = [
        forRequesterEyes(ticket, COMMITS, TOUCHES, ctx),
        forTeamEyes(ticket, COMMITS, TOUCHES, ctx),
      ]
      return {
        name: `${locale} ${status}${more === ENDLESS ? ' endless' : ''}`,
        cards: [...theirs.cards, ...ours.cards],
        forms: [...theirs.forms, ...ours.forms],
      }
    }),
  ),
)
