import { createHash } from 'node:crypto'
import type { Commit } from './events.js'

/** Keys under which events hold people's own words; only a salted digest of these enters the hash. The commit's own
 * `cause` is none of them: it names a platform's event, and stays when words are erased. */
const WORDS = new Set(['text', 'title', 'excerpt', 'reason', 'resolution', 'cause', 'prevention', 'name'])

export type Hashed = Omit<Commit, 'hash'>

/** A digest put in the place of words that were erased. */
export const erasedWords = (digest: string): string => `erased:${digest}`
const ERASED = /^erased:([0-9a-f]{64})$/

/**
 * The commit's link in its ticket's chain: SHA-256 over the previous link and everything the commit says, with each
 * text replaced by its salted digest. Two commits of equal meaning have equal hashes, whatever the order of keys.
 */
export function hashOf(commit: Hashed): string {
  const { deskId, ticketId, seq, cause, actor, at, number, prevHash, salt, events } = commit
  // named one by one: what else a stored document carries is not part of the chain
  const around = { deskId, ticketId, seq, cause, actor, at, number, prevHash } satisfies Record<
    Exclude<keyof Hashed, 'salt' | 'events'>,
    unknown
  >
  return sha256(`${canonical(around)}${canonical(events, (text) => wordsDigest(salt, text))}`)
}

/** The digest of a text under the commit's salt: what remains of it in the chain after erasure. */
export function wordsDigest(salt: string, text: string): string {
  return ERASED.exec(text)?.[1] ?? sha256(`${salt}\u0000${text}`)
}

/** The `seq` of the first commit that does not fit its chain; undefined when all do. Commits come in order, from the first. */
export function firstBroken(commits: readonly Commit[]): number | undefined {
  let prevHash = ''
  let seq = 0
  for (const { hash, ...commit } of commits) {
    seq += 1
    if (commit.seq !== seq || commit.prevHash !== prevHash || hashOf(commit) !== hash) return seq
    prevHash = hash
  }
  return undefined
}

function canonical(value: unknown, digest?: (words: string) => string, key = ''): string {
  if (value instanceof Date) return `@${value.getTime()}`
  if (typeof value === 'string') return JSON.stringify(digest && WORDS.has(key) ? digest(value) : value)
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, digest)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([k, v]) => `${k}:${canonical(v, digest, k)}`).join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
