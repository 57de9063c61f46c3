import { createHmac } from 'node:crypto'
import { own } from './fields.js'
import { mintSecret } from './ids.js'
import { serviceUrlOf, type Tenant } from './tenant.js'
import type { Fields, TeamsFile } from './types.js'

/** A pre-signed address is good for so long, in the program's time. */
export const DOWNLOAD_LIFE_MS = 10 * 60_000

export type GivenFile = { name: string; mimetype?: string; base64: string; inline?: boolean }

const BY_EXTENSION: { readonly [extension: string]: string } = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  zip: 'application/zip',
}

function extensionOf(name: string): string {
  return name.includes('.') ? (name.split('.').at(-1) ?? '').toLowerCase() : ''
}

/** Keeps a file; it is nowhere to be seen until a message names it. */
export function keepFile(
  { state, store }: Tenant,
  given: {
    name: string
    mimetype?: string
    bytes: Buffer
    owner: string
    conversation: string
    inline?: boolean
  },
): TeamsFile {
  const mimetype = given.mimetype ?? BY_EXTENSION[extensionOf(given.name)] ?? 'application/octet-stream'
  const file: TeamsFile = {
    id: mintSecret(),
    name: given.name,
    mimetype,
    size: given.bytes.length,
    owner: given.owner,
    isInline: given.inline ?? mimetype.startsWith('image/'),
    conversation: given.conversation,
  }
  state.files[file.id] = file
  store.bytes.set(file.id, given.bytes)
  store.changed({ kind: 'file', detail: file.id })
  return file
}

/**
 * The attachment by which the bot hears of a file. In a channel a file lives in the team's library and the bot gets
 * nothing to download: undefined.
 */
export function attachmentOf(
  tenant: Tenant,
  file: TeamsFile,
  kind: 'direct' | 'channel',
): Fields | undefined {
  if (file.isInline) {
    const contentUrl = `${serviceUrlOf(tenant.addresses)}v3/attachments/${file.id}/views/original`
    return { contentType: file.mimetype, contentUrl, name: file.name }
  }
  if (kind === 'channel') return undefined
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: `https://contoso-my.sharepoint.com/personal/files/${encodeURIComponent(file.name)}`,
    name: file.name,
    content: {
      downloadUrl: downloadUrl(tenant, file),
      uniqueId: file.id,
      fileType: extensionOf(file.name),
      etag: `"{${file.id}},1"`,
    },
  }
}

function seal(tenant: Tenant, text: string): string {
  const key = JSON.stringify(tenant.auth.key().d)
  return createHmac('sha256', key).update(text).digest('base64url')
}

function downloadUrl(tenant: Tenant, file: TeamsFile): string {
  const until = tenant.now().getTime() + DOWNLOAD_LIFE_MS
  const tempauth = `${until}.${seal(tenant, `${file.id} ${until}`)}`
  return `${serviceUrlOf(tenant.addresses)}download/${file.id}?tempauth=${tempauth}`
}

/** The file behind a pre-signed address; undefined when the address is wrong or too old. */
export function presignedFile(
  tenant: Tenant,
  id: string,
  tempauth: string,
): { file: TeamsFile; bytes: Buffer } | undefined {
  const [until = '', signature = ''] = tempauth.split('.')
  if (signature !== seal(tenant, `${id} ${until}`) || tenant.now().getTime() > Number(until)) return undefined
  const file = own(tenant.state.files, id)
  const bytes = tenant.store.bytes.get(id)
  return file && bytes ? { file, bytes } : undefined
}

/** Where a bot puts the bytes of a file that a person has agreed to take; good for one upload. */
export function uploadUrl(tenant: Tenant, id: string): string {
  return `${serviceUrlOf(tenant.addresses)}upload/${id}`
}
