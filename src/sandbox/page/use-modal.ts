import { type RefObject, useEffect } from 'react'

/**
 * For what lies over one person's client: that client cannot be used meanwhile, the others can. The focus comes in,
 * unless somebody is at work elsewhere, and goes back to where it was.
 */
export function useModal(box: RefObject<HTMLElement | null>, first: string): void {
  useEffect(() => {
    const column = box.current?.closest('.column')
    const client = column?.querySelector('.client')
    const before = document.activeElement
    const isBusyElsewhere = before !== null && before !== document.body && !column?.contains(before)
    const above = Number(client?.getAttribute('data-modals') ?? 0)
    client?.setAttribute('data-modals', String(above + 1))
    client?.toggleAttribute('inert', true)
    if (!isBusyElsewhere && !box.current?.contains(before)) {
      box.current?.querySelector<HTMLElement>(first)?.focus({ preventScroll: true })
    }
    return () => {
      const left = Number(client?.getAttribute('data-modals') ?? 1) - 1
      client?.setAttribute('data-modals', String(left))
      client?.toggleAttribute('inert', left > 0)
      const isFree = document.activeElement === null || document.activeElement === document.body
      if (isFree && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [box, first])
}
