import { mintId } from './ids.js'
import { changeMessage } from './messages.js'
import { isMember, messagesOf } from './store.js'
import type { SlackChannel, SlackFile, SlackMessage } from './types.js'
import type { Workspace } from './workspace.js'

const BY_EXTENSION: Record<string, { mimetype: string; pretty: string }> = {
  png: { mimetype: 'image/png', pretty: 'PNG' },
  jpg: { mimetype: 'image/jpeg', pretty: 'JPEG' },
  jpeg: { mimetype: 'image/jpeg', pretty: 'JPEG' },
  gif: { mimetype: 'image/gif', pretty: 'GIF' },
  webp: { mimetype: 'image/webp', pretty: 'WebP' },
  pdf: { mimetype: 'application/pdf', pretty: 'PDF' },
  txt: { mimetype: 'text/plain', pretty: 'Plain Text' },
  csv: { mimetype: 'text/csv', pretty: 'CSV' },
  json: { mimetype: 'application/json', pretty: 'JSON' },
  zip: { mimetype: 'application/zip', pretty: 'Zip' },
}
const UNKNOWN = { mimetype: 'application/octet-stream', pretty: 'Binary' }

/** Keeps a file that somebody uploaded; it is nowhere to be seen until it is shared. */
export function keepFile(
  ws: Workspace,
  { name, mimetype, user, content }: { name: string; mimetype?: string; user: string; content: Buffer },
): SlackFile {
  const id = mintId('F')
  const file = fileObject(ws, {
    id,
    name,
    user,
    size: content.length,
    ...(mimetype === undefined ? {} : { mimetype }),
  })
  ws.state.files[id] = file
  ws.store.bytes.set(id, content)
  ws.store.changed({ kind: 'file', detail: id })
  return file
}

/** The file object Slack would make of an upload. */
export function fileObject(
  ws: Workspace,
  given: { id: string; name: string; user: string; size: number; mimetype?: string; title?: string },
): SlackFile {
  const extension = given.name.includes('.') ? (given.name.split('.').at(-1) ?? '').toLowerCase() : ''
  const known = BY_EXTENSION[extension] ?? UNKNOWN
  const nowS = Math.floor(ws.now().getTime() / 1000)
  const base = `${ws.addresses.publicUrl}${ws.addresses.prefix}/-/files/${given.id}`
  const safeName = encodeURIComponent(given.name.toLowerCase().replaceAll(' ', '_'))
  return {
    id: given.id,
    created: nowS,
    timestamp: nowS,
    name: given.name,
    title: given.title ?? given.name,
    mimetype: given.mimetype ?? known.mimetype,
    filetype: extension || 'binary',
    pretty_type: known.pretty,
    user: given.user,
    size: given.size,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: `${base}/${safeName}`,
    url_private_download: `${base}/download/${safeName}`,
    permalink: `https://${ws.state.team.domain}.slack.com/files/${given.user}/${given.id}/${safeName}`,
    user_team: ws.state.team.id,
    editable: false,
    external_type: '',
    public_url_shared: false,
    display_as_bot: false,
    is_starred: false,
    has_rich_preview: false,
    comments_count: 0,
    channels: [],
    groups: [],
    ims: [],
    shares: { public: {}, private: {} },
  }
}

/** Notes in which message of a channel a file is seen. */
export function shareFile(
  ws: Workspace,
  file: SlackFile,
  channel: SlackChannel,
  message: SlackMessage,
): void {
  const places = { im: file.ims, private: file.groups, channel: file.channels }[channel.kind]
  if (!places.includes(channel.id)) places.push(channel.id)
  if (channel.kind === 'channel') file.is_public = true
  const shares = channel.kind === 'channel' ? file.shares.public : file.shares.private
  const share = {
    reply_users: [],
    reply_users_count: 0,
    reply_count: 0,
    ts: message.ts,
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    channel_name: channel.name,
    team_id: ws.state.team.id,
    share_user_id: file.user,
    source: 'UNKNOWN',
    is_silent_share: false,
  }
  shares[channel.id] = [...(shares[channel.id] ?? []), share]
}

/** Whether that person (or the bot) may see the file: their own, or shared where they are. */
export function maySee(ws: Workspace, file: SlackFile, userId: string): boolean {
  if (file.user === userId) return true
  return [...file.channels, ...file.groups, ...file.ims].some((id) => {
    const channel = ws.state.channels[id]
    return channel !== undefined && isMember(channel, userId)
  })
}

/** Deletes a file; where it was shown, a tombstone is left. */
export function deleteFile(ws: Workspace, file: SlackFile): void {
  delete ws.state.files[file.id]
  ws.store.bytes.delete(file.id)
  for (const id of [...file.channels, ...file.groups, ...file.ims]) {
    const channel = ws.state.channels[id]
    if (!channel) continue
    for (const message of messagesOf(ws.state, id)) {
      const { files } = message
      if (!files?.some((one) => one.id === file.id)) continue
      changeMessage(ws, channel, message, (kept) => {
        kept.files = files.map((one) => (one.id === file.id ? { id: one.id, mode: 'tombstone' } : one))
      })
    }
  }
  ws.store.changed({ kind: 'file', detail: file.id })
}
