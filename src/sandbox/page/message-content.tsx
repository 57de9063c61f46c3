import type { ReactNode } from 'react'
import { FeishuCard } from './feishu-card.js'
import { FeishuRich } from './feishu-rich.js'
import { TypedText } from './feishu-text.js'
import type { ShownMessage } from './pane.js'
import { useOwner } from './reader.js'
import { SlackContent } from './slack-content.js'
import { TeamsCard } from './teams-card.js'
import { TeamsOffer } from './teams-offer.js'
import { TeamsText } from './teams-text.js'
import { say } from './texts.js'

type Props = { message: ShownMessage; conversation: string }

/** What a message says, drawn as its messenger draws it. */
export function MessageContent({ message, conversation }: Props): ReactNode {
  const { lang } = useOwner()
  const { content } = message
  const edited = message.edited && <span className="edited"> {say(lang, 'client.edited')}</span>
  switch (content.kind) {
    case 'slack':
      return <SlackContent message={content.message} channel={conversation} edited={edited} />
    case 'teams':
      return (
        <div className="message-body">
          {(content.text !== '' || content.html !== undefined) && (
            <div className="bubble">
              <TeamsText
                text={content.text}
                bot={message.author.bot}
                {...(content.html === undefined ? {} : { html: content.html })}
              />
              {edited}
            </div>
          )}
          {content.card && (
            <TeamsCard card={content.card} conversation={conversation} messageId={message.id} />
          )}
          {content.offer && (
            <TeamsOffer offer={content.offer} conversation={conversation} messageId={message.id} />
          )}
        </div>
      )
    case 'feishu':
      return (
        <div className="message-body">
          {content.text !== '' && (
            <div className="bubble">
              {content.rich ? <FeishuRich lines={content.rich} /> : <TypedText text={content.text} />}
              {edited}
            </div>
          )}
          {content.forwarded?.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a forwarded chat never change
            <p key={i} className="forwarded">
              <b>{line.author}</b> {line.text}
            </p>
          ))}
          {content.card && (
            <FeishuCard card={content.card} conversation={conversation} messageId={message.id} />
          )}
        </div>
      )
    default:
      return content satisfies never
  }
}
