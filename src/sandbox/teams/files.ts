import { createHmac } from 'node:crypto'
import { own } from './fields.js'
import { mintSecret } from './ids.js'
import { ServiceError } from './service-error.js'
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

/** What the bot is told when a person takes its file: where to put the bytes, in one piece, once. */
export function expectUpload(tenant: Tenant, name: string, owner: string, conversation: string): Fields {
  const file = keepFile(tenant, { name, bytes: Buffer.alloc(0), owner, conversation, inline: false })
  return {
    contentUrl: `https://contoso-my.sharepoint.com/personal/files/${encodeURIComponent(name)}`,
    name,
    uploadUrl: `${serviceUrlOf(tenant.addresses)}upload/${file.id}`,
    uniqueId: file.id,
    fileType: extensionOf(name),
  }
}

/** Takes the bytes of an expected file. Throws 404 for another, 400 without the range that OneDrive asks for, 409 the second time. */
export function takeUpload(tenant: Tenant, id: string, range: string | undefined, bytes: Buffer): TeamsFile {
  const file = own(tenant.state.files, id)
  if (!file || file.isInline) throw new ServiceError(404, 'itemNotFound', 'No upload is expected here.')
  if (file.size > 0) throw new ServiceError(409, 'nameAlreadyExists', 'The file was uploaded already.')
  if (range !== `bytes 0-${bytes.length - 1}/${bytes.length}`)
    throw new ServiceError(400, 'invalidRange', 'Content-Range must name the whole file.')
  file.size = bytes.length
  tenant.store.bytes.set(id, bytes)
  tenant.store.changed({ kind: 'file', detail: id })
  return file
}
