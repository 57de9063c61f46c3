import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
} from 'react'
import { acts } from './acts.js'
import { attach } from './attach.js'
import { Icon } from './icons.js'
import { isComposing } from './keys.js'
import { useOwner } from './reader.js'
import { clientOf, type Draft, pageState, setDraft, usePage } from './store.js'
import { say } from './texts.js'

const EMPTY: Draft = { text: '', files: [] }

type Props = { conversation: string; root?: string; placeholder: string; small?: boolean }

/** Where somebody writes: Enter sends, Shift+Enter begins a new line, pasted or dropped files are attached. */
export function Composer({ conversation, root, placeholder, small = false }: Props): ReactNode {
  const owner = useOwner()
  const { userId, lang } = owner
  const place = root === undefined ? conversation : `${conversation}:${root}`
  const draft = usePage((state) => clientOf(state, userId).drafts[place]) ?? EMPTY
  const pointedAt = usePage((state) => state.spot === `${userId} ${place}`)
  const area = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const empty = draft.text.trim() === '' && draft.files.length === 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const box = area.current
    if (!box) return
    box.style.height = 'auto'
    // Nothing has a height in a column that a narrow screen does not show.
    if (box.scrollHeight === 0) return
    box.style.height = `${Math.min(box.scrollHeight, 140)}px`
  }, [draft.text])

  async function send(): Promise<void> {
    if (empty) return
    const { problem: _, ...sent } = draft
    setDraft(userId, place, EMPTY)
    const result = await acts.post(owner, conversation, {
      ...sent,
      ...(root === undefined ? {} : { root }),
    })
    if (result.ok) return
    // What was typed meanwhile stays, too.
    const since = clientOf(pageState(), userId).drafts[place] ?? EMPTY
    setDraft(userId, place, {
      text: [sent.text, since.text].filter((text) => text !== '').join('\n'),
      files: [...sent.files, ...since.files],
      problem: say(lang, 'client.not_sent', { error: result.error ?? '?' }),
    })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return
    event.preventDefault()
    void send()
  }
  function onPaste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    void attach(userId, place, files, lang)
  }
  function onDrop(event: DragEvent): void {
    const files = [...event.dataTransfer.files]
    if (files.length === 0) return
    event.preventDefault()
    event.stopPropagation()
    void attach(userId, place, files, lang)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file can be dropped on it; the button beside does the same
    <div
      className={`composer${small ? ' composer-small' : ''}${pointedAt ? ' is-spot' : ''}`}
      onDrop={onDrop}
    >
      {draft.files.length > 0 && (
        <div className="chips">
          {draft.files.map((file, i) => (
            <span key={`${file.name} ${file.base64.length}`} className="file-chip">
              <Icon name="file" size={14} /> {file.name}
              <button
                type="button"
                aria-label={say(lang, 'client.remove_file', { name: file.name })}
                onClick={() =>
                  setDraft(userId, place, { ...draft, files: draft.files.filter((_, j) => j !== i) })
                }
              >
                <Icon name="close" size={12} />
              </button>
            </span>
          ))}
        </div>
      )}
      <div className="composer-row">
        <button
          type="button"
          className="btn-plain"
          aria-label={say(lang, 'client.attach')}
          onClick={() => chooser.current?.click()}
        >
          <Icon name="clip" />
        </button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            void attach(userId, place, [...(event.target.files ?? [])], lang)
            event.target.value = ''
          }}
        />
        <textarea
          ref={area}
          rows={1}
          value={draft.text}
          placeholder={placeholder}
          aria-label={placeholder}
          // The story is typing here.
          readOnly={pointedAt}
          onChange={(event) => setDraft(userId, place, { ...draft, text: event.target.value })}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button
          type="button"
          className={empty ? 'btn-plain btn-send' : 'btn-plain btn-send is-ready'}
          aria-label={say(lang, 'client.send')}
          disabled={empty}
          onClick={() => void send()}
        >
          <Icon name="send" />
        </button>
      </div>
      {draft.problem !== undefined && (
        <p className="input-error" role="alert">
          {draft.problem}
        </p>
      )}
    </div>
  )
}
