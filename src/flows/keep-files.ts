import { newId } from '../lib/ids.js'
import type { Platform } from '../models/ids.js'
import type { InboundFile } from '../models/inbound-file.js'
import { MAX_FILE_BYTES } from '../models/mongo/files.js'
import type { FileRef } from '../models/ticket/ticket.js'
import type { Services } from './services.js'

export interface KeptFiles {
  files: FileRef[]
  refused: { name: string; code: 'file.too_large' | 'file.unreadable'; maxBytes?: number }[]
}

/** Most files one message may bring; a hostile one shall not keep us busy for ever. */
const MAX_FILES = 10

/** Fetches what somebody sent and keeps it. What is too large or gone is named, and does not hold up the rest. */
export async function keepFiles(
  services: Services,
  platform: Platform,
  sent: readonly InboundFile[],
  lastTry: boolean,
): Promise<KeptFiles | 'later'> {
  const kept: KeptFiles = { files: [], refused: [] }
  for (const file of sent.slice(0, MAX_FILES)) {
    const tooLarge = { name: file.name, code: 'file.too_large', maxBytes: MAX_FILE_BYTES } as const
    if (file.bytes > MAX_FILE_BYTES) {
      kept.refused.push(tooLarge)
      continue
    }
    const fetched = await services.messengers.file(platform, file, MAX_FILE_BYTES)
    if (fetched.kind === 'later' && !lastTry) return 'later'
    if (fetched.kind === 'fetched') {
      kept.files.push(await services.files.save(services.desk().id, file.name, fetched.bytes))
    } else {
      kept.refused.push(
        fetched.kind === 'too_large' ? tooLarge : { name: file.name, code: 'file.unreadable' },
      )
    }
  }
  for (const { name } of sent.slice(MAX_FILES)) kept.refused.push({ name, code: 'file.unreadable' })
  return kept
}

/** A touch from what somebody just wrote or filled in. */
export function newTouch(text: string, files: FileRef[]): { id: string; text: string; files: FileRef[] } {
  return { id: newId(), text, files }
}
