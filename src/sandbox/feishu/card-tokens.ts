import { mintId } from './ids.js'

/** How long and how often a click lets the app update its card later. */
export const CARD_TOKEN_LIFE_MS = 30 * 60_000
export const CARD_TOKEN_USES = 2

export type CardTokens = {
  /** A token for a click on that message; useless until the click's callback was answered. */
  issue(messageId: string): string
  answered(token: string): void
  /** The message it is good for; each answer uses it up once. Undefined: unknown, too early, too late or used up. */
  use(token: string): string | undefined
}
type Held = { messageId: string; untilMs: number; usesLeft: number; answered: boolean }

/** The tokens of `card.action.trigger`, which age by the program's clock. */
export function createCardTokens(now: () => Date): CardTokens {
  const held = new Map<string, Held>()

  function forgetOld(): void {
    const nowMs = now().getTime()
    for (const [token, { untilMs }] of held) {
      if (untilMs > nowMs) return
      held.delete(token)
    }
  }

  return {
    issue(messageId) {
      forgetOld()
      const token = mintId('c')
      const untilMs = now().getTime() + CARD_TOKEN_LIFE_MS
      held.set(token, { messageId, untilMs, usesLeft: CARD_TOKEN_USES, answered: false })
      return token
    },
    answered(token) {
      const found = held.get(token)
      if (found) found.answered = true
    },
    use(token) {
      const found = held.get(token)
      if (!found?.answered || found.usesLeft <= 0 || found.untilMs <= now().getTime()) return undefined
      found.usesLeft -= 1
      return found.messageId
    },
  }
}
