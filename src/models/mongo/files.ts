import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileTypeFromBuffer } from 'file-type'
import { mongo } from 'mongoose'
import { newId } from '../../lib/ids.js'
import { clip } from '../../lib/text.js'
import type { DeskId, FileId } from '../ids.js'
import type { FileRef } from '../ticket/ticket.js'
import type { Database } from './database.js'

/** The largest file that is kept, in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

/** Files people sent, in GridFS. Their type is sniffed from the bytes; what the sender called it counts for nothing. */
export interface Files {
  save(deskId: DeskId, name: string, bytes: Buffer): Promise<FileRef>
  read(deskId: DeskId, id: FileId): Promise<{ file: FileRef; stream: Readable } | undefined>
  bytes(deskId: DeskId, id: FileId): Promise<Buffer | undefined>
}

export function createFiles(database: Database): Files {
  const bucket = new mongo.GridFSBucket(database.db, {
    bucketName: 'files',
    writeConcern: { w: 'majority', journal: true },
  })

  async function find(
    deskId: DeskId,
    id: FileId,
  ): Promise<{ file: FileRef; gridId: mongo.ObjectId } | undefined> {
    const [found] = await bucket
      .find({ filename: `${deskId}/${id}` })
      .limit(1)
      .toArray()
    if (!found) return undefined
    const { name, mediaType } = (found.metadata ?? {}) as { name?: string; mediaType?: string }
    const file = {
      id,
      name: name ?? 'file',
      bytes: found.length,
      mediaType: mediaType ?? 'application/octet-stream',
    }
    return { file, gridId: found._id }
  }

  return {
    save: async (deskId, rawName, bytes) => {
      const id = newId()
      const name = safeName(rawName)
      const mediaType = (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream'
      const upload = bucket.openUploadStream(`${deskId}/${id}`, { metadata: { deskId, name, mediaType } })
      await pipeline(Readable.from([bytes]), upload)
      return { id, name, bytes: bytes.length, mediaType }
    },
    read: async (deskId, id) => {
      const found = await find(deskId, id)
      return found && { file: found.file, stream: bucket.openDownloadStream(found.gridId) }
    },
    bytes: async (deskId, id) => {
      const found = await find(deskId, id)
      if (!found) return undefined
      const chunks: Buffer[] = []
      for await (const chunk of bucket.openDownloadStream(found.gridId)) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks)
    },
  }
}

const MAX_NAME = 120

/** A name that is only a name: no folders, no control, direction or broken characters, of bearable length. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim()
  if (plain === '' || /^\.+$/.test(plain)) return 'file'
  const ending = /\.[^.]{1,10}$/u.exec(plain)?.[0] ?? ''
  return clip(plain.slice(0, plain.length - ending.length), MAX_NAME - ending.length) + ending
}
