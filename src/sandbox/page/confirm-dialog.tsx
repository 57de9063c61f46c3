import { createContext, type ReactNode, useContext, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Confirm } from './block-fields.js'
import { TypedText } from './feishu-text.js'
import { isComposing } from './keys.js'
import { MrkdwnText } from './mrkdwn-text.js'
import { useOwner } from './reader.js'
import { useModal } from './use-modal.js'

/** Where a client shows what lies over its messages. */
export const Overlay = createContext<HTMLElement | null>(null)

type Props = { confirm: Confirm; onYes: () => void; onNo: () => void }

/** A question over one person's client. */
export function ConfirmDialog({ confirm, onYes, onNo }: Props): ReactNode {
  const overlay = useContext(Overlay)
  const { platform } = useOwner()
  const box = useRef<HTMLDivElement>(null)
  // A second Enter of somebody in a hurry must not be what says yes to an end.
  useModal(box, confirm.danger ? '.btn' : '.btn-primary')
  if (!overlay) return null
  return createPortal(
    <div className="veil">
      <div
        className="dialog"
        ref={box}
        role="alertdialog"
        aria-modal="true"
        aria-label={confirm.title}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !isComposing(event)) onNo()
        }}
      >
        <h3>{confirm.title}</h3>
        <div className="dialog-text">
          {platform === 'slack' ? <MrkdwnText text={confirm.text} /> : <TypedText text={confirm.text} />}
        </div>
        <div className="dialog-buttons">
          <button type="button" className="btn" onClick={onNo}>
            {confirm.no}
          </button>
          <button
            type="button"
            className={confirm.danger ? 'btn btn-danger-solid' : 'btn btn-primary'}
            onClick={onYes}
          >
            {confirm.yes}
          </button>
        </div>
      </div>
    </div>,
    overlay,
  )
}
