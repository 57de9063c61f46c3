import type { InboundFile, Outcome } from '../../delivery/messenger.js'
import { ofStatus, toFailure } from './errors.js'
import { CALL_TIMEOUT_MS } from './limits.js'
import type { Tokens } from './token.js'
import { isLoopback } from './verify.js'

export interface Fetching {
  tokens: Tokens
  /** Whether an address is the service's: those, and no other, are shown our token. */
  isService: (address: string) => boolean
}
const BYTES_PER_MS = 100
/** A download's address leads on to the storage that has the bytes; each step is looked at. */
const MAX_STEPS = 4

/** The bytes of a file that somebody sent; `rejected` when there are more than `maxBytes`. */
export async function fetchFile(
  { tokens, isService }: Fetching,
  { locator }: InboundFile,
  maxBytes: number,
): Promise<Outcome<Buffer>> {
  const signal = AbortSignal.timeout(CALL_TIMEOUT_MS + Math.ceil(maxBytes / BYTES_PER_MS))
  try {
    let address = locator
    for (let step = 0; step < MAX_STEPS; step++) {
      const isOurs = isService(address)
      if (!isOurs && !isPublic(address)) return { kind: 'rejected', reason: 'address' }
      const token = isOurs ? await tokens.get() : undefined
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const response = await fetch(address, { headers, redirect: 'manual', signal })
      const next = response.headers.get('location')
      if (response.ok) return await readUpTo(response, maxBytes)
      await response.body?.cancel()
      if (response.status < 300 || response.status >= 400 || next === null) {
        return ofStatus(response.status, 'harmless')
      }
      address = new URL(next, address).href
    }
    return { kind: 'rejected', reason: 'too_many_steps' }
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}

/** An address on the internet, with TLS: a name with a dot, no number and nothing on this machine. */
function isPublic(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username } = new URL(address)
  if (protocol !== 'https:' || username !== '' || isLoopback(hostname)) return false
  return /\.[a-z][a-z0-9-]*$/i.test(hostname) && !/\.(local|internal|localhost)$/i.test(hostname)
}

async function readUpTo(response: Response, maxBytes: number): Promise<Outcome<Buffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return { kind: 'rejected', reason: 'too_large' }
    chunks.push(chunk)
  }
  return { kind: 'sent', value: Buffer.concat(chunks) }
}
