import { type ReactNode, useEffect, useState } from 'react'
import { Icon } from './icons.js'
import type { ShownToast } from './pane.js'

const SHOWN_MS = 6000

/** What the app answered to a click, over the client for a while. */
export function Toast({ toast }: { toast: ShownToast }): ReactNode {
  const { kind, text, at } = toast
  const [shown, setShown] = useState(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words at another time are another toast
  useEffect(() => {
    setShown(true)
    const timer = setTimeout(() => setShown(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [kind, text, at])
  if (!shown) return null
  return (
    <p className={`toast toast-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {kind !== 'info' && <Icon name={kind === 'success' ? 'check' : 'warn'} size={14} />} {text}
    </p>
  )
}
