import { own } from '../fields.js'
import { ServiceError } from '../service-error.js'
import type { TeamsFile } from '../types.js'
import type { Operation, Request } from './operation.js'

function pictureOf({ tenant, ids }: Request): { file: TeamsFile; bytes: Buffer } {
  const file = own(tenant.state.files, ids[0] ?? '')
  const bytes = file?.isInline ? tenant.store.bytes.get(file.id) : undefined
  if (!file || !bytes) throw new ServiceError(404, 'AttachmentNotFound', 'Attachment not found.')
  return { file, bytes }
}

/** Pictures in a text; files beside it are downloaded elsewhere (see files.ts). */
export const attachmentOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: 'attachments/:',
    call: 'getAttachment',
    run(request) {
      const { file } = pictureOf(request)
      const views = [{ viewId: 'original', size: file.size }]
      return { status: 200, body: { name: file.name, type: file.mimetype, views } }
    },
  },
  {
    method: 'GET',
    path: 'attachments/:/views/:',
    call: 'getAttachment',
    run(request) {
      const { file, bytes } = pictureOf(request)
      if (request.ids[1] !== 'original') throw new ServiceError(404, 'ViewNotFound', 'View not found.')
      return { status: 200, body: bytes, type: file.mimetype }
    },
  },
]
