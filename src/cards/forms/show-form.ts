import { t } from '../../i18n/t.js'
import type { ActionVerb } from '../../models/actions.js'
import type { TicketId } from '../../models/ids.js'
import type { Field, Form } from '../card.js'
import type { ViewContext } from '../context.js'
import { plain } from '../format.js'
import type { Text } from '../text.js'

/** So many characters one text of a form holds with room for what escaping adds. */
export const MAX_PAGE = 2400

/** A form that only shows. */
export function showForm(
  verb: ActionVerb,
  ticketId: TicketId,
  title: string,
  fields: Field[],
  ctx: ViewContext,
): Form {
  return { verb, ticketId, locale: ctx.locale, title, cancel: t(ctx.locale, 'form.close'), fields }
}

/** Lines in as few texts as they fit, each line whole. */
export function pages(lines: readonly Text[]): Field[] {
  const texts: Text[] = []
  let length = 0
  for (const line of lines) {
    const size = plain(line).length + 1
    const last = texts.at(-1)
    if (last && length + size <= MAX_PAGE) {
      texts[texts.length - 1] = [...last, '\n', ...line]
      length += size
    } else {
      texts.push(line)
      length = size
    }
  }
  return texts.map((text) => ({ kind: 'say', text }))
}
