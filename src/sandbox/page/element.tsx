import { type ReactNode, useRef, useState } from 'react'
import type { Fields, InputValue } from '../slack/types.js'
import { acts, elementKey, type Place } from './acts.js'
import {
  type ChoiceGroup,
  choice,
  choicesOf,
  confirmOf,
  object,
  objects,
  string,
  textOf,
} from './block-fields.js'
import { ConfirmDialog } from './confirm-dialog.js'
import { Icon } from './icons.js'
import { PlainText } from './mrkdwn-text.js'
import { Popup } from './popup.js'
import { type SlackOwner, useSlackOwner } from './reader.js'
import { usePage } from './store.js'
import { say } from './texts.js'

type Props = { element: Fields; blockId: string; place: Place }

/** A live element of a message or modal: what somebody does with it goes to the app at once. */
export function LiveElement({ element, blockId, place }: Props): ReactNode {
  const owner = useSlackOwner()
  const actionId = string(element.action_id) ?? ''
  const key = elementKey(owner.userId, place, blockId, actionId)
  const waiting = usePage((state) => state.waiting[key])
  const pointedAt = usePage((state) => state.spot === key)
  const [asking, setAsking] = useState<{ value?: InputValue }>()
  const confirm = confirmOf(element)
  const send = (value?: InputValue): void => void acts.click(owner.userId, place, blockId, actionId, value)
  const use = (value?: InputValue): void => {
    if (confirm) setAsking(value === undefined ? {} : { value })
    else send(value)
  }
  return (
    <span className={pointedAt ? 'element is-spot' : 'element'} data-action={actionId}>
      <Control element={element} blockId={blockId} place={place} busy={waiting === 'busy'} use={use} />
      {waiting === 'failed' && (
        <span className="failed" role="alert" title={say(owner.lang, 'client.failed')}>
          <Icon name="warn" />
          <span className="sr">{say(owner.lang, 'client.failed')}</span>
        </span>
      )}
      {asking && confirm && (
        <ConfirmDialog
          confirm={confirm}
          onNo={() => setAsking(undefined)}
          onYes={() => {
            setAsking(undefined)
            send(asking.value)
          }}
        />
      )}
    </span>
  )
}

type ControlProps = Props & { busy: boolean; use: (value?: InputValue) => void }

function Control({ element, blockId, place, busy, use }: ControlProps): ReactNode {
  switch (element.type) {
    case 'button':
      return <ButtonElement element={element} busy={busy} use={use} />
    case 'overflow':
      return <Overflow element={element} busy={busy} use={use} />
    case 'static_select':
    case 'external_select':
    case 'users_select':
      return <SelectElement element={element} blockId={blockId} place={place} busy={busy} use={use} />
    case 'radio_buttons':
    case 'checkboxes':
      return <Ticks element={element} blockId={blockId} use={use} />
    case 'datepicker':
    case 'timepicker':
      return (
        <input
          className="field"
          type={element.type === 'datepicker' ? 'date' : 'time'}
          aria-label={textOf(element.placeholder)}
          defaultValue={string(element.initial_date) ?? string(element.initial_time) ?? ''}
          onChange={(event) => use(event.target.value || null)}
        />
      )
    default:
      return <span className="unknown">{String(element.type)}</span>
  }
}

function ButtonElement({
  element,
  busy,
  use,
}: {
  element: Fields
  busy: boolean
  use: () => void
}): ReactNode {
  const style = string(element.style)
  const label = <PlainText text={textOf(element.text)} />
  const url = string(element.url)
  const className = style === 'primary' ? 'btn btn-primary' : style === 'danger' ? 'btn btn-danger' : 'btn'
  if (url !== undefined && /^https?:/i.test(url)) {
    return (
      <a className={className} href={url} target="_blank" rel="noreferrer noopener" onClick={() => use()}>
        {label}
      </a>
    )
  }
  return (
    <button
      type="button"
      className={busy ? `${className} is-busy` : className}
      aria-busy={busy}
      // Not disabled: that would lose the focus, which is to come back here.
      aria-disabled={busy}
      title={string(element.accessibility_label)}
      onClick={() => {
        if (!busy) use()
      }}
    >
      {label}
    </button>
  )
}

