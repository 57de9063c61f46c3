import type { InboundFile } from '../../delivery/messenger.js'
import type { WireFile } from './wire.js'

/** A file whose facts Slack withholds until asked (Slack Connect): the locator names it instead of its address. */
export const ASK_PREFIX = 'files.info:'

export interface ParsedFiles {
  files: InboundFile[]
  /** Addresses of files that Slack only links to (cloud drives): words, not bytes of ours. */
  links: string[]
}

/** The files of a message. Deleted ones, and those that a plan's limit hides, are left out. */
export function parseFiles(wire: readonly WireFile[]): ParsedFiles {
  const files: InboundFile[] = []
  const links: string[] = []
  for (const file of wire) {
    const name = file.name ?? file.title ?? file.id
    if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit') continue
    if (file.is_external === true || file.mode === 'external') {
      if (file.url_private) links.push(`${name} (${file.url_private})`)
      continue
    }
    const url = file.url_private_download ?? file.url_private
    const locator = file.file_access === 'check_file_info' || !url ? `${ASK_PREFIX}${file.id}` : url
    files.push({ id: file.id, name, bytes: file.size ?? 0, locator })
  }
  return { files, links }
}
