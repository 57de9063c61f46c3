import type { ReactNode } from 'react'
import type { Fields, VisibleMessage } from '../slack/types.js'
import { objects, string } from './block-fields.js'
import { Blocks } from './blocks.js'
import { MrkdwnText } from './mrkdwn-text.js'

type Props = { message: VisibleMessage; channel: string; edited: ReactNode }

/** What a message of Slack says: its blocks and attachments, or its words. */
export function SlackContent({ message, channel, edited }: Props): ReactNode {
  const place = { channel, messageTs: message.ts }
  // What people type comes with rich_text of the same words; the words are what it is about.
  const blocks = message.bot_id ? (message.blocks ?? []) : []
  return (
    <div className="message-body">
      {blocks.length > 0 ? (
        <div className={isCard(blocks) ? 'blocks card' : 'blocks'}>
          <Blocks blocks={blocks} place={place} />
        </div>
      ) : (
        <MrkdwnText text={message.text} />
      )}
      {objects(message.attachments).map((attachment, i) => (
        <div
          key={string(attachment.id) ?? `${i}`}
          className="blocks card attachment"
          style={{ borderLeftColor: colourOf(string(attachment.color)) }}
        >
          {objects(attachment.blocks).length > 0 ? (
            <Blocks blocks={objects(attachment.blocks)} place={place} />
          ) : (
            <MrkdwnText text={string(attachment.text) ?? string(attachment.fallback) ?? ''} />
          )}
        </div>
      ))}
      {edited}
    </div>
  )
}

/** Words alone stand as they are; what has a heading or something to click gets a frame. */
function isCard(blocks: readonly Fields[]): boolean {
  return blocks.some(
    (block) => block.type === 'header' || block.type === 'actions' || block.accessory !== undefined,
  )
}

function colourOf(colour: string | undefined): string {
  const named: Record<string, string> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' }
  if (colour === undefined) return 'var(--line)'
  return named[colour] ?? (colour.startsWith('#') ? colour : `#${colour}`)
}
