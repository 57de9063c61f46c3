import { t } from '../../i18n/t.js'
import type { Platform } from '../../models/ids.js'
import { LINK_CODE_MS } from '../../models/people/link-code.js'
import { type Person, reachableBy } from '../../models/people/person.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { small, text } from '../controls.js'
import { plain } from '../format.js'
import type { Inline, Text } from '../text.js'
import { phrase, platformName } from '../words.js'

/** What a person's account is, for these cards. */
export type Owner = Pick<Person, 'name' | 'identities' | 'lastPlatform' | 'chosenPlatform'>

const code = (words: string): Inline => ({ kind: 'code', text: words })

/** A code to be typed on another messenger. Its summary does not show it: notifications are read over shoulders. */
export function linkCodeCard(linkCode: string, ctx: ViewContext): Card {
  const { locale } = ctx
  const title = t(locale, 'chat.link.title')
  return {
    ...card(ctx, title, [
      text(phrase(ctx, 'chat.link.code', { command: code(`${t(locale, 'command.link')} ${linkCode}`) })),
      text([t(locale, 'chat.link.until', { minutes: LINK_CODE_MS / 60_000 })]),
      small([t(locale, 'chat.link.secret')]),
    ]),
    summary: title,
  }
}

/** Two accounts are one person now; said where the code was typed. */
export function linkedCard(person: Owner, ctx: ViewContext): Card {
  const { locale } = ctx
  const platforms = person.identities.map(({ platform }) => platformName(ctx, platform))
  return line(ctx, [
    t(locale, 'chat.linked', { name: person.name, platforms: platforms.join(t(locale, 'list.comma')) }),
  ])
}

/** The same, said where the code came from: it may not have been its owner who typed it. */
export function linkedElsewhere(platform: Platform, ctx: ViewContext): Card {
  const command = code(t(ctx.locale, 'command.unlink'))
  return line(ctx, phrase(ctx, 'chat.linked.there', { platform: platformName(ctx, platform), command }))
}

export function unlinkedCard(platform: Platform, ctx: ViewContext): Card {
  return line(ctx, [t(ctx.locale, 'chat.unlinked', { platform: platformName(ctx, platform) })])
}

/** Where somebody is reached from now on: on `platform`, or wherever they wrote last. */
export function reachCard(platform: Platform | undefined, ctx: ViewContext): Card {
  if (platform === undefined) return line(ctx, [t(ctx.locale, 'chat.reach.auto')])
  const command = code(t(ctx.locale, 'command.reach_auto'))
  return line(ctx, phrase(ctx, 'chat.reach.here', { platform: platformName(ctx, platform), command }))
}

/** `my accounts`: each messenger, and where the person is reached. */
export function accountsCard(person: Owner, here: Platform, ctx: ViewContext): Card {
  const { locale } = ctx
  const names = person.identities.map(({ platform }) => {
    const name = platformName(ctx, platform)
    return `• ${platform === here ? t(locale, 'chat.accounts.here', { platform: name }) : name}`
  })
  const reached = reachableBy(person)?.platform ?? here
  const command = (key: 'link' | 'unlink' | 'reach_auto'): Inline => code(t(locale, `command.${key}`))
  return card(ctx, t(locale, 'chat.accounts.title'), [
    text([t(locale, 'chat.accounts.name', { name: person.name })]),
    text([names.join('\n')]),
    text(
      person.chosenPlatform === reached
        ? phrase(ctx, 'chat.accounts.chosen', {
            platform: platformName(ctx, reached),
            command: command('reach_auto'),
          })
        : [t(locale, 'chat.accounts.auto', { platform: platformName(ctx, reached) })],
    ),
    small(phrase(ctx, 'chat.accounts.link', { link: command('link'), unlink: command('unlink') })),
  ])
}

function line(ctx: ViewContext, words: Text): Card {
  return { ...card(ctx, plain(words), [text(words)]), compact: true, tone: 'good' }
}

function card(ctx: ViewContext, title: string, elements: Card['elements']): Card {
  const [first] = elements
  return {
    audience: 'requester',
    locale: ctx.locale,
    title,
    tone: 'neutral',
    summary: first?.kind === 'text' ? plain(first.text) : title,
    elements,
  }
}
