import { t } from '../../i18n/t.js'
import type { ViewContext } from '../context.js'
import type { Text } from '../text.js'
import { nameOf, phrase, priorityWord, quiet, requesterStatusWord, teamName } from '../words.js'
import { actorName, entryLine, excerpt, fileNames } from './line.js'
import type { PublicEntry } from './public-history.js'

/** The history in words, a line an entry, as the requester reads it. */
export function publicLines(entries: readonly PublicEntry[], ctx: ViewContext): Text[] {
  return entries.map((entry) => entryLine(entry.at, worded(entry, ctx), ctx))
}

function worded(entry: PublicEntry, ctx: ViewContext): Text {
  const { locale } = ctx
  const name = actorName(entry.byId, ctx)
  switch (entry.kind) {
    case 'opened':
      return entry.byId === undefined || entry.byId === entry.forId
        ? phrase(ctx, 'history.opened', { name: nameOf(ctx, entry.forId) })
        : phrase(ctx, 'history.opened_for', { name, requester: nameOf(ctx, entry.forId) })
    case 'said':
      return [
        ...phrase(ctx, 'history.said', {
          name: nameOf(ctx, entry.touch.authorId),
          text: excerpt(entry.touch.text),
        }),
        ...fileNames(entry.touch, ctx),
        ...(entry.edited ? [locale === 'zh-CN' ? '' : ' ', quiet(t(locale, 'thread.edited'))] : []),
      ]
    case 'claimed':
      return phrase(ctx, 'history.claimed', { name: nameOf(ctx, entry.agentId) })
    case 'assigned':
      return phrase(ctx, 'history.assigned', { name, agent: nameOf(ctx, entry.agentId) })
    case 'moved':
      return phrase(ctx, 'history.moved', { name, team: teamName(ctx, entry.teamId) })
    case 'released':
      return phrase(ctx, 'history.released', { name })
    case 'status':
      return phrase(ctx, 'history.status', { status: requesterStatusWord(ctx, entry.status) })
    case 'priority':
      return phrase(ctx, 'history.priority', { name, priority: priorityWord(ctx, entry.priority) })
    case 'resolved':
      return phrase(ctx, 'history.resolved', { name, text: excerpt(entry.resolution) })
    case 'reopened':
      return phrase(ctx, 'history.reopened', { name })
    case 'closed':
      return entry.by === 'time'
        ? [t(locale, 'history.closed_by_time')]
        : phrase(ctx, 'history.closed', { name })
    case 'withdrawn':
      return phrase(ctx, 'history.withdrawn', { name })
    case 'dismissed':
      return phrase(ctx, 'history.dismissed', { name })
    case 'urged':
      return phrase(ctx, 'history.urged', { name, count: String(entry.count) })
    default:
      return entry satisfies never
  }
}
