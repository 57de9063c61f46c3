import { clip, firstSentence, folded } from '../../lib/text.js'
import type { TeamId, TypeId } from '../ids.js'
import type { Priority } from '../ticket/ticket.js'
import type { Desk, RoutingRule } from './desk.js'

export interface Route {
  typeId: TypeId
  priority: Priority
  teamId: TeamId
  /** The rules that decided something, in the desk's order. */
  matched: string[]
}

/**
 * Type, priority and team of a new ticket: of each, the first matching rule that names one decides; what no rule names
 * comes from the type (priority, team) or the desk (type).
 *
 * @throws RangeError when the desk names a type it does not have (its schema lets none pass).
 */
export function route(desk: Desk, text: string): Route {
  const plain = folded(text)
  const decided: Pick<RoutingRule, 'typeId' | 'priority' | 'teamId'> = {}
  const matched: string[] = []
  for (const rule of desk.routing) {
    const news = {
      ...(rule.typeId === undefined || decided.typeId !== undefined ? {} : { typeId: rule.typeId }),
      ...(rule.priority === undefined || decided.priority !== undefined ? {} : { priority: rule.priority }),
      ...(rule.teamId === undefined || decided.teamId !== undefined ? {} : { teamId: rule.teamId }),
    }
    if (Object.keys(news).length === 0 || !rule.anyOf.some((word) => containsWord(plain, folded(word))))
      continue
    Object.assign(decided, news)
    matched.push(rule.id)
  }
  const typeId = decided.typeId ?? desk.defaultTypeId
  const type = desk.types[typeId]
  if (type === undefined) throw new RangeError(`the desk has no type ${typeId}`)
  return {
    typeId,
    priority: decided.priority ?? type.defaultPriority,
    teamId: decided.teamId ?? type.teamId,
    matched,
  }
}

/** Scripts that put no spaces between words: there a part of the text is enough. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u
const IN_WORD = /[\p{L}\p{N}\p{M}_]/u

/**
 * @param text folded, like `word`.
 * @returns whether the word stands in the text: as a whole where words are spaced ("hi" is not in "which"), anywhere
 * where they are not. A Latin word beside a Chinese one is whole ("我的vpn连不上").
 */
export function containsWord(text: string, word: string): boolean {
  if (word === '') return false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1)
    const after = [...text.slice(at + word.length, at + word.length + 2)].at(0)
    if (!continues(before, [...word][0]) && !continues([...word].at(-1), after)) return true
  }
  return false
}

/** Whether two neighbours belong to one word. */
function continues(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined || !IN_WORD.test(left) || !IN_WORD.test(right)) return false
  return !UNSPACED.test(left) && !UNSPACED.test(right)
}

const TITLE_LENGTH = 80
/** Only what greets wherever it stands; a Chinese greeting must end there ("你好像" is none). */
const OPENING = new RegExp(
  [
    '^(?:[\\s\\p{Cf},.!~:;，。！～：；、…👋]+',
    '@\\{[^{}\\s]{1,128}\\}',
    "(?:(?:hi|hello|hey)(?: (?:there|all|team|everyone|guys))?|good (?:morning|afternoon|evening)|excuse me)(?![\\p{L}\\p{N}_'’-])",
    '(?:你好|您好|大家好|各位好|在吗|在么|在嘛|在不在|有人吗|有人在吗|哈喽|嗨|早上好|上午好|中午好|下午好|晚上好|早安|打扰了|打扰一下)[啊呀哈]?(?!\\p{sc=Han})[?？]?',
    '请问(?:一下)?)',
  ].join('|'),
  'iu',
)

/**
 * @returns a title of at most 80 characters: the first sentence in the author's own words, without mentions and greetings
 * before it; for files alone the first one's name; empty when there is neither.
 */
export function titleOf(text: string, files: readonly { name: string }[]): string {
  let rest = text.trim()
  for (let opening = OPENING.exec(rest); opening !== null; opening = OPENING.exec(rest)) {
    rest = rest.slice(opening[0].length)
  }
  const wasGreeted = rest.length < text.trim().length
  // "1. ", "- " head a list; they are no sentence.
  rest = rest.replace(/^(?:\d{1,3}[.)]|[-*•])\s+/u, '')
  const title = firstSentence(rest, TITLE_LENGTH)
  if (!/[\p{L}\p{N}]/u.test(title)) return clip(files[0]?.name ?? text.trim(), TITLE_LENGTH)
  return wasGreeted ? capitalized(title) : title
}

/** "my VPN is down" after "Hi," gets its capital; names like iPhone keep theirs. */
function capitalized(title: string): string {
  return title.replace(
    /^\p{Ll}\p{Ll}*(?![\p{L}\p{N}])/u,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  )
}
