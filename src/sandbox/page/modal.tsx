import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { Fields, InputValue, SlackView } from '../slack/types.js'
import { acts } from './acts.js'
import type { Values } from './api.js'
import { object, objects, string, textOf } from './block-fields.js'
import { Blocks } from './blocks.js'
import { Icon } from './icons.js'
import { InputBlock, initialInput } from './input-block.js'
import { isComposing } from './keys.js'
import { useSlackOwner } from './reader.js'
import { setInput, usePage } from './store.js'
import { say } from './texts.js'
import { useModal } from './use-modal.js'

const EMPTY: Values = {}

/** The form on top of a person's client. */
export function Modal({ view }: { view: SlackView }): ReactNode {
  const { userId, lang } = useSlackOwner()
  const typed = usePage((state) => state.forms[view.id]) ?? EMPTY
  const [errors, setErrors] = useState<{ [blockId: string]: string }>({})
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState(false)
  const pointedAt = usePage((state) => state.spot === `${userId} ${view.id}`)
  const box = useRef<HTMLFormElement>(null)
  const place = { viewId: view.id }
  const title = textOf(view.title)
  useModal(box, '.field, .btn-select, .btn')

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setTrouble(false)
    const result = await acts.submitView(userId, view.id, typed)
    setBusy(false)
    setErrors(result.errors ?? {})
    setTrouble(!result.ok && !result.errors)
  }
  const close = (): void => void acts.closeView(userId, view.id)

  return (
    <div className="veil">
      <form
        ref={box}
        className="modal"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        noValidate
        onSubmit={(event) => void submit(event)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !isComposing(event)) close()
        }}
      >
        <header>
          <h3>{title}</h3>
          <button type="button" className="btn-plain" aria-label={say(lang, 'modal.close')} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="modal-body">
          {(trouble || view.dispatchFailed) && (
            <p className="banner" role="alert">
              <Icon name="warn" /> {say(lang, 'modal.trouble')}
            </p>
          )}
          {view.blocks.map((block, i) => {
            const key = string(block.block_id) ?? `${i}`
            if (block.type !== 'input') return <Blocks key={key} blocks={[block]} place={place} />
            return (
              <InputBlock
                key={key}
                block={block}
                place={place}
                value={held(typed, view, block)}
                error={errors[key] ?? view.errors?.[key]}
                onChange={(value) => fill(view.id, block, value)}
              />
            )
          })}
        </div>
        <footer>
          <button type="button" className="btn" onClick={close}>
            {textOf(view.close) || say(lang, 'client.cancel')}
          </button>
          {view.submit && (
            <button
              type="submit"
              className={`btn btn-primary${busy ? ' is-busy' : ''}${pointedAt ? ' is-spot' : ''}`}
              disabled={busy}
            >
              {textOf(view.submit)}
            </button>
          )}
        </footer>
      </form>
    </div>
  )
}

function actionOf(block: Fields): { blockId: string; actionId: string; element: Fields } {
  const element = object(block.element) ?? {}
  return { blockId: string(block.block_id) ?? '', actionId: string(element.action_id) ?? '', element }
}

function fill(viewId: string, block: Fields, value: InputValue): void {
  const { blockId, actionId } = actionOf(block)
  setInput(viewId, blockId, actionId, value)
}

/** What was typed here, else what the messenger has kept of it, else what the app has put there. */
function held(typed: Values, view: SlackView, block: Fields): InputValue {
  const { blockId, actionId, element } = actionOf(block)
  const own = typed[blockId]?.[actionId]
  if (own !== undefined) return own
  const kept = view.state.values[blockId]?.[actionId]
  const value =
    string(kept?.value) ?? string(object(kept?.selected_option)?.value) ?? string(kept?.selected_user)
  const options = objects(kept?.selected_options).map((each) => string(each.value) ?? '')
  return value ?? (options.length > 0 ? options : initialInput(element))
}
