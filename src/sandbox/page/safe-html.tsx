import { createElement, Fragment, type ReactNode } from 'react'
import { PlainText } from './mrkdwn-text.js'
import { WebLink } from './web-link.js'

const KEPT: Readonly<Record<string, string>> = {
  B: 'strong',
  STRONG: 'strong',
  I: 'em',
  EM: 'em',
  U: 'u',
  S: 's',
  DEL: 's',
  STRIKE: 's',
  BLOCKQUOTE: 'blockquote',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  P: 'p',
  DIV: 'div',
  PRE: 'pre',
  CODE: 'code',
}
const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT'])

/** HTML of a message: a few elements without their attributes, of all others only what they say. */
export function SafeHtml({ html }: { html: string }): ReactNode {
  // A document of its own: nothing in it runs or is loaded.
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return <div className="safe-html">{children(body)}</div>
}

function children(of: Node): ReactNode {
  return createElement(Fragment, null, ...[...of.childNodes].map(node))
}

function node(from: Node): ReactNode {
  if (from.nodeType === Node.TEXT_NODE) return <PlainText text={from.textContent ?? ''} />
  if (from.nodeType !== Node.ELEMENT_NODE || DROPPED.has(from.nodeName)) return null
  if (from.nodeName === 'BR') return <br />
  if (from.nodeName === 'A') {
    return <WebLink url={(from as Element).getAttribute('href') ?? ''}>{children(from)}</WebLink>
  }
  if (from.nodeName === 'AT')
    return <span className="md-mention">@{from.textContent?.replace(/^@/, '')}</span>
  const kept = KEPT[from.nodeName]
  return kept === undefined ? children(from) : createElement(kept, null, children(from))
}
