import { mintSecret } from './ids.js'

/** Two hours; a new one is given out beside the old one when less than half an hour is left. */
export const TOKEN_LIFE_S = 7200
const RENEW_BELOW_S = 1800

export type Tokens = {
  /** The tenant token to use now, and how many seconds it still lives. */
  issue(): { token: string; expireS: number }
  isValid(token: string): boolean
  revokeAll(): void
}

/** Tenant access tokens, which age by the program's clock. */
export function createTokens(now: () => Date): Tokens {
  const expiries = new Map<string, number>()
  let latest: string | undefined

  const leftS = (token: string): number => Math.floor(((expiries.get(token) ?? 0) - now().getTime()) / 1000)

  return {
    issue() {
      if (latest !== undefined && leftS(latest) >= RENEW_BELOW_S) {
        return { token: latest, expireS: leftS(latest) }
      }
      latest = `t-${mintSecret(20)}`
      expiries.set(latest, now().getTime() + TOKEN_LIFE_S * 1000)
      return { token: latest, expireS: TOKEN_LIFE_S }
    },
    isValid: (token) => leftS(token) > 0,
    revokeAll() {
      expiries.clear()
      latest = undefined
    },
  }
}
