import { createElement, Fragment, type ReactNode } from 'react'
import { type FeishuBlock, type FeishuInline, parseFeishuMarkdown } from './feishu-markdown.js'
import { PlainText } from './mrkdwn-text.js'
import { useOwner } from './reader.js'
import { personOf } from './seats.js'
import { usePage } from './store.js'
import { say } from './texts.js'
import { WebLink } from './web-link.js'

/** The markdown of a card of Feishu. */
export function FeishuMarkdown({ text }: { text: string }): ReactNode {
  // Spread out, they need no keys: none of them keeps a state.
  return createElement(Fragment, null, ...parseFeishuMarkdown(text).map(drawnBlock))
}

function drawnBlock(block: FeishuBlock): ReactNode {
  switch (block.kind) {
    case 'rule':
      return <hr className="fs-hr" />
    case 'pre':
      return <code className="md-pre">{block.text}</code>
    case 'line':
      return (
        <span className="md-lines">{block.children.length === 0 ? <br /> : inlines(block.children)}</span>
      )
    case 'heading':
      return <strong className={`fs-heading fs-heading-${block.level}`}>{inlines(block.children)}</strong>
    case 'quote':
      return <span className="md-quote">{inlines(block.children)}</span>
    case 'item':
      return (
        <span className="fs-item">
          <span>{block.mark}</span> <span>{inlines(block.children)}</span>
        </span>
      )
    default:
      return block satisfies never
  }
}

function inlines(children: readonly FeishuInline[]): ReactNode {
  return createElement(Fragment, null, ...children.map(drawnInline))
}

function drawnInline(piece: FeishuInline): ReactNode {
  switch (piece.kind) {
    case 'text':
      return <PlainText text={piece.text} />
    case 'break':
      return <br />
    case 'bold':
      return <strong>{inlines(piece.children)}</strong>
    case 'italic':
      return <em>{inlines(piece.children)}</em>
    case 'strike':
      return <s>{inlines(piece.children)}</s>
    case 'code':
      return <code className="md-code">{piece.text}</code>
    case 'link':
      return <WebLink url={piece.url}>{inlines(piece.children)}</WebLink>
    case 'at':
      return <At id={piece.id} />
    case 'font':
      return <span className={`fs-ink fs-ink-${piece.colour}`}>{inlines(piece.children)}</span>
    case 'tag':
      return <span className={`fs-tag fs-tag-${piece.colour}`}>{inlines(piece.children)}</span>
    default:
      return piece satisfies never
  }
}

/** Somebody's name, by their account. */
export function At({ id }: { id: string }): ReactNode {
  const { userId, lang } = useOwner()
  const name = usePage((state) => state.about && personOf(state.about, id)?.name)
  return (
    <span className={id === userId ? 'md-mention md-me' : 'md-mention'}>
      @{id === 'all' ? say(lang, 'client.everybody') : (name ?? id)}
    </span>
  )
}

const ADDRESS = /(https?:\/\/[^\s<>"'）】」]+)/g

/** Words as they were typed, with addresses to click. */
export function TypedText({ text }: { text: string }): ReactNode {
  const pieces = text.split(ADDRESS).map(typedPiece)
  return <span className="typed">{createElement(Fragment, null, ...pieces)}</span>
}

function typedPiece(piece: string, i: number): ReactNode {
  return i % 2 === 1 ? <WebLink url={piece}>{piece}</WebLink> : <PlainText text={piece} />
}
