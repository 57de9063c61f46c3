import { randomBytes, randomUUID } from 'node:crypto'

/** A new id such as `om_9f…` (message), `oc_…` (chat), `omt_…` (thread). Random: a restart never hands out an old one. */
export function mintId(prefix: 'om' | 'oc' | 'omt' | 'c' | 'r'): string {
  return `${prefix}${prefix === 'c' ? '-' : '_'}${mintSecret(16)}`
}

/** A key of an uploaded or sent file. */
export function mintFileKey(kind: 'file' | 'image'): string {
  return kind === 'image' ? `img_v3_${randomUUID()}` : `file_v3_${randomUUID()}`
}

/** An id of one event; its retries keep it. */
export function mintEventId(): string {
  return mintSecret(16)
}

/** An unguessable hexadecimal secret of `bytes` bytes. */
export function mintSecret(bytes = 16): string {
  return randomBytes(bytes).toString('hex')
}
