import {
  BESIDE_THANKS,
  GREETING_EMOJI,
  GREETINGS,
  ONLY_BESIDE_GREETING,
  THANKFUL_EMOJI,
  THANKS,
} from './phrases.js'

/** Longer than this nobody only thanks or greets. */
const MAX_LENGTH = 120

type Sort = 'thanks' | 'beside_thanks' | 'greeting' | 'beside_greeting'

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u
const LETTER = /[\p{L}\p{N}\p{M}_]/u
/** What may trail a Chinese phrase without adding anything: 谢谢呀, 好的哦. */
const PARTICLES = /[啊呀啦哈哦噢喔呢嘛哒咯呐诶哟~]*/y
const SEPARATORS = /[\s!.,;:~^*_'"()<>|/·…。，、；：“”‘’「」【】〜—–-]/y
const QUESTION = /\?+/y
const EMOJI =
  /\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F]*(?:\u200D\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F]*)*/uy
/** An emoji written as its name: `:+1:`, `[赞]`. */
const NAMED_EMOJI = /:([a-z0-9_+-]{1,40}):(?::skin-tone-\d:)?|\[([\p{L}\p{N}_]{1,16})\]/uy
const JOINERS = /[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]/gu

const PHRASES = new Map<string, Set<Sort>>()
for (const [sort, phrases] of [
  ['thanks', THANKS],
  ['beside_thanks', BESIDE_THANKS],
  ['greeting', GREETINGS],
] as const) {
  for (const phrase of phrases) {
    const sorts = PHRASES.get(phrase) ?? new Set<Sort>()
    sorts.add(sort === 'greeting' && ONLY_BESIDE_GREETING.has(phrase) ? 'beside_greeting' : sort)
    PHRASES.set(phrase, sorts)
  }
}
const LONGEST = Math.max(...[...PHRASES.keys()].map((phrase) => phrase.length))

/**
 * @param text folded, without mentions.
 * @returns what the text is when phrases of thanks or greeting are all that it holds, else undefined.
 */
export function onlyThanksOrGreeting(text: string): 'thanks' | 'greeting' | undefined {
  if (text === '' || text.length > MAX_LENGTH) return undefined
  const phrases: ReadonlySet<Sort>[] = []
  const emoji: string[] = []
  let asks = false
  for (let at = 0; at < text.length; ) {
    const phrase = phraseAt(text, at)
    if (phrase !== undefined) {
      phrases.push(phrase.sorts)
      at = phrase.end
      continue
    }
    const symbol = match(EMOJI, text, at) ?? match(NAMED_EMOJI, text, at)
    if (symbol !== undefined) {
      emoji.push(symbol.name)
      at = symbol.end
      continue
    }
    const question = match(QUESTION, text, at)
    const end = question?.end ?? match(SEPARATORS, text, at)?.end
    if (end === undefined) return undefined
    asks ||= question !== undefined
    at = end
  }
  return verdict(phrases, emoji, asks)
}

function verdict(
  phrases: readonly ReadonlySet<Sort>[],
  emoji: readonly string[],
  asks: boolean,
): 'thanks' | 'greeting' | undefined {
  const all = (...sorts: Sort[]) => phrases.every((phrase) => sorts.some((sort) => phrase.has(sort)))
  const has = (sort: Sort) => phrases.some((phrase) => phrase.has(sort))
  if (phrases.length === 0) {
    if (emoji.length === 0 || asks) return undefined
    if (emoji.every((name) => GREETING_EMOJI.has(name))) return 'greeting'
    return emoji.every((name) => THANKFUL_EMOJI.has(name)) ? 'thanks' : undefined
  }
  if (all('greeting', 'beside_greeting') && has('greeting')) return 'greeting'
  // "ok?" and "收到？" want an answer.
  if (asks) return undefined
  return has('thanks') && all('thanks', 'beside_thanks', 'greeting', 'beside_greeting') ? 'thanks' : undefined
}

function phraseAt(text: string, at: number): { sorts: ReadonlySet<Sort>; end: number } | undefined {
  for (let length = Math.min(LONGEST, text.length - at); length > 0; length--) {
    const phrase = text.slice(at, at + length)
    const sorts = PHRASES.get(phrase)
    if (sorts === undefined) continue
    const last = phrase.at(-1) ?? ''
    const next = text.slice(at + length)
    if (CJK.test(last)) return { sorts, end: match(PARTICLES, text, at + length)?.end ?? at + length }
    const follower = String.fromCodePoint(next.codePointAt(0) ?? 32)
    if (!LETTER.test(follower) || CJK.test(follower)) return { sorts, end: at + length }
  }
  return undefined
}

function match(pattern: RegExp, text: string, at: number): { end: number; name: string } | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  if (found === null || found[0] === '') return undefined
  return { end: at + found[0].length, name: found[1] ?? found[2] ?? found[0].replace(JOINERS, '') }
}
