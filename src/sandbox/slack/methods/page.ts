import { SlackError } from '../slack-error.js'
import type { Args } from './method.js'

/** One page of a list, by Slack's `limit` and `cursor`. `nextCursor` is empty on the last page. */
export function page<T>(
  all: readonly T[],
  args: Args,
  { fallback, max }: { fallback: number; max: number },
): { items: T[]; nextCursor: string } {
  const limit = args.number('limit', fallback)
  if (limit < 1 || limit > max) throw new SlackError('invalid_limit')
  const from = offsetOf(args.text('cursor'))
  const to = from + limit
  return { items: all.slice(from, to), nextCursor: to < all.length ? toCursor(to) : '' }
}

function toCursor(offset: number): string {
  return Buffer.from(`next:${offset}`).toString('base64')
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const found = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())
  if (!found) throw new SlackError('invalid_cursor')
  return Number(found[1])
}
