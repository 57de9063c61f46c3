import { type ReactNode, useRef, useState } from 'react'
import type { Fields } from '../slack/types.js'
import { objects, string } from './block-fields.js'
import { textOf, useCard } from './feishu-context.js'
import { Icon } from './icons.js'
import { PlainText } from './mrkdwn-text.js'
import { Popup } from './popup.js'
import { useOwner } from './reader.js'
import { usePage } from './store.js'
import { say } from './texts.js'

/** Whether the story points at an element, and how a press of it stands. */
function usePressed(element: Fields): { className: string; busy: boolean; failed: boolean } {
  const { userId } = useOwner()
  const { at, actionOf } = useCard()
  const key = `${userId} ${at} ${actionOf(element)}`
  const waiting = usePage((state) => state.waiting[key])
  const pointedAt = usePage((state) => state.spot === key)
  return {
    className: pointedAt ? 'element is-spot' : 'element',
    busy: waiting === 'busy',
    failed: waiting === 'failed',
  }
}

function Failed({ shown }: { shown: boolean }): ReactNode {
  const { lang } = useOwner()
  if (!shown) return null
  return (
    <span className="failed" role="alert" title={say(lang, 'client.failed')}>
      <Icon name="warn" />
      <span className="sr">{say(lang, 'client.failed')}</span>
    </span>
  )
}

/** A button: it opens a page, or tells the app. */
export function FeishuButton({ element }: { element: Fields }): ReactNode {
  const { press } = useCard()
  const { className, busy, failed } = usePressed(element)
  const kind = String(element.type ?? 'default')
  const look = /primary/.test(kind) ? 'btn btn-primary' : /danger/.test(kind) ? 'btn btn-danger' : 'btn'
  const label = <PlainText text={textOf(element.text)} />
  const opens = objects(element.behaviors).find((each) => each.type === 'open_url')
  const url = string(opens?.default_url)
  if (url !== undefined && /^https?:/i.test(url)) {
    return (
      <a className={look} href={url} target="_blank" rel="noreferrer noopener">
        {label}
      </a>
    )
  }
  return (
    <span className={className}>
      <button
        type="button"
        className={busy ? `${look} is-busy` : look}
        aria-busy={busy}
        // Not disabled while it waits: that would lose the focus, which is to come back here.
        aria-disabled={busy}
        disabled={element.disabled === true}
        onClick={() => {
          if (!busy) press(element)
        }}
      >
        {label}
      </button>
      <Failed shown={failed} />
    </span>
  )
}

/** A menu of one choice: in a form it keeps it, elsewhere the choice goes to the app at once. */
export function FeishuSelect({ element }: { element: Fields }): ReactNode {
  const { lang } = useOwner()
  const { press, fill, values } = useCard()
  const { className, busy, failed } = usePressed(element)
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const about = usePage((state) => state.about)
  // A named menu belongs to a form; one that calls back by itself does not.
  const inForm = objects(element.behaviors).length > 0 ? undefined : string(element.name)
  const choices = objects(element.options).map((option) => {
    const value = string(option.value) ?? ''
    const person = about?.people.find((each) => each.accounts.feishu === value)
    return { value, label: textOf(option.text) || (person?.name ?? value) }
  })
  const held = inForm === undefined ? undefined : (values[inForm] ?? element.initial_option)
  const shown = choices.find((each) => each.value === held)?.label
  const placeholder =
    textOf(element.placeholder) || say(lang, element.tag === 'overflow' ? 'client.more' : 'client.choose')
  return (
    <span className={className}>
      <button
        type="button"
        ref={anchor}
        className={`btn btn-select${busy ? ' is-busy' : ''}${shown === undefined ? ' is-empty' : ''}`}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-disabled={busy}
        onClick={() => setOpen(!open && !busy)}
      >
        <span>{shown ?? placeholder}</span>
        <Icon name={element.tag === 'overflow' ? 'more' : 'down'} size={14} />
      </button>
      <Failed shown={failed} />
      {open && anchor.current && (
        <Popup
          anchor={anchor.current}
          groups={[{ choices }]}
          label={placeholder}
          lang={lang}
          {...(typeof held === 'string' ? { chosen: held } : {})}
          onClose={() => setOpen(false)}
          onChoose={({ value }) => {
            setOpen(false)
            anchor.current?.focus()
            if (inForm !== undefined) fill(inForm, value)
            else press(element, value)
          }}
        />
      )}
    </span>
  )
}
