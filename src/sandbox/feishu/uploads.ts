import { mintFileKey } from './ids.js'
import type { FeishuFile } from './types.js'
import type { Workspace } from './workspace.js'

type NewFile = Omit<FeishuFile, 'key' | 'size'> & { bytes: Buffer }

/** Keeps bytes under a new key. */
export function keepFile(ws: Workspace, { kind, name, mimetype, bytes }: NewFile): FeishuFile {
  const key = mintFileKey(kind)
  const file: FeishuFile = { key, kind, name, mimetype, size: bytes.length }
  ws.state.files[key] = file
  ws.store.bytes.set(key, bytes)
  return file
}