function Overflow({
  element,
  busy,
  use,
}: {
  element: Fields
  busy: boolean
  use: (value: string) => void
}): ReactNode {
  const { lang } = useSlackOwner()
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const label = say(lang, 'client.more')
  return (
    <>
      <button
        type="button"
        ref={anchor}
        className={busy ? 'btn btn-icon is-busy' : 'btn btn-icon'}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={label}
        aria-disabled={busy}
        onClick={() => setOpen(!open && !busy)}
      >
        <Icon name="more" />
      </button>
      {open && anchor.current && (
        <Popup
          anchor={anchor.current}
          groups={choicesOf(element)}
          label={label}
          lang={lang}
          onClose={() => setOpen(false)}
          onChoose={({ value }) => {
            setOpen(false)
            use(value)
          }}
        />
      )}
    </>
  )
}

type SelectProps = Props & { busy: boolean; use: (value: string) => void; value?: string }

/** A menu of one choice. `value` holds what is chosen where a form keeps it; else the menu falls back to its placeholder. */
export function SelectElement({ element, blockId, place, busy, use, value }: SelectProps): ReactNode {
  const owner = useSlackOwner()
  const { lang } = owner
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [fetched, setFetched] = useState<ChoiceGroup[]>()
  const external = element.type === 'external_select'
  const groups = external
    ? (fetched ?? [])
    : element.type === 'users_select'
      ? [people(owner)]
      : choicesOf(element)
  const initial = object(element.initial_option)
  const chosen = value ?? (initial ? string(initial.value) : string(element.initial_user))
  const found = groups.flatMap((group) => group.choices).find((each) => each.value === chosen)
  const shown =
    found?.label ?? (initial && chosen === string(initial.value) ? textOf(initial.text) : undefined)
  const placeholder = textOf(element.placeholder) || say(lang, 'client.choose')
  const suggest = async (query: string): Promise<void> => {
    const result = await acts.suggest(owner.userId, place, blockId, string(element.action_id) ?? '', query)
    const grouped = (result.optionGroups ?? []).map((group) => ({
      label: textOf(group.label),
      choices: objects(group.options).map(choice),
    }))
    setFetched(grouped.length > 0 ? grouped : [{ choices: (result.options ?? []).map(choice) }])
  }
  return (
    <>
      <button
        type="button"
        ref={anchor}
        className={`btn btn-select${busy ? ' is-busy' : ''}${shown === undefined ? ' is-empty' : ''}`}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-disabled={busy}
        onClick={() => {
          setOpen(!open && !busy)
          if (external && !fetched) void suggest('')
        }}
      >
        <span>{shown ?? placeholder}</span>
        <Icon name="down" size={14} />
      </button>
      {open && anchor.current && (
        <Popup
          anchor={anchor.current}
          groups={groups}
          label={placeholder}
          lang={lang}
          {...(chosen === undefined ? {} : { chosen })}
          {...(external ? { onQuery: (query: string) => void suggest(query) } : {})}
          onClose={() => setOpen(false)}
          onChoose={(picked) => {
            setOpen(false)
            anchor.current?.focus()
            use(picked.value)
          }}
        />
      )}
    </>
  )
}

function people({ view }: SlackOwner): ChoiceGroup {
  return {
    choices: Object.entries(view.people)
      .filter(([id]) => id !== view.bot.userId)
      .map(([id, { realName, title }]) => ({
        label: realName,
        value: id,
        ...(title === undefined ? {} : { description: title }),
      })),
  }
}

type TicksProps = { element: Fields; blockId: string; use: (value: InputValue) => void; value?: InputValue }

/** Radio buttons or checkboxes. */
export function Ticks({ element, blockId, use, value }: TicksProps): ReactNode {
  const many = element.type === 'checkboxes'
  const initial = many
    ? objects(element.initial_options).map((each) => string(each.value) ?? '')
    : [string(object(element.initial_option)?.value) ?? '']
  const [own, setOwn] = useState<string[]>(initial)
  const held = value === undefined ? own : Array.isArray(value) ? value : [String(value ?? '')]
  const name = `${useSlackOwner().userId}-${blockId}-${string(element.action_id) ?? ''}`
  return (
    <span className="ticks" role={many ? 'group' : 'radiogroup'}>
      {choicesOf(element)[0]?.choices.map((each) => (
        <label key={each.value} className="tick">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={held.includes(each.value)}
            onChange={(event) => {
              const others = held.filter((one) => one !== each.value && one !== '')
              const next = many ? [...others, ...(event.target.checked ? [each.value] : [])] : [each.value]
              setOwn(next)
              use(many ? next : each.value)
            }}
          />
          <span>
            {each.label}
            {each.description !== undefined && <small>{each.description}</small>}
          </span>
        </label>
      ))}
    </span>
  )
}
