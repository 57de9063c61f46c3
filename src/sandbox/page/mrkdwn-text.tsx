import { createElement, Fragment, type ReactNode } from 'react'
import { now } from '../../lib/now.js'
import { DOT_COLOURS } from './dots.js'
import { EMOJI } from './emoji.js'
import { Icon } from './icons.js'
import { type Inline, parseMrkdwn } from './mrkdwn.js'
import { type SlackOwner, useSlackOwner } from './reader.js'
import { slackDate } from './slack-date.js'
import { WebLink } from './web-link.js'

/** A text as Slack's clients show it, for whoever owns the client. */
export function MrkdwnText({ text }: { text: string }): ReactNode {
  const owner = useSlackOwner()
  return parseMrkdwn(text).map((paragraph, i) => {
    const key = `${i}`
    if (paragraph.kind === 'pre') {
      return (
        <code key={key} className="md-pre">
          {paragraph.text}
        </code>
      )
    }
    return (
      <span key={key} className={paragraph.kind === 'quote' ? 'md-quote' : 'md-lines'}>
        {inlines(paragraph.children, owner)}
      </span>
    )
  })
}

/** A text without marks: only emoji and their names are shown as such. */
export function PlainText({ text }: { text: string }): ReactNode {
  return <Pictured text={text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole)} />
}

const PICTURES = /([🔴🟠🟡🟢🔵⚪📎📨])/u
/** Draws the signs that cards live by itself: not every machine has a font for them. */
function Pictured({ text }: { text: string }): ReactNode {
  return text.split(PICTURES).map((piece, i) => {
    const dot = DOT_COLOURS[piece]
    const key = `${i}`
    if (dot !== undefined)
      return <span key={key} className={`dot dot-${dot}`} role="img" aria-label={piece} />
    if (piece === '📎') return <Icon key={key} name="clip" size={13} />
    return piece === '📨' ? <Icon key={key} name="send" size={13} /> : piece
  })
}

function inlines(children: readonly Inline[], owner: SlackOwner): ReactNode {
  // Spread out, they need no keys: none of them keeps a state.
  return createElement(Fragment, null, ...children.map((child) => inline(child, owner)))
}

function inline(node: Inline, owner: SlackOwner): ReactNode {
  const { people, conversations, user } = owner.view
  switch (node.kind) {
    case 'text':
      return <Pictured text={node.text} />
    case 'break':
      return <br />
    case 'bold':
      return <strong>{inlines(node.children, owner)}</strong>
    case 'italic':
      return <em>{inlines(node.children, owner)}</em>
    case 'strike':
      return <s>{inlines(node.children, owner)}</s>
    case 'code':
      return <code className="md-code">{node.text}</code>
    case 'user':
      return (
        <span className={node.id === user.id ? 'md-mention md-me' : 'md-mention'}>
          @{people[node.id]?.realName ?? node.label ?? node.id}
        </span>
      )
    case 'channel':
      return (
        <span className="md-mention">
          #{conversations.find((each) => each.id === node.id)?.name ?? node.label ?? node.id}
        </span>
      )
    case 'broadcast':
      return <span className="md-mention md-me">@{node.range}</span>
    case 'emoji':
      return <Pictured text={EMOJI[node.name] ?? `:${node.name}:`} />
    case 'date':
      return dateText(node, owner)
    case 'link':
      return <WebLink url={node.url}>{node.label}</WebLink>
    default:
      return node satisfies never
  }
}

function dateText(node: Extract<Inline, { kind: 'date' }>, owner: SlackOwner): ReactNode {
  if (!Number.isFinite(node.epochS)) return node.fallback
  const shown = slackDate(node.epochS, node.format, { lang: owner.lang, zone: owner.zone, now: now() })
  const time = (
    <time dateTime={new Date(node.epochS * 1000).toISOString()} title={node.fallback}>
      {shown}
    </time>
  )
  return node.url === undefined ? time : <WebLink url={node.url}>{time}</WebLink>
}
