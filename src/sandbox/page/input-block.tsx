import { type ReactNode, useId, useState } from 'react'
import type { Fields, InputValue } from '../slack/types.js'
import type { Place } from './acts.js'
import { api, readFile } from './api.js'
import { object, objects, string, textOf } from './block-fields.js'
import { SelectElement, Ticks } from './element.js'
import { Icon } from './icons.js'
import { useSlackOwner } from './reader.js'
import { say, type TextKey } from './texts.js'

type Props = {
  block: Fields
  place: Place
  value: InputValue
  error: string | undefined
  onChange: (value: InputValue) => void
}

/** What the client itself objects to, by the emulator's code; anything else is the app's own text. */
const CLIENT_ERRORS: Record<string, TextKey> = {
  required: 'modal.required',
  too_short: 'modal.too_short',
  too_long: 'modal.too_long',
}

/** A question of a form with its label, hint and what is wrong with the answer. */
export function InputBlock({ block, place, value, error, onChange }: Props): ReactNode {
  const { lang } = useSlackOwner()
  const id = useId()
  const element = object(block.element) ?? {}
  const hint = textOf(block.hint)
  const known = error === undefined ? undefined : CLIENT_ERRORS[error]
  const describedBy = [hint === '' ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
    .join(' ')
    .trim()
  return (
    <div className={error === undefined ? 'input' : 'input has-error'} data-block={string(block.block_id)}>
      <label htmlFor={id}>
        {textOf(block.label)}
        {block.optional === true && <span className="optional"> {say(lang, 'modal.optional')}</span>}
      </label>
      <Control
        id={id}
        element={element}
        blockId={string(block.block_id) ?? ''}
        place={place}
        value={value}
        describedBy={describedBy}
        invalid={error !== undefined}
        onChange={onChange}
      />
      {error !== undefined && (
        <p className="input-error" id={`${id}-error`} role="alert">
          {known ? say(lang, known) : error}
        </p>
      )}
      {hint !== '' && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

type ControlProps = {
  id: string
  element: Fields
  blockId: string
  place: Place
  value: InputValue
  describedBy: string
  invalid: boolean
  onChange: (value: InputValue) => void
}

const INPUT_TYPES: Record<string, string> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
}

function Control(props: ControlProps): ReactNode {
  const { id, element, blockId, place, value, describedBy, invalid, onChange } = props
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const common = {
    id,
    className: 'field',
    'aria-describedby': describedBy || undefined,
    'aria-invalid': invalid,
    placeholder: textOf(element.placeholder) || undefined,
    autoFocus: element.focus_on_load === true,
  }
  switch (element.type) {
    case 'plain_text_input':
    case 'rich_text_input':
      if (element.multiline === true || element.type === 'rich_text_input') {
        return (
          <textarea {...common} rows={4} value={text} onChange={(event) => onChange(event.target.value)} />
        )
      }
      return <input {...common} type="text" value={text} onChange={(event) => onChange(event.target.value)} />
    case 'static_select':
    case 'external_select':
    case 'users_select':
      return (
        <SelectElement
          element={element}
          blockId={blockId}
          place={place}
          busy={false}
          use={onChange}
          {...(text === '' ? {} : { value: text })}
        />
      )
    case 'radio_buttons':
    case 'checkboxes':
      return <Ticks element={element} blockId={blockId} use={onChange} value={value} />
    case 'file_input':
      return <FileInput id={id} element={element} describedBy={describedBy} onChange={onChange} />
    default: {
      const type = INPUT_TYPES[String(element.type)]
      if (type === undefined) return <span className="unknown">{String(element.type)}</span>
      return (
        <input
          {...common}
          type={type}
          value={text}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )
    }
  }
}

type FileInputProps = Pick<ControlProps, 'id' | 'element' | 'describedBy' | 'onChange'>

/** Files go up as soon as they are chosen; the form submits their ids. */
function FileInput({ id, element, describedBy, onChange }: FileInputProps): ReactNode {
  const { userId, lang } = useSlackOwner()
  const [files, setFiles] = useState<{ id: string; name: string }[]>([])
  const max = typeof element.max_files === 'number' ? element.max_files : 10
  const keep = (next: { id: string; name: string }[]): void => {
    setFiles(next)
    onChange(next.map((file) => file.id))
  }
  async function add(chosen: FileList | null): Promise<void> {
    const added = await Promise.all(
      [...(chosen ?? [])]
        .slice(0, max - files.length)
        .map(async (file) => api.upload(userId, await readFile(file))),
    )
    keep([...files, ...added])
  }
  return (
    <div className="file-input">
      {files.map((file) => (
        <span key={file.id} className="file-chip">
          <Icon name="file" size={14} /> {file.name}
          <button
            type="button"
            aria-label={say(lang, 'client.remove_file', { name: file.name })}
            onClick={() => keep(files.filter((each) => each.id !== file.id))}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      <label className={files.length >= max ? 'btn is-off' : 'btn'} htmlFor={id}>
        <Icon name="clip" size={14} /> {say(lang, 'modal.choose_files')}
      </label>
      <input
        id={id}
        type="file"
        className="sr"
        multiple={max > 1}
        aria-describedby={describedBy || undefined}
        disabled={files.length >= max}
        accept={acceptOf(element)}
        onChange={(event) => {
          void add(event.target.files)
          event.target.value = ''
        }}
      />
    </div>
  )
}

function acceptOf(element: Fields): string | undefined {
  const types = Array.isArray(element.filetypes) ? element.filetypes.map((type) => `.${String(type)}`) : []
  return types.length > 0 ? types.join(',') : undefined
}

/** What an input holds before anybody has touched it. */
export function initialInput(element: Fields): InputValue {
  const option = object(element.initial_option)
  if (option) return string(option.value) ?? null
  const options = objects(element.initial_options)
  if (options.length > 0) return options.map((each) => string(each.value) ?? '')
  const names = ['initial_value', 'initial_user', 'initial_date', 'initial_time', 'initial_conversation']
  for (const name of names) {
    const value = string(element[name])
    if (value !== undefined) return value
  }
  return null
}
