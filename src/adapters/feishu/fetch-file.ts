import type { InboundFile, Outcome } from '../../delivery/messenger.js'
import { toFailure } from './errors.js'
import type { OpenApi } from './open-api.js'
import { resourceOf } from './parse-content.js'

/** The bytes of a file that somebody sent; `rejected` when there are more than `maxBytes`. */
export async function fetchFile(api: OpenApi, file: InboundFile, maxBytes: number): Promise<Outcome<Buffer>> {
  const resource = resourceOf(file.locator)
  if (resource === undefined) return { kind: 'rejected', reason: 'no_such_file' }
  const { messageId, type, key } = resource
  try {
    const bytes = await api.download(`/im/v1/messages/${messageId}/resources/${key}`, { type }, maxBytes)
    return bytes === 'too_large' ? { kind: 'rejected', reason: 'too_large' } : { kind: 'sent', value: bytes }
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}
