import type { Key } from '../../i18n/t.js'
import { t } from '../../i18n/t.js'
import type { ActionVerb } from '../../models/actions.js'
import { LIFECYCLE, type Role, type Rule } from '../../models/ticket/lifecycle.js'
import { ENDED, type Status, type Ticket } from '../../models/ticket/ticket.js'
import type { Button, Control, Menu } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, menu, on } from '../controls.js'
import { ownControls } from './own-controls.js'

type Option = Menu['options'][number]

/**
 * What the team can do in the ticket's present status: the likeliest as buttons, the rest under *More*. `roles`: as it
 * stands before one of them, who is that to the ticket.
 */
export function teamControls(ticket: Ticket, ctx: ViewContext, roles?: readonly Role[]): Control[] {
  const common = { buttons: teamButtons(ticket, ctx), options: teamMenu(ticket, ctx) }
  const { buttons, options } = roles === undefined ? common : ownControls(common, ticket, roles)
  return [...buttons, ...menu(t(ctx.locale, 'button.more'), options)]
}

function teamButtons(ticket: Ticket, ctx: ViewContext): Button[] {
  const { locale } = ctx
  const { id, status } = ticket
  // Whoever has it in work would only be told that they have it.
  const claimable = can('claim', status) && (!ticket.assigneeId || status === 'assigned')
  return [
    ...(claimable
      ? [
          button(
            t(locale, status === 'assigned' ? 'button.accept' : 'button.claim'),
            on(id, 'claim'),
            'primary',
          ),
        ]
      : []),
    ...(can('reply', status) ? [button(t(locale, 'button.reply'), on(id, 'reply'))] : []),
    ...(can('resolve', status)
      ? [button(t(locale, 'button.resolve'), on(id, 'resolve'), claimable ? undefined : 'primary')]
      : []),
    ...(ENDED.includes(status) ? [button(t(locale, 'button.details'), on(id, 'details'))] : []),
  ]
}

function teamMenu(ticket: Ticket, ctx: ViewContext): Option[] {
  const { id, status } = ticket
  const option = (key: ButtonKey, verb: ActionVerb, arg?: string): Option => ({
    label: t(ctx.locale, key),
    action: on(id, verb, arg),
  })
  const ended = ENDED.includes(status)
  const hasClock = Object.values(ticket.clocks).some((clock) => clock.state !== 'stopped')
  const promised = (['first_response', 'resolution'] as const).some(
    (kind) => ticket.clocks[kind] !== undefined && ticket.clocks[kind]?.state !== 'stopped',
  )
  return [
    ...(can('wait', status) ? [waitOption(status, option)] : []),
    ...(can('release', status) && ticket.assigneeId ? [option('button.release', 'release')] : []),
    ...(can('assign', status)
      ? [ticket.assigneeId ? option('button.reassign', 'reassign') : option('button.assign', 'assign')]
      : []),
    ...(can('priority', status) ? [option('button.priority', 'priority')] : []),
    ...(can('dismiss', status) ? [option('button.dismiss', 'dismiss')] : []),
    ...(status === 'resolved' ? [option('button.reopen', 'reopen')] : []),
    ...(can('note', status) ? [option('button.note', 'note')] : []),
    ...(ended ? [] : [option('button.details', 'details')]),
    ...(hasClock ? [option('button.why', 'why')] : []),
    ...(promised ? [option('button.ladder', 'ladder')] : []),
  ]
}

type ButtonKey = Extract<Key, `button.${string}`>

function waitOption(
  status: Status,
  option: (key: ButtonKey, verb: ActionVerb, arg?: string) => Option,
): Option {
  return status === 'assigned' || status === 'in_progress'
    ? option('button.wait', 'wait', 'on')
    : option('button.resume', 'wait', 'off')
}

function can(verb: keyof typeof LIFECYCLE, status: Status): boolean {
  const rule: Rule = LIFECYCLE[verb]
  return rule.from.includes(status)
}
