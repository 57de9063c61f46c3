import { type ReactNode, useId } from 'react'
import type { Fields } from '../slack/types.js'
import { objects, string } from './block-fields.js'
import { textOf, useCard } from './feishu-context.js'
import { useOwner } from './reader.js'
import { say } from './texts.js'

/** A question of a form in a card, with its label. */
export function FeishuInput({ element }: { element: Fields }): ReactNode {
  const { lang } = useOwner()
  const { values, fill } = useCard()
  const id = useId()
  const name = string(element.name) ?? ''
  const label = textOf(element.label)
  const held = values[name]
  const text = typeof held === 'string' ? held : (string(element.default_value) ?? '')
  const common = {
    id,
    className: 'field',
    placeholder: textOf(element.placeholder) || undefined,
    maxLength: typeof element.max_length === 'number' ? element.max_length : undefined,
    'aria-required': element.required === true,
    'aria-label': label === '' ? textOf(element.placeholder) || name : undefined,
  }
  if (element.tag === 'checker') {
    return (
      <label className="tick">
        <input
          type="checkbox"
          checked={held === undefined ? element.checked === true : held === true}
          onChange={(event) => fill(name, event.target.checked)}
        />
        <span>{textOf(element.text)}</span>
      </label>
    )
  }
  return (
    <div className="input">
      {label !== '' && (
        <label htmlFor={id}>
          {label}
          {element.required !== true && <span className="optional"> {say(lang, 'modal.optional')}</span>}
        </label>
      )}
      {element.tag === 'multi_select_static' ? (
        <select
          {...common}
          multiple
          value={Array.isArray(held) ? held.map(String) : []}
          onChange={(event) =>
            fill(
              name,
              [...event.target.selectedOptions].map((option) => option.value),
            )
          }
        >
          {objects(element.options).map((option) => (
            <option key={string(option.value)} value={string(option.value)}>
              {textOf(option.text)}
            </option>
          ))}
        </select>
      ) : element.tag === 'date_picker' ? (
        <input {...common} type="date" value={text} onChange={(event) => fill(name, event.target.value)} />
      ) : element.input_type === 'multiline_text' ? (
        <textarea {...common} rows={3} value={text} onChange={(event) => fill(name, event.target.value)} />
      ) : (
        <input {...common} type="text" value={text} onChange={(event) => fill(name, event.target.value)} />
      )}
    </div>
  )
}
