import { type ReactNode, useState } from 'react'
import type { Fields, VisibleMessage } from '../slack/types.js'
import { acts } from './acts.js'
import { Avatar } from './avatar.js'
import { objects, string } from './block-fields.js'
import { Blocks } from './blocks.js'
import { ConfirmDialog } from './confirm-dialog.js'
import { Icon } from './icons.js'
import { decode } from './mrkdwn.js'
import { MrkdwnText, PlainText } from './mrkdwn-text.js'
import { useOwner } from './reader.js'
import { clockTime } from './slack-date.js'
import { usePage } from './store.js'
import { say } from './texts.js'

type Props = { message: VisibleMessage; channel: string; onReply?: () => void; compact?: boolean }

/** One message as one person sees it. */
export function MessageRow({ message, channel, onReply, compact = false }: Props): ReactNode {
  const owner = useOwner()
  const { lang, zone } = owner
  const [editing, setEditing] = useState(false)
  const pointedAt = usePage((state) => state.spot === `${channel}:${message.ts}`)
  const author = authorOf(message, owner.view)
  const at = new Date(Number(message.ts) * 1000)
  const own = message.user === owner.userId && !message.bot_id
  if (message.subtype === 'tombstone') return <p className="tombstone">{say(lang, 'client.deleted')}</p>
  const className = [
    'message',
    message.ephemeral ? 'is-ephemeral' : '',
    message.unread ? 'is-unread' : '',
    pointedAt ? 'is-spot' : '',
  ]
  return (
    <article className={className.join(' ')} data-ts={message.ts} aria-label={author.name}>
      <Avatar name={author.name} colour={author.colour} bot={author.bot} size={compact ? 22 : 32} />
      <div className="message-main">
        {message.ephemeral && (
          <p className="only-you">
            <Icon name="eye" size={12} /> {say(lang, 'client.only_you')}
          </p>
        )}
        <p className="byline">
          <b>{author.name}</b>
          {message.bot_id && <span className="app-mark">{say(lang, 'client.app')}</span>}
          <time dateTime={at.toISOString()}>{clockTime(at, zone)}</time>
        </p>
        {editing ? (
          <Editor message={message} channel={channel} onDone={() => setEditing(false)} />
        ) : (
          <Body message={message} channel={channel} />
        )}
        <Files message={message} />
        <Reactions message={message} />
      </div>
      <Tools
        message={message}
        channel={channel}
        own={own}
        onEdit={() => setEditing(true)}
        {...(onReply ? { onReply } : {})}
      />
    </article>
  )
}

function authorOf(message: VisibleMessage, view: ReturnType<typeof useOwner>['view']) {
  const id = message.user ?? ''
  const person = view.people[id]
  const bot = message.bot_id !== undefined
  // A name of its own (chat:write.customize) stands for somebody who is not the bot.
  const custom = message.username
  return {
    name: custom ?? person?.realName ?? (bot ? view.bot.name : id),
    colour: bot ? '#64748b' : (person?.avatarColor ?? '#475569'),
    bot: bot && custom === undefined,
  }
}

function Body({ message, channel }: { message: VisibleMessage; channel: string }): ReactNode {
  const { lang } = useOwner()
  const place = { channel, messageTs: message.ts }
  const edited = message.edited && <span className="edited"> {say(lang, 'client.edited')}</span>
  const attachments = objects(message.attachments)
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
      {attachments.map((attachment, i) => (
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

function Editor({
  message,
  channel,
  onDone,
}: {
  message: VisibleMessage
  channel: string
  onDone: () => void
}): ReactNode {
  const { userId, lang } = useOwner()
  const [text, setText] = useState(decode(message.text))
  const save = (): void => {
    void acts.edit(userId, channel, message.ts, text)
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
          if (event.key === 'Escape') onDone()
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
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

function Files({ message }: { message: VisibleMessage }): ReactNode {
  const { lang } = useOwner()
  if (!message.files?.length) return null
  return (
    <div className="chips">
      {message.files.map((file) => (
        <a
          key={file.id}
          className="file-chip"
          href={`/sandbox/slack/files/${file.id}`}
          download={file.name}
          aria-label={say(lang, 'client.download', { name: file.name })}
        >
          <Icon name="file" size={14} /> {file.name} <small>{size(file.size)}</small>
        </a>
      ))}
    </div>
  )
}

function size(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

function Reactions({ message }: { message: VisibleMessage }): ReactNode {
  if (!message.reactions?.length) return null
  return (
    <div className="chips">
      {message.reactions.map((reaction) => (
        <span key={reaction.name} className="reaction">
          <PlainText text={`:${reaction.name}:`} /> {reaction.count}
        </span>
      ))}
    </div>
  )
}

type ToolsProps = Props & { own: boolean; onEdit: () => void }

/** What one can do with a message, shown beside it under the pointer or the focus. */
function Tools({ message, channel, own, onReply, onEdit }: ToolsProps): ReactNode {
  const { userId, lang } = useOwner()
  const [asking, setAsking] = useState(false)
  if (message.ephemeral) return null
  return (
    <div className="tools">
      {onReply && <ToolButton label={say(lang, 'client.reply_in_thread')} icon="thread" onClick={onReply} />}
      {own && <ToolButton label={say(lang, 'client.edit')} icon="edit" onClick={onEdit} />}
      {own && <ToolButton label={say(lang, 'client.delete')} icon="trash" onClick={() => setAsking(true)} />}
      {asking && (
        <ConfirmDialog
          confirm={{
            title: say(lang, 'client.delete_sure'),
            text: message.text,
            yes: say(lang, 'client.delete'),
            no: say(lang, 'client.cancel'),
            danger: true,
          }}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false)
            void acts.remove(userId, channel, message.ts)
          }}
        />
      )}
    </div>
  )
}

function ToolButton({
  label,
  icon,
  onClick,
}: {
  label: string
  icon: 'thread' | 'edit' | 'trash'
  onClick: () => void
}) {
  return (
    <button type="button" className="btn-plain" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={14} />
    </button>
  )
}
