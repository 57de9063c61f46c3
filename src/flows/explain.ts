import { peopleOfCommits, type ViewContext } from '../cards/context.js'
import { detailsForm, requesterDetailsForm } from '../cards/forms/details-form.js'
import { ladderForm } from '../cards/forms/ladder-form.js'
import { explained, whyForm } from '../cards/forms/why-form.js'
import { publicHistory } from '../cards/history/public-history.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import { refuse } from '../lib/errors.js'
import { teamOf } from '../models/ticket/context.js'
import { actorRoles } from '../models/ticket/decide.js'
import type { Role } from '../models/ticket/lifecycle.js'
import { LOOKS, type Look, mayLook } from '../models/ticket/looks.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { refused } from './act.js'
import type { Answer } from './answer.js'
import { contextFor } from './change-ticket.js'
import type { Click, ClickFlow } from './click.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/** *Why this time?*: the counted and the paused spans behind each due time. */
export const explainTime: ClickFlow = (services, click) =>
  look(services, click, 'why', async ({ ticket, ctx }) => ({
    kind: 'form',
    form: whyForm(ticket, explained(ticket, ctx), ctx),
  }))

/** *If nobody acts*: who is told, and when. */
export const explainLadder: ClickFlow = (services, click) =>
  look(services, click, 'ladder', async ({ ticket, ctx }) => {
    const leads = await services.people.many(ticket.deskId, teamOf(ctx.desk, ticket.teamId).leads)
    const managers = [...leads.values()].flatMap((lead) => lead.managerId ?? [])
    const withManagers = await viewFor(services, click.person, [ticket], managers)
    return { kind: 'form', form: ladderForm(ticket, withManagers) }
  })

/** *Details*: what happened so far, as far as the person's side may see it. */
export const explainHistory: ClickFlow = (services, click) =>
  look(services, click, 'details', async ({ ticket, roles }) => {
    const commits = await services.tickets.history(ticket.id)
    const ctx = await viewFor(services, click.person, [ticket], peopleOfCommits(commits))
    const form = roles.some((role) => role !== 'requester')
      ? detailsForm(ticket, commits, ctx)
      : requesterDetailsForm(forRequester(ticket), publicHistory(commits), ctx)
    return { kind: 'form', form }
  })

interface Seen {
  ticket: Ticket
  ctx: ViewContext
  roles: readonly Role[]
}

/** Shows something of a ticket to whoever may look at it; to others it does not exist, or they are told who may. */
async function look(
  services: Services,
  click: Click,
  what: Look,
  show: (seen: Seen) => Promise<Answer>,
): Promise<Answer> {
  const { ticketId } = click.action
  const ticket = ticketId ? await services.tickets.load(ticketId) : undefined
  if (!ticket || ticket.deskId !== services.desk().id) {
    return await refused(services, click, refuse('ticket.not_found'))
  }
  const context = await contextFor(services, ticket, { kind: 'person', id: click.person.id })
  const roles = actorRoles(ticket, context)
  if (!mayLook(what, roles)) {
    return await refused(
      services,
      click,
      refuse('ticket.role_forbids', { who: LOOKS[what].join(',') }),
      ticket,
    )
  }
  return await show({ ticket, roles, ctx: await viewFor(services, click.person, [ticket]) })
}
