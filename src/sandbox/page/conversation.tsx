import { Fragment, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { now } from '../../lib/now.js'
import { acts } from './acts.js'
import { attach } from './attach.js'
import { Composer } from './composer.js'
import { FeishuMenu } from './feishu-menu.js'
import { Icon } from './icons.js'
import { MessageRow } from './message-row.js'
import type { ShownConversation } from './pane.js'
import { placeName } from './platform-names.js'
import { type ClientOwner, useOwner } from './reader.js'
import { isoDay, nearDay } from './slack-date.js'
import { changeClient, clientOf, pageState, usePage } from './store.js'
import { say } from './texts.js'
import { liveliestThread, type Thread, threadsOf } from './threads.js'

const SEEN_AFTER_MS = 1200

/** What is said in one place, and where one says something. */
export function Conversation({ conversation }: { conversation: ShownConversation }): ReactNode {
  const owner = useOwner()
  const { lang, userId } = owner
  const threads = useMemo(() => threadsOf(conversation), [conversation])
  const opened = usePage((state) => clientOf(state, userId).threads)
  const liveliest = liveliestThread(threads)
  const list = useStickyScroll(conversation)
  const isDm = conversation.kind === 'direct'
  const firstUnread = threads.find(({ root }) => root.unread)?.root.id
  const placeholder = isDm
    ? say(lang, 'client.message_dm')
    : say(lang, 'client.message_channel', {
        channel: placeName(owner.platform, conversation.name),
      })
  return (
    <section
      className="conversation"
      aria-label={placeholder}
      onFocus={() => seen(owner, conversation.id)}
      onDrop={(event) => {
        const files = [...event.dataTransfer.files]
        if (files.length > 0) void attach(userId, conversation.id, files, lang)
      }}
    >
      <div className="messages" ref={list} onPointerEnter={() => seen(owner, conversation.id)}>
        {threads.length === 0 && (
          <p className="empty">{say(lang, isDm ? 'client.empty_dm' : 'client.empty_channel')}</p>
        )}
        {threads.map((thread, i) => (
          <Fragment key={`${thread.root.id}${thread.root.onlyYou}`}>
            <DayDivider thread={thread} before={threads[i - 1]} />
            {thread.root.id === firstUnread && (
              <div className="new-line">
                <span>{say(lang, 'client.new')}</span>
              </div>
            )}
            <ThreadBlock
              thread={thread}
              conversation={conversation.id}
              // Personal chats of Teams have no threads.
              threaded={owner.platform !== 'teams' || !isDm}
              chosen={opened[thread.root.id]}
              liveliest={thread.root.id === liveliest}
            />
          </Fragment>
        ))}
      </div>
      {owner.platform === 'feishu' && isDm && <FeishuMenu />}
      <Composer conversation={conversation.id} placeholder={placeholder} />
    </section>
  )
}

function DayDivider({ thread, before }: { thread: Thread; before: Thread | undefined }): ReactNode {
  const { lang, zone } = useOwner()
  const at = new Date(thread.root.atMs)
  const previous = before && new Date(before.root.atMs)
  if (previous && isoDay(previous, zone) === isoDay(at, zone)) return null
  const day = new Intl.DateTimeFormat(lang, {
    timeZone: zone,
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(at)
  return (
    <div className="day-line">
      <span>{nearDay(at, { lang, zone, now: now() }) ?? day}</span>
    </div>
  )
}

function ThreadBlock({
  thread,
  conversation,
  threaded,
  chosen,
  liveliest,
}: {
  thread: Thread
  conversation: string
  threaded: boolean
  chosen: boolean | undefined
  liveliest: boolean
}): ReactNode {
  const { lang, userId } = useOwner()
  // What has opened by itself stays: somebody may be about to press something in it.
  const [hasOpened, setHasOpened] = useState(liveliest)
  if (liveliest && !hasOpened) setHasOpened(true)
  const open = chosen ?? hasOpened
  const { root, replies } = thread
  const n = replies.length
  const unread = replies.filter((reply) => reply.unread).length
  const toggle = (to: boolean): void =>
    changeClient(userId, { threads: { ...clientOf(pageState(), userId).threads, [root.id]: to } })
  const label = open
    ? say(lang, 'client.hide_thread')
    : say(lang, n === 1 ? 'client.replies.one' : 'client.replies.other', { n })
  return (
    <div className="thread">
      <MessageRow
        message={root}
        conversation={conversation}
        {...(threaded ? { onReply: () => toggle(true) } : {})}
      />
      {n > 0 && (
        <button type="button" className="thread-toggle" aria-expanded={open} onClick={() => toggle(!open)}>
          <Icon name="thread" size={13} /> {label}
          {!open && unread > 0 && <span className="badge">{unread}</span>}
        </button>
      )}
      {open && threaded && (
        <div className="replies">
          {replies.map((reply) => (
            <MessageRow
              key={`${reply.id}${reply.onlyYou ? 'e' : ''}`}
              message={reply}
              conversation={conversation}
              compact
            />
          ))}
          <Composer
            conversation={conversation}
            root={root.id}
            placeholder={say(lang, 'client.reply')}
            small
          />
        </div>
      )}
    </div>
  )
}

const seeing = new Map<string, ReturnType<typeof setTimeout>>()

/** Somebody is in this conversation: a moment later, what stands there has been read. */
function seen(owner: ClientOwner, id: string): void {
  const key = `${owner.userId} ${id}`
  if (seeing.has(key)) return
  const timer = setTimeout(() => {
    seeing.delete(key)
    const conversation = pageState().panes[owner.userId]?.conversations.find((each) => each.id === id)
    if (conversation?.unread) void acts.markRead(owner, id)
  }, SEEN_AFTER_MS)
  seeing.set(key, timer)
}

/** Keeps the newest in sight, unless somebody has scrolled up to read. */
function useStickyScroll(conversation: ShownConversation) {
  const list = useRef<HTMLDivElement>(null)
  const follow = useRef(true)
  useEffect(() => {
    const box = list.current
    if (!box) return
    const onScroll = (): void => {
      follow.current = box.scrollHeight - box.scrollTop - box.clientHeight < 80
    }
    const grow = new ResizeObserver(() => {
      if (follow.current) box.scrollTop = box.scrollHeight
    })
    box.addEventListener('scroll', onScroll, { passive: true })
    grow.observe(box)
    return () => {
      box.removeEventListener('scroll', onScroll)
      grow.disconnect()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new state of the conversation may be longer
  useLayoutEffect(() => {
    const box = list.current
    if (box && follow.current) box.scrollTop = box.scrollHeight
  }, [conversation])
  return list
}
