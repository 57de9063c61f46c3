import { t } from '../../i18n/t.js'
import type { Touch } from '../../models/ticket/events.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { ViewContext } from '../context.js'
import { linkified } from '../linkify.js'
import type { Spoken } from '../spoken.js'
import type { Text } from '../text.js'
import { isPublic, type PublicTouch } from '../views/public-touch.js'
import { nameOf, quiet, sentences } from '../words.js'
import { sentMark, withdrawnMark } from './thread-marks.js'

export interface MirrorOptions {
  edited?: boolean
  /** It was taken back from the requester. */
  withdrawn?: boolean
}

/** A team's public words as the requester receives them: under their author's name, word for word. */
export function mirrorForRequester(
  touch: PublicTouch,
  ctx: ViewContext,
  options: MirrorOptions = {},
): Spoken {
  return { author: { name: nameOf(ctx, touch.authorId) }, text: body(touch, ctx, options) }
}

/**
 * Somebody's words as the team's thread shows them. Words of the team written elsewhere say where they went; what went
 * out can be taken back here.
 */
export function mirrorForTeam(
  touch: Touch,
  ticket: Ticket,
  ctx: ViewContext,
  options: MirrorOptions = {},
): Spoken {
  const name = nameOf(ctx, touch.authorId)
  if (touch.side === 'requester') {
    return { author: { name: t(ctx.locale, 'thread.requester', { name }) }, text: body(touch, ctx, options) }
  }
  if (!isPublic(touch))
    return { author: { name }, text: [...body(touch, ctx, options), ...insideSign(touch, ctx)] }
  const card = options.withdrawn ? withdrawnMark(ticket, ctx) : sentMark(ticket, touch.id, ctx)
  return { author: { name }, text: body(touch, ctx, options), card }
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

function insideSign({ visibility }: Touch, ctx: ViewContext): Text {
  return ['\n', quiet(t(ctx.locale, visibility === 'note' ? 'thread.note' : 'thread.inside'))]
}
