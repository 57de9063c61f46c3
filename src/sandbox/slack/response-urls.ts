import { mintSecret } from './ids.js'
import type { Ts } from './types.js'

export const RESPONSE_URL_USES = 5
export const RESPONSE_URL_LIFE_MS = 30 * 60_000

/** What a response_url may act upon. */
export type ResponseTarget = {
  userId: string
  channel: string
  messageTs?: Ts
  threadTs?: Ts
  isEphemeral: boolean
}
type Issued = ResponseTarget & { atMs: number; uses: number }

export type ResponseUrls = {
  /** A new secret that ends a response_url. */
  issue(target: ResponseTarget): string
  /** Uses it once. Returns the target, or why not. */
  use(secret: string): { target: ResponseTarget } | { refused: 'expired_url' | 'used_url' | 'no_such_url' }
}

/** Response URLs live 30 minutes of the program's time and take five posts. */
export function createResponseUrls(now: () => Date): ResponseUrls {
  const issued = new Map<string, Issued>()
  return {
    issue(target) {
      const atMs = now().getTime()
      for (const [secret, old] of issued) {
        if (atMs - old.atMs <= RESPONSE_URL_LIFE_MS * 2) break
        issued.delete(secret)
      }
      const secret = mintSecret()
      issued.set(secret, { ...target, atMs, uses: 0 })
      return secret
    },
    use(secret) {
      const found = issued.get(secret)
      if (!found) return { refused: 'no_such_url' }
      if (now().getTime() - found.atMs > RESPONSE_URL_LIFE_MS) return { refused: 'expired_url' }
      if (found.uses >= RESPONSE_URL_USES) return { refused: 'used_url' }
      found.uses += 1
      return { target: found }
    },
  }
}
