import { monotonicMs } from '../../lib/now.js'

/** The organisation's access token: asked for once however many calls wait for it. */
export interface Tokens {
  get(): Promise<string>
  /** This token was refused: the next call asks for another one. */
  refused(token: string): void
}
export interface FreshToken {
  token: string
  /** For how long it is good, in milliseconds. */
  goodForMs: number
}

/** A call that is under way when the token ends would fail: it is replaced this much earlier. */
const MARGIN_MS = 180_000

/** `ask` gets a token from Feishu; when it fails, so do the calls that wait for it, and the next one asks again. */
export function createTokens(ask: () => Promise<FreshToken>): Tokens {
  let held: { token: string; untilMs: number } | undefined
  let asking: Promise<string> | undefined

  async function fresh(): Promise<string> {
    try {
      const { token, goodForMs } = await ask()
      held = { token, untilMs: monotonicMs() + goodForMs - MARGIN_MS }
      return token
    } finally {
      asking = undefined
    }
  }

  return {
    async get() {
      if (held !== undefined && monotonicMs() < held.untilMs) return held.token
      asking ??= fresh()
      return asking
    },
    refused(token) {
      if (held?.token === token) held = undefined
    },
  }
}
