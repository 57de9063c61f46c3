import { t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { PersonId } from '../../models/ids.js'
import type { Touch } from '../../models/ticket/events.js'
import type { ViewContext } from '../context.js'
import { instant } from '../format.js'
import type { Text } from '../text.js'
import { nameOf, quiet } from '../words.js'

/** So much of somebody's words a line of history shows. */
const MAX_EXCERPT = 280

/** Somebody's words on one line. */
export const excerpt = (words: string): string => clip(words.replace(/\s+/g, ' ').trim(), MAX_EXCERPT)

/** Who did it; the desk itself where time did. */
export function actorName(id: PersonId | undefined, ctx: ViewContext): string {
  return id === undefined ? t(ctx.locale, 'history.desk') : nameOf(ctx, id)
}

export function entryLine(at: Date, words: Text, ctx: ViewContext): Text {
  return [instant(ctx, at), '  ', ...words]
}

/** Names of the files that came with a touch. */
export function fileNames(touch: Pick<Touch, 'files' | 'text'>, ctx: ViewContext): Text {
  if (touch.files.length === 0) return []
  const names = touch.files.map((file) => file.name).join(t(ctx.locale, 'list.comma'))
  return [
    ...(touch.text === '' ? [] : [' · ']),
    quiet(t(ctx.locale, 'thread.files', { names: clip(names, MAX_EXCERPT) })),
  ]
}
