import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Choice, ChoiceGroup } from './block-fields.js'
import { isComposing } from './keys.js'
import { type Lang, say } from './texts.js'

const SEARCH_FROM = 9

type PopupProps = {
  anchor: HTMLElement
  groups: ChoiceGroup[]
  label: string
  lang: Lang
  chosen?: string
  /** asks for other options as somebody types; without it the given ones are filtered here */
  onQuery?: (query: string) => void
  onChoose: (choice: Choice) => void
  onClose: () => void
}

/** A list of choices over everything else, beside what opened it. Arrows move, Enter chooses, Escape closes. */
export function Popup(props: PopupProps): ReactNode {
  const { anchor, groups, label, lang, chosen, onQuery, onChoose, onClose } = props
  const box = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const count = groups.reduce((sum, group) => sum + group.choices.length, 0)
  const searchable = onQuery !== undefined || count >= SEARCH_FROM
  const matches = (choice: Choice): boolean =>
    onQuery !== undefined || choice.label.toLowerCase().includes(query.toLowerCase())
  const shown = groups.map((group) => ({ ...group, choices: group.choices.filter(matches) }))
  const flat = shown.flatMap((group) => group.choices)
  const style = usePlace(anchor, box, flat.length)

  useEffect(() => {
    const outside = (event: Event): void => {
      const target = event.target
      if (target instanceof Node && !box.current?.contains(target) && !anchor.contains(target)) onClose()
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [anchor, onClose])
  useEffect(() => {
    const initial = box.current?.querySelector<HTMLElement>('input, [role=option][tabindex="0"]')
    initial?.focus({ preventScroll: true })
  }, [])

  function move(to: number): void {
    const next = Math.max(0, Math.min(flat.length - 1, to))
    setAt(next)
    if (!searchable) box.current?.querySelectorAll<HTMLElement>('[role=option]')[next]?.focus()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 }
    const to = moves[event.key]
    const current = flat[at]
    if (to !== undefined) move(to)
    else if (event.key === 'Escape' || event.key === 'Tab') {
      onClose()
      anchor.focus()
    } else if (event.key === 'Enter' && current) onChoose(current)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  let index = -1
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the list box bubble up to here from its search field
    <div ref={box} className="popup" style={style} onKeyDown={onKeyDown}>
      {searchable && (
        <input
          className="popup-search"
          placeholder={say(lang, 'client.search')}
          aria-label={say(lang, 'client.search')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
            onQuery?.(event.target.value)
          }}
        />
      )}
      <div role="listbox" aria-label={label} className="popup-list">
        {flat.length === 0 && <div className="popup-none">{say(lang, 'client.no_match')}</div>}
        {shown.map((group) => (
          <div key={`${group.label ?? ''} ${group.choices[0]?.value ?? ''}`}>
            {group.label !== undefined && group.choices.length > 0 && (
              <div className="popup-group">{group.label}</div>
            )}
            {group.choices.map((choice) => {
              index += 1
              const own = index
              return (
                <div
                  key={choice.value}
                  role="option"
                  tabIndex={own === at ? 0 : -1}
                  aria-selected={choice.value === chosen}
                  className={own === at ? 'popup-option is-at' : 'popup-option'}
                  onPointerEnter={() => setAt(own)}
                  onClick={() => onChoose(choice)}
                  onKeyDown={undefined}
                >
                  {choice.label}
                  {choice.description !== undefined && <small>{choice.description}</small>}
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </div>,
    document.body,
  )
}

/** Below what opened it, or above where there is no room; never outside of the window. */
function usePlace(anchor: HTMLElement, box: { current: HTMLElement | null }, count: number) {
  const [place, setPlace] = useState<{ left: number; top: number; minWidth: number }>({
    left: 0,
    top: -9999,
    minWidth: 0,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size of the box follows from the number of options
  useLayoutEffect(() => {
    const from = anchor.getBoundingClientRect()
    const size = box.current?.getBoundingClientRect()
    const height = size?.height ?? 0
    const width = size?.width ?? 0
    const below = from.bottom + 4
    const top = below + height > window.innerHeight - 8 ? Math.max(8, from.top - height - 4) : below
    const left = Math.max(8, Math.min(from.left, window.innerWidth - width - 8))
    setPlace({ left, top, minWidth: from.width })
  }, [anchor, box, count])
  return place
}
