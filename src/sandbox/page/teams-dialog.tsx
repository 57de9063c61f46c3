import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Fields } from '../slack/types.js'
import type { Dialog } from '../teams/types.js'
import { acts } from './acts.js'
import { Icon } from './icons.js'
import { isComposing } from './keys.js'
import { useOwner } from './reader.js'
import { usePage } from './store.js'
import { DrawnCard } from './teams-card.js'
import { say } from './texts.js'
import { useModal } from './use-modal.js'

const NOTHING: { [name: string]: string } = {}

/** A task module over a client of Teams. */
export function TeamsDialog({ dialog }: { dialog: Dialog }): ReactNode {
  const { userId, lang } = useOwner()
  const fills = usePage((state) => state.fills[dialog.dialogId]) ?? NOTHING
  const [trouble, setTrouble] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const card = useMemo(() => dialog.card && filledIn(dialog.card, fills), [dialog.card, fills])
  useModal(box, '.modal-body :is(input, textarea, select, button), button')
  const close = (): void => void acts.closeDialog(userId, dialog.dialogId)
  async function press(action: number, values: Record<string, unknown>): Promise<void> {
    const result = await acts.submitDialog(userId, dialog.dialogId, values, action)
    setTrouble(result.ok ? '' : say(lang, 'modal.trouble'))
  }
  return (
    <div className="veil">
      <div
        ref={box}
        className="modal tm-dialog"
        role="dialog"
        aria-modal="true"
        aria-label={dialog.title}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !isComposing(event)) close()
        }}
      >
        <header>
          <h3>{dialog.title}</h3>
          <button type="button" className="btn-plain" aria-label={say(lang, 'modal.close')} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="modal-body">
          {(trouble !== '' || dialog.failed) && (
            <p className="banner" role="alert">
              <Icon name="warn" /> {say(lang, 'modal.trouble')}
            </p>
          )}
          {dialog.message !== undefined && <p>{dialog.message}</p>}
          {card && (
            <DrawnCard
              card={card}
              spotPrefix={`${userId} ${dialog.dialogId}`}
              onPress={(action, values) => void press(action, values)}
            />
          )}
        </div>
      </div>
    </div>
  )
}

/** The card with these values in its inputs. */
function filledIn(card: Fields, values: { [name: string]: string }): Fields {
  const fill = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(fill)
    if (typeof each !== 'object' || each === null) return each
    const fields = Object.fromEntries(Object.entries(each).map(([key, value]) => [key, fill(value)]))
    const given =
      typeof fields.id === 'string' && String(fields.type).startsWith('Input.')
        ? values[fields.id]
        : undefined
    return given === undefined ? fields : { ...fields, value: given }
  }
  return fill(card) as Fields
}
