import { t } from '../../i18n/t.js'
import type { PersonId } from '../../models/ids.js'
import type { Button, Card, Element } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, small, text } from '../controls.js'
import { plain } from '../format.js'
import type { Text } from '../text.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { localized, nameOf, phrase, strong } from '../words.js'
import { ownRows } from './lists.js'

/** Said once to somebody who is new here. */
export function welcome(personId: PersonId, ctx: ViewContext): Card {
  const { locale, desk } = ctx
  const hello = t(locale, 'chat.welcome', { name: nameOf(ctx, personId), desk: localized(ctx, desk.name) })
  return talk(ctx, localized(ctx, desk.name), [
    text([hello]),
    text([t(locale, 'chat.how')]),
    small(commands(ctx, false)),
    ...controls([
      button(t(locale, 'button.new'), { verb: 'new_ticket' }, 'primary'),
      button(t(locale, 'button.mine'), { verb: 'mine' }),
    ]),
  ])
}

/** *New ticket* where no message is to become one: a ticket begins with a message. */
export function howToBegin(ctx: ViewContext): Card {
  return talk(ctx, t(ctx.locale, 'button.new'), [text([t(ctx.locale, 'chat.new')])])
}

/** 在吗, hi: what to write, and what the person has open. */
export function greeting(personId: PersonId, open: readonly RequesterTicket[], ctx: ViewContext): Card {
  const { locale, desk } = ctx
  return talk(ctx, localized(ctx, desk.name), [
    text([t(locale, 'chat.greeting', { name: nameOf(ctx, personId) })]),
    text([t(locale, 'chat.how')]),
    ...(open.length > 0 ? [text([strong(t(locale, 'chat.your_open'))]), ...ownRows(open, ctx)] : []),
  ])
}

/** `help`, for somebody who needs something, or for an agent as well. */
export function help(ctx: ViewContext, { agent }: { agent: boolean }): Card {
  const { locale } = ctx
  const buttons: Button[] = [
    button(t(locale, 'button.mine'), { verb: 'mine' }),
    ...(agent ? [button(t(locale, 'button.queue'), { verb: 'queue' })] : []),
  ]
  return talk(ctx, t(locale, 'chat.help.title'), [
    text([t(locale, 'chat.how')]),
    text(commands(ctx, agent)),
    ...(agent ? [text([t(locale, 'chat.help.agent')])] : []),
    ...controls(buttons),
  ])
}

/** The words that the bot understands, one a line. */
function commands(ctx: ViewContext, agent: boolean): Text {
  const { locale } = ctx
  const code = (word: string) => ({ kind: 'code', text: word }) as const
  const lines: Text[] = [
    phrase(ctx, 'chat.help.mine', { command: code(t(locale, 'command.mine')) }),
    phrase(ctx, 'chat.help.status', { command: code(`${t(locale, 'command.status')} 2026110015`) }),
    ...(agent ? [phrase(ctx, 'chat.help.queue', { command: code(t(locale, 'command.queue')) })] : []),
    ...(onSeveral(ctx)
      ? [
          phrase(ctx, 'chat.help.link', { command: code(t(locale, 'command.link')) }),
          phrase(ctx, 'chat.help.accounts', { command: code(t(locale, 'command.accounts')) }),
        ]
      : []),
    phrase(ctx, 'chat.help.help', { command: code(t(locale, 'command.help')) }),
  ]
  return lines.flatMap((line, i) => (i === 0 ? line : ['\n', ...line]))
}

/** Whether the desk is on several messengers: else there is nothing to link. */
function onSeveral({ desk }: ViewContext): boolean {
  return new Set(Object.values(desk.teams).flatMap(({ channels }) => Object.keys(channels))).size > 1
}

function talk(ctx: ViewContext, title: string, elements: Element[]): Card {
  const first = elements[0]
  return {
    audience: 'requester',
    locale: ctx.locale,
    title,
    tone: 'neutral',
    summary: first?.kind === 'text' ? plain(first.text) : title,
    elements,
  }
}
