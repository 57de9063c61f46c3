import { fieldsIn, textIn } from '../fields.js'
import { deleteFile, fileObject, maySee, shareFile } from '../files.js'
import { mintId, mintSecret } from '../ids.js'
import { addMessage, channelOfBot } from '../messages.js'
import { SlackError } from '../slack-error.js'
import { own } from '../store.js'
import type { SlackChannel, SlackFile } from '../types.js'
import type { Workspace } from '../workspace.js'
import { botMessage, intoThread } from './chat.js'
import { checkedBlocks } from './content.js'
import type { Args, Method } from './method.js'

const UPLOAD_LIFE_MS = 600_000
const MAX_BYTES = 1_000_000_000

export type PendingUpload = { id: string; name: string; length: number; atMs: number; content?: Buffer }
/** Uploads that were announced, by workspace and by the secret of their address. */
const pending = new WeakMap<Workspace, Map<string, PendingUpload>>()

function uploadsOf(ws: Workspace): Map<string, PendingUpload> {
  const uploads = pending.get(ws) ?? new Map<string, PendingUpload>()
  pending.set(ws, uploads)
  return uploads
}

/** Takes the bytes of an announced upload. Returns false for an address that was never given out, or too long ago. */
export function receiveUpload(ws: Workspace, secret: string, content: Buffer): boolean {
  const upload = uploadsOf(ws).get(secret)
  if (!upload || ws.monotonic() - upload.atMs > UPLOAD_LIFE_MS) return false
  upload.content = content
  return true
}

const getUploadUrl: Method = {
  tier: 4,
  scopes: ['files:write'],
  run(ws, args) {
    const name = args.required('filename')
    const length = args.number('length', 0)
    if (length <= 0) throw new SlackError('invalid_arguments')
    if (length > MAX_BYTES) throw new SlackError('file_upload_size_restricted')
    const secret = mintSecret()
    const id = mintId('F')
    uploadsOf(ws).set(secret, { id, name, length, atMs: ws.monotonic() })
    return { upload_url: `${ws.addresses.publicUrl}${ws.addresses.prefix}/-/upload/${secret}`, file_id: id }
  },
}

function takeUpload(ws: Workspace, id: string, title: string | undefined): SlackFile {
  const entry = [...uploadsOf(ws)].find(([, upload]) => upload.id === id)
  const upload = entry?.[1]
  if (!entry || !upload?.content) throw new SlackError('file_not_found')
  const { name, content } = upload
  const file = fileObject(ws, {
    id,
    name,
    user: ws.state.bot.userId,
    size: content.length,
    title: title ?? name,
  })
  uploadsOf(ws).delete(entry[0])
  ws.state.files[id] = file
  ws.store.bytes.set(id, content)
  ws.store.changed({ kind: 'file', detail: id })
  return file
}

function shareByBot(ws: Workspace, channel: SlackChannel, files: SlackFile[], args: Args): void {
  const blocks = args.json('blocks', 'invalid_blocks_format')
  const message = botMessage(ws, {
    text: args.text('initial_comment') ?? '',
    ...(blocks === undefined ? {} : { blocks: checkedBlocks(blocks) }),
  })
  message.subtype = 'file_share'
  message.files = files
  intoThread(ws, channel, message, args.text('thread_ts'))
  for (const file of files) shareFile(ws, file, channel, message)
  addMessage(ws, channel, message)
}

const completeUpload: Method = {
  tier: 4,
  scopes: ['files:write'],
  run(ws, args) {
    const wanted = fieldsIn(args.json('files', 'invalid_arguments'))
    if (wanted.length === 0) throw new SlackError('invalid_arguments')
    const ids = [args.text('channel_id'), ...(args.text('channels')?.split(',') ?? [])].filter(
      (id) => id !== undefined,
    )
    const channels = ids.map((id) => channelOfBot(ws, id))
    const files = wanted.map((each) => takeUpload(ws, textIn(each, 'id') ?? '', textIn(each, 'title')))
    for (const channel of channels) shareByBot(ws, channel, files, args)
    return { files: structuredClone(files) }
  },
}

const info: Method = {
  tier: 4,
  scopes: ['files:read'],
  run(ws, args) {
    const file = own(ws.state.files, args.required('file'))
    if (!file || !maySee(ws, file, ws.state.bot.userId)) throw new SlackError('file_not_found')
    const paging = { count: 100, total: 0, page: 1, pages: 0 }
    return { file: structuredClone(file), comments: [], paging, response_metadata: { next_cursor: '' } }
  },
}

const remove: Method = {
  tier: 3,
  scopes: ['files:write'],
  run(ws, args) {
    const file = own(ws.state.files, args.required('file'))
    if (!file || !maySee(ws, file, ws.state.bot.userId)) throw new SlackError('file_not_found')
    if (file.user !== ws.state.bot.userId) throw new SlackError('cant_delete_file')
    deleteFile(ws, file)
    return {}
  },
}

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
  'files.delete': remove,
}
