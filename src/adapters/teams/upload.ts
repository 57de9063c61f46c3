import type { Outcome } from '../../delivery/messenger.js'
import { ofStatus, toFailure } from './errors.js'
import { CALL_TIMEOUT_MS } from './limits.js'

const BYTES_PER_MS = 100

/**
 * Puts a file where its new owner's client said, in one piece. The address is signed for that alone: no token of ours
 * goes there, and nowhere else does the file.
 */
export async function upload(address: string, content: Buffer): Promise<Outcome> {
  try {
    const response = await fetch(address, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes 0-${content.length - 1}/${content.length}`,
      },
      body: new Uint8Array(content),
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS + Math.ceil(content.length / BYTES_PER_MS)),
    })
    await response.body?.cancel()
    if (response.status === 200 || response.status === 201) return { kind: 'sent', value: undefined }
    // 202: it waits for more, and there is no more
    return response.status === 202
      ? { kind: 'rejected', reason: 'incomplete' }
      : ofStatus(response.status, 'harmless')
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}
