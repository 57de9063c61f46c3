import type { ReactNode } from 'react'
import { Icon } from './icons.js'
import type { ShownFile } from './pane.js'
import { useOwner } from './reader.js'
import { say } from './texts.js'

/** What is attached to a message, to be downloaded. */
export function MessageFiles({ files }: { files: readonly ShownFile[] }): ReactNode {
  const { lang } = useOwner()
  if (files.length === 0) return null
  return (
    <div className="chips">
      {files.map((file) => (
        <a
          key={file.id}
          className="file-chip"
          href={file.href}
          download={file.name}
          aria-label={say(lang, 'client.download', { name: file.name })}
        >
          <Icon name={file.image ? 'picture' : 'file'} size={14} /> {file.name}{' '}
          <small>{size(file.size)}</small>
        </a>
      ))}
    </div>
  )
}

function size(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
