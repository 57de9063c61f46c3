import { createElement, Fragment, type ReactNode } from 'react'
import type { Fields } from '../slack/types.js'
import { string } from './block-fields.js'
import { At, FeishuMarkdown, TypedText } from './feishu-text.js'
import { WebLink } from './web-link.js'

/** The lines of a rich text (post) of Feishu. Its pictures and files stand below it. */
export function FeishuRich({ lines }: { lines: readonly Fields[][] }): ReactNode {
  // Spread out, they need no keys: none of them keeps a state.
  return createElement(Fragment, null, ...lines.map(drawnLine))
}

function drawnLine(parts: readonly Fields[]): ReactNode {
  return (
    <span className="md-lines">
      {parts.length === 0 ? <br /> : createElement(Fragment, null, ...parts.map(drawnPart))}
    </span>
  )
}

function drawnPart(part: Fields): ReactNode {
  const text = string(part.text) ?? ''
  switch (part.tag) {
    case 'text':
      return styled(part.style, <TypedText text={text} />)
    case 'a':
      return styled(part.style, <WebLink url={string(part.href) ?? ''}>{text}</WebLink>)
    case 'at':
      return text === '' ? <At id={string(part.user_id) ?? ''} /> : <span className="md-mention">{text}</span>
    case 'emotion':
      return `[${string(part.emoji_type) ?? ''}]`
    case 'code_block':
      return <code className="md-pre">{text}</code>
    case 'md':
      return <FeishuMarkdown text={text} />
    case 'hr':
      return <hr className="fs-hr" />
    default:
      return null
  }
}

function styled(style: unknown, words: ReactNode): ReactNode {
  const styles: unknown[] = Array.isArray(style) ? style : []
  let drawn = words
  if (styles.includes('lineThrough')) drawn = <s>{drawn}</s>
  if (styles.includes('underline')) drawn = <u>{drawn}</u>
  if (styles.includes('italic')) drawn = <em>{drawn}</em>
  if (styles.includes('bold')) drawn = <strong>{drawn}</strong>
  return drawn
}
