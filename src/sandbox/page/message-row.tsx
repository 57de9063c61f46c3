import { type ReactNode, useState } from 'react'
import { acts } from './acts.js'
import { Avatar } from './avatar.js'
import { ConfirmDialog } from './confirm-dialog.js'
import { Icon } from './icons.js'
import { isComposing } from './keys.js'
import { MessageContent } from './message-content.js'
import { MessageFiles } from './message-files.js'
import { PlainText } from './mrkdwn-text.js'
import type { ShownMessage } from './pane.js'
import { useOwner } from './reader.js'
import { clockTime } from './slack-date.js'
import { usePage } from './store.js'
import { say } from './texts.js'

type Props = { message: ShownMessage; conversation: string; onReply?: () => void; compact?: boolean }

/** One message as one person sees it. */
export function MessageRow({ message, conversation, onReply, compact = false }: Props): ReactNode {
  const { lang, zone, platform } = useOwner()
  const [editing, setEditing] = useState(false)
  const pointedAt = usePage((state) => state.spot === `${conversation}:${message.id}`)
  const { author } = message
  const at = new Date(message.atMs)
  if (message.deleted) {
    const text = say(lang, platform === 'feishu' ? 'client.recalled' : 'client.deleted', {
      name: author.name,
    })
    return <p className="tombstone">{text}</p>
  }
  const className = [
    'message',
    message.own ? 'is-own' : '',
    message.onlyYou ? 'is-ephemeral' : '',
    message.unread ? 'is-unread' : '',
    hasCard(message) ? 'has-card' : '',
    pointedAt ? 'is-spot' : '',
  ]
  return (
    <article
      className={className.filter((each) => each !== '').join(' ')}
      data-ts={message.id}
      aria-label={author.name}
    >
      <Avatar
        name={author.name}
        colour={author.colour}
        bot={author.bot}
        round={platform !== 'slack'}
        size={compact ? 22 : 32}
      />
      <div className="message-main">
        {message.onlyYou && (
          <p className="only-you">
            <Icon name="eye" size={12} /> {say(lang, 'client.only_you')}
          </p>
        )}
        <p className="byline">
          <b>{author.name}</b>
          {isApp(message) && <span className="app-mark">{say(lang, 'client.app')}</span>}
          {message.urgent && <span className="urgent-mark">{say(lang, 'client.urgent')}</span>}
          <time dateTime={at.toISOString()}>{clockTime(at, zone)}</time>
        </p>
        {editing ? (
          <Editor message={message} conversation={conversation} onDone={() => setEditing(false)} />
        ) : (
          <MessageContent message={message} conversation={conversation} />
        )}
        <MessageFiles files={message.files} />
        <Reactions message={message} />
      </div>
      <Tools
        message={message}
        conversation={conversation}
        onEdit={() => setEditing(true)}
        {...(onReply ? { onReply } : {})}
      />
    </article>
  )
}

function hasCard({ content }: ShownMessage): boolean {
  return content.kind !== 'slack' && content.card !== undefined
}

function isApp({ author, content }: ShownMessage): boolean {
  return author.bot || (content.kind === 'slack' && content.message.bot_id !== undefined)
}

type EditorProps = { message: ShownMessage; conversation: string; onDone: () => void }

function Editor({ message, conversation, onDone }: EditorProps): ReactNode {
  const owner = useOwner()
  const { lang } = owner
  const [text, setText] = useState(message.text)
  const save = (): void => {
    void acts.edit(owner, conversation, message.id, text)
    onDone()
  }
  return (
    <div className="editor">
      <textarea
        className="field"
        rows={2}
        value={text}
        aria-label={say(lang, 'client.edit')}
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to edit this text
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'Escape') onDone()
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          save()
        }}
      />
      <button type="button" className="btn" onClick={onDone}>
        {say(lang, 'client.cancel')}
      </button>
      <button type="button" className="btn btn-primary" onClick={save}>
        {say(lang, 'client.save')}
      </button>
    </div>
  )
}

function Reactions({ message }: { message: ShownMessage }): ReactNode {
  if (message.reactions.length === 0) return null
  return (
    <div className="chips">
      {message.reactions.map(({ sign, count }) => (
        <span key={sign} className="reaction">
          <PlainText text={sign} /> {count}
        </span>
      ))}
    </div>
  )
}

type ToolsProps = Pick<Props, 'message' | 'conversation' | 'onReply'> & { onEdit: () => void }

/** What one can do with a message, shown beside it under the pointer or the focus. */
function Tools({ message, conversation, onReply, onEdit }: ToolsProps): ReactNode {
  const owner = useOwner()
  const { lang } = owner
  const [asking, setAsking] = useState(false)
  if (message.onlyYou) return null
  const remove = say(lang, owner.platform === 'feishu' ? 'client.recall' : 'client.delete')
  return (
    <div className="tools">
      {onReply && <ToolButton label={say(lang, 'client.reply_in_thread')} icon="thread" onClick={onReply} />}
      {message.own && <ToolButton label={say(lang, 'client.edit')} icon="edit" onClick={onEdit} />}
      {message.own && <ToolButton label={remove} icon="trash" onClick={() => setAsking(true)} />}
      {asking && (
        <ConfirmDialog
          confirm={{
            title: say(lang, owner.platform === 'feishu' ? 'client.recall_sure' : 'client.delete_sure'),
            text: message.text,
            yes: remove,
            no: say(lang, 'client.cancel'),
            danger: true,
          }}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false)
            void acts.remove(owner, conversation, message.id)
          }}
        />
      )}
    </div>
  )
}

type ToolButtonProps = { label: string; icon: 'thread' | 'edit' | 'trash'; onClick: () => void }

function ToolButton({ label, icon, onClick }: ToolButtonProps): ReactNode {
  return (
    <button type="button" className="btn-plain" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={14} />
    </button>
  )
}
