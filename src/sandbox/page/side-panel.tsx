import type { ReactNode } from 'react'
import { CountedPanel } from './counted-panel.js'
import { usePage } from './store.js'
import { TracePanel } from './trace-panel.js'

/** What the page knows better than any of the people on it: what is counted, and what just happened. */
export function SidePanel(): ReactNode {
  const shownNarrow = usePage((state) => state.narrow === -1)
  return (
    <aside className={shownNarrow ? 'side is-shown' : 'side'}>
      <CountedPanel />
      <TracePanel />
    </aside>
  )
}
