import type { InboundFile } from '../../delivery/messenger.js'
import { DOWNLOAD_INFO, type WireAttachment } from './wire.js'

const FILE = 'application/vnd.microsoft.teams.file.download.info'

/**
 * The files of a message: what was sent beside it in a personal chat, and pictures in the text. The text itself comes a
 * second time as an attachment of HTML, and is not one. Teams does not say how large a file is.
 */
export function parseFiles(attachments: readonly WireAttachment[], messageId: string): InboundFile[] {
  return attachments.flatMap((attachment, i) => {
    const id = `${messageId}:${i}`
    if (attachment.contentType === FILE) {
      const read = DOWNLOAD_INFO.safeParse(attachment.content)
      if (!read.success) return []
      const { downloadUrl, uniqueId, fileType } = read.data
      const name = attachment.name ?? `file-${i + 1}${fileType ? `.${fileType}` : ''}`
      return [{ id: uniqueId ?? id, name, bytes: 0, locator: downloadUrl }]
    }
    if (!attachment.contentType.startsWith('image/') || !attachment.contentUrl) return []
    const kind = attachment.contentType.slice('image/'.length)
    const ending = /^[a-z0-9]{1,8}$/.test(kind) ? `.${kind}` : ''
    return [
      { id, name: attachment.name ?? `image-${i + 1}${ending}`, bytes: 0, locator: attachment.contentUrl },
    ]
  })
}
