import { FeishuError } from '../feishu-error.js'
import { own, textIn } from '../fields.js'
import { resourceKeys } from '../message-text.js'
import { messageOf } from '../messages.js'
import { chatOf, isMember } from '../store.js'
import { keepFile } from '../uploads.js'
import type { Workspace } from '../workspace.js'
import { type Api, type ApiAnswer, type ApiRequest, param } from './api.js'

const MAX_FILE_BYTES = 30 * 1024 * 1024
const MAX_IMAGE_BYTES = 10 * 1024 * 1024
const FILE_TYPES = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']
const RESOURCE = ['im:resource', 'im:resource:upload']
const READ = ['im:message', 'im:message:readonly', 'im:message.history:readonly']

function upload(ws: Workspace, { body, upload: file }: ApiRequest, kind: 'file' | 'image'): ApiAnswer {
  const typeField = kind === 'file' ? 'file_type' : 'image_type'
  const allowed = kind === 'file' ? FILE_TYPES : ['message', 'avatar']
  if (!file || !allowed.includes(textIn(body, typeField) ?? '')) throw new FeishuError(234001)
  const name = kind === 'file' ? textIn(body, 'file_name') : file.name
  if (name === undefined || name === '') throw new FeishuError(234001, { detail: 'file_name is required' })
  if (file.bytes.length === 0) throw new FeishuError(234010)
  if (file.bytes.length > (kind === 'file' ? MAX_FILE_BYTES : MAX_IMAGE_BYTES)) throw new FeishuError(234006)
  const { key } = keepFile(ws, { kind, name, mimetype: file.mimetype, bytes: file.bytes })
  ws.state.uploads.push(key)
  return { data: { [kind === 'file' ? 'file_key' : 'image_key']: key }, place: { key } }
}

function download(ws: Workspace, key: string, code: 234003 | 234008): ApiAnswer {
  const file = own(ws.state.files, key)
  const bytes = ws.store.bytes.get(key)
  if (!file || !bytes) throw new FeishuError(code)
  return { download: { bytes, mimetype: file.mimetype, name: file.name }, place: { key } }
}

/** What a message holds; not of stickers, and not of what a forwarded bundle holds. */
function resource(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = messageOf(ws, param(request, 'message_id'))
  const key = param(request, 'key')
  const type = request.query.type ?? ''
  if (type !== 'image' && type !== 'file') throw new FeishuError(234001, { detail: 'invalid type' })
  if (!isMember(chatOf(ws.state, message.chatId), ws.app.botOpenId)) throw new FeishuError(234004)
  const isHere = !message.recalled && message.msgType !== 'sticker' && resourceKeys(message).includes(key)
  if (!isHere || own(ws.state.files, key)?.kind !== type) throw new FeishuError(234003)
  return download(ws, key, 234003)
}

function ownUpload(ws: Workspace, request: ApiRequest): ApiAnswer {
  const key = param(request, 'key')
  if (!ws.state.uploads.includes(key)) throw new FeishuError(234008)
  return download(ws, key, 234008)
}

export const fileApis: readonly Api[] = [
  {
    name: 'im.v1.file.create',
    verb: 'POST',
    path: '/im/v1/files',
    scopes: RESOURCE,
    run: (ws, request) => upload(ws, request, 'file'),
  },
  {
    name: 'im.v1.image.create',
    verb: 'POST',
    path: '/im/v1/images',
    scopes: RESOURCE,
    run: (ws, request) => upload(ws, request, 'image'),
  },
  { name: 'im.v1.file.get', verb: 'GET', path: '/im/v1/files/:key', scopes: ['im:resource'], run: ownUpload },
  {
    name: 'im.v1.image.get',
    verb: 'GET',
    path: '/im/v1/images/:key',
    scopes: ['im:resource'],
    run: ownUpload,
  },
  {
    name: 'im.v1.messageResource.get',
    verb: 'GET',
    path: '/im/v1/messages/:message_id/resources/:key',
    scopes: READ,
    run: resource,
  },
]
