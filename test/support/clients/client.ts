/** One messenger as its people use it: the same gestures and the same sight of a conversation, whichever it is. */
export interface Client {
  readonly platform: 'slack' | 'teams' | 'feishu'
  /** The conversation of a person with the bot. */
  direct(userId: string): Promise<string>
  /** Says something; returns the message's id. Throws when the messenger refuses it. */
  say(
    on: { userId: string; place: string; thread?: string; files?: SentFile[] },
    text: string,
  ): Promise<string>
  edit(on: OnMessage, text: string): Promise<void>
  /** Deletes one's own message; in Feishu: recalls it. */
  remove(on: OnMessage): Promise<void>
  /** Presses what stands for a verb on a card; fills in the form it opens with `values` and submits it. */
  press(on: OnMessage, verb: string, values?: Readonly<Record<string, string>>): Promise<void>
  /** What is to be seen in a conversation, oldest first; what was deleted is not. */
  seen(place: string): Seen[]
  /** Every conversation in which anything was said. */
  places(): string[]
  /** What was said to that person alone, the latest last: whispers and toasts, as one text. */
  told(userId: string): string
  readonly weather: Weather
  /** Resolves when every event has been acknowledged or given up. */
  idle(): Promise<void>
}

export interface OnMessage {
  userId: string
  place: string
  messageId: string
}
export interface SentFile {
  name: string
  mimetype: string
  base64: string
}
export interface Seen {
  messageId: string
  /** The root of the thread it stands in. */
  thread?: string
  byBot: boolean
  /** Everything it says, card and all, as one text. */
  words: string
  /** What the card is made of, as the messenger holds it. */
  card?: unknown
  /** Names of the files it shows. */
  files: string[]
}

export type Trouble = '429' | '500' | 'cut_before' | 'cut_after_accept'
/** What goes wrong on a messenger. */
export interface Weather {
  /** The last event comes again, or the next one comes twice. */
  twice(which: 'last' | 'next'): void
  /** The next event comes after the one that follows it. */
  holdBack(): void
  /** The next calls fail in that way. */
  fail(call: 'post' | 'update', trouble: Trouble, times: number): void
  /** It is away until `up` is called. */
  down(): void
  up(): void
  clear(): void
  /** Posts that were made although their answer was cut off, by conversation. */
  cutPosts(): Readonly<Record<string, number>>
}

/** Longer than any test: an outage ends when the test says so. */
export const FOREVER_MS = 24 * 3_600_000

/** A gesture that the messenger must not refuse. */
export function accepted<R extends { ok: boolean; error?: string }>(what: string, result: R): R {
  if (!result.ok) throw new Error(`${what} was refused: ${result.error ?? 'no reason'}`)
  return result
}

/** The verb that an action's JSON stands for: an object, or (in a menu) a list that begins with it. */
export function verbIn(json: unknown): string | undefined {
  if (typeof json !== 'string') return undefined
  try {
    const value = JSON.parse(json) as { verb?: string } | string[] | null
    return Array.isArray(value) ? value[0] : value?.verb
  } catch {
    return undefined
  }
}

export type Fields = Record<string, unknown>
/** Every object within a value, from the outside in. */
export function objectsIn(value: unknown): Fields[] {
  if (typeof value !== 'object' || value === null) return []
  const own = Array.isArray(value) ? [] : [value as Fields]
  return [...own, ...Object.values(value).flatMap(objectsIn)]
}
