import { t } from '../../i18n/t.js'
import type { Touch } from '../../models/ticket/events.js'
import type { ViewContext } from '../context.js'
import { linkified } from '../linkify.js'
import type { Spoken } from '../spoken.js'
import type { Text } from '../text.js'
import type { PublicTouch } from '../views/public-touch.js'
import { nameOf, quiet, sentences } from '../words.js'

export interface MirrorOptions {
  edited?: boolean
}

/** A team's public words as the requester receives them: under their author's name, word for word. */
export function mirrorForRequester(
  touch: PublicTouch,
  ctx: ViewContext,
  options: MirrorOptions = {},
): Spoken {
  return { author: { name: nameOf(ctx, touch.authorId) }, text: body(touch, ctx, options) }
}

/** Somebody's words as the team's thread shows them; words of the team written elsewhere say where they went. */
export function mirrorForTeam(touch: Touch, ctx: ViewContext, options: MirrorOptions = {}): Spoken {
  const name = nameOf(ctx, touch.authorId)
  return {
    author: { name: touch.side === 'requester' ? t(ctx.locale, 'thread.requester', { name }) : name },
    text: [...body(touch, ctx, options), ...mark(touch, ctx)],
  }
}

/** What stands where a mirrored message was, once its author deleted it or it was withdrawn. */
export function deletedMirror(touch: Pick<Touch, 'authorId'>, ctx: ViewContext): Spoken {
  const name = nameOf(ctx, touch.authorId)
  return { author: { name }, text: [quiet(t(ctx.locale, 'thread.deleted', { name }))] }
}

function body(touch: Touch, ctx: ViewContext, { edited = false }: MirrorOptions): Text {
  const names = touch.files.map((file) => file.name).join(t(ctx.locale, 'list.comma'))
  const files = touch.text || !names ? [] : [quiet(t(ctx.locale, 'thread.files', { names }))]
  const mark = edited ? [quiet(t(ctx.locale, 'thread.edited'))] : []
  return sentences(ctx, [linkified(touch.text), files, mark])
}

function mark(touch: Touch, ctx: ViewContext): Text {
  if (touch.side === 'requester') return []
  switch (touch.visibility) {
    case 'public':
      return ['\n', quiet(t(ctx.locale, 'thread.sent'))]
    case 'internal':
      return ['\n', quiet(t(ctx.locale, 'thread.inside'))]
    case 'note':
      return ['\n', quiet(t(ctx.locale, 'thread.note'))]
    default:
      return touch.visibility satisfies never
  }
}
