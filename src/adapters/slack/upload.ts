import type { WebClient } from '@slack/web-api'
import type { Address, Outcome, OutFile } from '../../delivery/messenger.js'
import { ofStatus, toFailure } from './errors.js'
import { CALL_TIMEOUT_MS, fetchNamingTheWait } from './web-client.js'

/** Bigger files take longer than a call may. */
const BYTES_PER_MS = 100

/** Bytes that Slack has and nobody sees yet. Without a title they are shown under the name they were uploaded with. */
export interface Uploaded {
  id: string
  title?: string
}

/** Brings the bytes to Slack without showing them anywhere: repeating that is harmless. */
export async function uploadFiles(
  client: WebClient,
  files: readonly OutFile[],
): Promise<Outcome<Uploaded[]>> {
  const uploaded: Uploaded[] = []
  for (const file of files) {
    const one = await uploadFile(client, file)
    if (one.kind !== 'sent') return one
    uploaded.push(one.value)
  }
  return { kind: 'sent', value: uploaded }
}

async function uploadFile(client: WebClient, file: OutFile): Promise<Outcome<Uploaded>> {
  try {
    const bytes = await file.read()
    const slot = await client.files.getUploadURLExternal({ filename: file.name, length: bytes.length })
    if (!slot.upload_url || !slot.file_id) return { kind: 'transient', reason: 'no_upload_url' }
    const response = await fetchNamingTheWait(slot.upload_url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
      redirect: 'error',
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS + Math.ceil(bytes.length / BYTES_PER_MS)),
    })
    await response.body?.cancel()
    if (!response.ok) return ofStatus(response.status, 'harmless')
    return { kind: 'sent', value: { id: slot.file_id, title: file.name } }
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}

/** Shows uploaded files in a conversation or thread. */
export async function shareFiles(
  client: WebClient,
  to: Address,
  files: readonly Uploaded[],
): Promise<Outcome> {
  const [first, ...others] = files
  if (first === undefined) return { kind: 'sent', value: undefined }
  try {
    const where = {
      channel_id: to.conversation,
      ...(to.thread === undefined ? {} : { thread_ts: to.thread }),
    }
    await client.files.completeUploadExternal({ files: [first, ...others], ...where })
    return { kind: 'sent', value: undefined }
  } catch (error) {
    return toFailure(error, 'duplicates')
  }
}
