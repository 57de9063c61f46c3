import { type ReactNode, useState } from 'react'
import { Icon } from './icons.js'
import type { ShownFile } from './pane.js'
import { useOwner } from './reader.js'
import { say } from './texts.js'

/** What is attached to a message: pictures are shown, everything is there to be downloaded. */
export function MessageFiles({ files }: { files: readonly ShownFile[] }): ReactNode {
  if (files.length === 0) return null
  return (
    <div className="chips">
      {files.map((file) => (
        <AttachedFile key={file.id} file={file} />
      ))}
    </div>
  )
}

function AttachedFile({ file }: { file: ShownFile }): ReactNode {
  const { lang } = useOwner()
  // Whatever its name says, it may be no picture.
  const [broken, setBroken] = useState(false)
  const shown = file.image && !broken
  return (
    <a
      className={shown ? 'thumbnail' : 'file-chip'}
      href={file.href}
      download={file.name}
      aria-label={say(lang, 'client.download', { name: file.name })}
      title={shown ? file.name : undefined}
    >
      {shown ? (
        <img src={file.href} alt={file.name} loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <>
          <Icon name={file.image ? 'picture' : 'file'} size={14} /> {file.name}{' '}
          <small>{size(file.size)}</small>
        </>
      )}
    </a>
  )
}

function size(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
