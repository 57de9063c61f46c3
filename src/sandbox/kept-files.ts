import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The files that an emulated messenger holds. Their bytes never change. */
export type FileSource = { ids(): string[]; bytes(id: string): Buffer | undefined }
export type FileKeeper = {
  /** Writes what is not on disk yet. */
  write(): Promise<void>
  writeNow(): void
}

/** The bytes of all files that were kept in a folder, in base64, by their ids. */
export function readFiles(folder: string): Record<string, string> {
  mkdirSync(folder, { recursive: true })
  return Object.fromEntries(
    readdirSync(folder).map((id) => [id, readFileSync(join(folder, id)).toString('base64')]),
  )
}

/** Keeps files in a folder, each written once. */
export function keepFiles(folder: string, source: FileSource): FileKeeper {
  mkdirSync(folder, { recursive: true })
  const written = new Set(readdirSync(folder))

  function fresh(): [id: string, bytes: Buffer][] {
    return source.ids().flatMap((id) => {
      const bytes = written.has(id) ? undefined : source.bytes(id)
      return bytes ? [[id, bytes] as [string, Buffer]] : []
    })
  }

  return {
    async write() {
      for (const [id, bytes] of fresh()) {
        await writeFile(join(folder, id), bytes)
        written.add(id)
      }
    },
    writeNow() {
      for (const [id, bytes] of fresh()) writeFileSync(join(folder, id), bytes)
    },
  }
}
