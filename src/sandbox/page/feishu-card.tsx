import { type ReactNode, useState } from 'react'
import type { Fields } from '../slack/types.js'
import { acts } from './acts.js'
import { object, objects, string } from './block-fields.js'
import { ConfirmDialog } from './confirm-dialog.js'
import { CardProvider, textOf, type Values } from './feishu-context.js'
import { FeishuButton, FeishuSelect } from './feishu-controls.js'
import { FeishuInput } from './feishu-inputs.js'
import { At, FeishuMarkdown } from './feishu-text.js'
import { PlainText } from './mrkdwn-text.js'
import { useOwner } from './reader.js'
import { feishuAction } from './scene-feishu.js'
import { usePage } from './store.js'
import { say } from './texts.js'

type Props = { card: Fields; conversation: string; messageId: string }
const NOTHING: { [name: string]: string } = {}

/** A card of Feishu: the part of Card 2.0 that its emulator lets pass. */
export function FeishuCard({ card, conversation, messageId }: Props): ReactNode {
  const owner = useOwner()
  const at = `${conversation}:${messageId}`
  const fills = usePage((state) => state.fills[messageId]) ?? NOTHING
  const [typed, setTyped] = useState<Values>({})
  const [asking, setAsking] = useState<{ element: Fields; option?: string }>()
  const values = { ...typed, ...fills }

  function send(element: Fields, option?: string): void {
    const action = feishuAction(card, element) ?? ''
    const given =
      element.form_action_type === 'submit' ? values : option === undefined ? undefined : { value: option }
    void acts.press(owner, `${at} ${action}`, {
      conversation,
      messageId,
      action,
      ...(given === undefined ? {} : { values: given }),
    })
  }
  const confirm = object(asking?.element.confirm)
  return (
    <CardProvider
      value={{
        at,
        values,
        fill: (name, value) => setTyped((before) => ({ ...before, [name]: value })),
        press(element, option) {
          if (element.confirm) setAsking({ element, ...(option === undefined ? {} : { option }) })
          else send(element, option)
        },
        actionOf: (element) => feishuAction(card, element) ?? '',
      }}
    >
      <div className="card fs-card">
        <Header header={object(card.header)} />
        <div className="fs-body">
          <Elements elements={objects(object(card.body)?.elements)} />
        </div>
        {asking && confirm && (
          <ConfirmDialog
            confirm={{
              title: textOf(confirm.title),
              text: textOf(confirm.text),
              yes: say(owner.lang, 'client.confirm'),
              no: say(owner.lang, 'client.cancel'),
              danger: asking.element.type === 'danger',
            }}
            onNo={() => setAsking(undefined)}
            onYes={() => {
              setAsking(undefined)
              send(asking.element, asking.option)
            }}
          />
        )}
      </div>
    </CardProvider>
  )
}

function Header({ header }: { header: Fields | undefined }): ReactNode {
  if (!header) return null
  const subtitle = textOf(header.subtitle)
  return (
    <div className={`fs-header fs-${string(header.template) ?? 'default'}`}>
      <h3>
        <PlainText text={textOf(header.title)} />
        {objects(header.text_tag_list).map((tag) => (
          <span key={textOf(tag.text)} className={`fs-tag fs-tag-${string(tag.color) ?? 'neutral'}`}>
            {textOf(tag.text)}
          </span>
        ))}
      </h3>
      {subtitle !== '' && <p>{subtitle}</p>}
    </div>
  )
}

function Elements({ elements }: { elements: readonly Fields[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: what stands where is all that a card says of its elements
  return elements.map((element, i) => <Element key={`${String(element.tag)} ${i}`} element={element} />)
}

function Element({ element }: { element: Fields }): ReactNode {
  switch (element.tag) {
    case 'markdown':
      return (
        <div className={element.text_size === 'notation' ? 'fs-md fs-small' : 'fs-md'}>
          <FeishuMarkdown text={string(element.content) ?? ''} />
        </div>
      )
    case 'plain_text':
      return <div className="fs-md">{string(element.content)}</div>
    case 'div':
      return (
        <div className="fs-md">
          <Element element={object(element.text) ?? {}} />
        </div>
      )
    case 'hr':
      return <hr className="fs-hr" />
    case 'column_set':
      return <ColumnSet set={element} />
    case 'form':
      return (
        <div className="fs-form">
          <Elements elements={objects(element.elements)} />
        </div>
      )
    case 'collapsible_panel':
      return (
        <details className="fs-panel" open={element.expanded === true}>
          <summary>{textOf(object(element.header)?.title)}</summary>
          <Elements elements={objects(element.elements)} />
        </details>
      )
    case 'interactive_container':
      return (
        <div className="fs-form">
          <Elements elements={objects(element.elements)} />
        </div>
      )
    case 'button':
      return <FeishuButton element={element} />
    case 'select_static':
    case 'select_person':
    case 'overflow':
      return <FeishuSelect element={element} />
    case 'input':
    case 'multi_select_static':
    case 'date_picker':
    case 'checker':
      return <FeishuInput element={element} />
    case 'person':
      return <At id={string(element.user_id) ?? ''} />
    case 'person_list':
      return objects(element.persons).map((person) => (
        <At key={string(person.id)} id={string(person.id) ?? ''} />
      ))
    case 'img':
      return (
        <img
          className="fs-img"
          src={`/sandbox/feishu/files/${encodeURIComponent(string(element.img_key) ?? '')}`}
          alt={textOf(element.alt)}
          loading="lazy"
        />
      )
    default:
      return <span className="unknown">{String(element.tag)}</span>
  }
}

function ColumnSet({ set }: { set: Fields }): ReactNode {
  const columns = objects(set.columns)
  return (
    <div className={`fs-columns fs-${string(set.flex_mode) ?? 'none'}`}>
      {columns.map((column, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          key={i}
          className={column.width === 'weighted' ? 'fs-column is-weighted' : 'fs-column'}
          style={{ ...(column.width === 'weighted' ? { flexGrow: Number(column.weight ?? 1) } : {}) }}
        >
          <Elements elements={objects(column.elements)} />
        </div>
      ))}
    </div>
  )
}
