import { z } from 'zod'
import type { OutFile } from '../../delivery/messenger.js'
import type { OpenApi } from './open-api.js'
import type { Content } from './posting.js'

/** Types that Feishu shows as pictures; anything else is a file. */
const PICTURES = /^image\/(png|jpe?g|gif|webp|bmp)$/
/** Feishu takes pictures up to ten megabytes; larger ones go as files. */
const MAX_PICTURE_BYTES = 10 * 1024 * 1024
/** Videos and voices would be messages of another kind: they go as files like any other. */
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
}
const KEYS = z.object({ image_key: z.string().optional(), file_key: z.string().optional() })

/** Brings the bytes to Feishu without showing them anywhere: repeating that is harmless. Returns the messages to send. */
export async function uploadFiles(api: OpenApi, files: readonly OutFile[]): Promise<Content[]> {
  const contents: Content[] = []
  for (const file of files) contents.push(await uploadFile(api, file))
  return contents
}

async function uploadFile(api: OpenApi, file: OutFile): Promise<Content> {
  const bytes = new Uint8Array(await file.read())
  if (PICTURES.test(file.mediaType) && bytes.length <= MAX_PICTURE_BYTES) {
    const form = (): FormData => formOf({ image_type: 'message' }, 'image', file, bytes)
    const { image_key } = KEYS.parse(await api.upload('/im/v1/images', form, bytes.length))
    return { msg_type: 'image', content: JSON.stringify({ image_key }) }
  }
  const fields = { file_type: typeOf(file.name), file_name: file.name.slice(0, 200) }
  const form = (): FormData => formOf(fields, 'file', file, bytes)
  const { file_key } = KEYS.parse(await api.upload('/im/v1/files', form, bytes.length))
  return { msg_type: 'file', content: JSON.stringify({ file_key }) }
}

function formOf(
  fields: Record<string, string>,
  part: string,
  file: OutFile,
  bytes: Uint8Array<ArrayBuffer>,
): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append(part, new Blob([bytes], { type: file.mediaType }), file.name)
  return form
}

function typeOf(name: string): string {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return TYPES[extension] ?? 'stream'
}
