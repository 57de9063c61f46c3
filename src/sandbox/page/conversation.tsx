import { Fragment, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { now } from '../../lib/now.js'
import type { VisibleConversation } from '../slack/types.js'
import { acts } from './acts.js'
import { Composer } from './composer.js'
import { Icon } from './icons.js'
import { MessageRow } from './message-row.js'
import { useOwner } from './reader.js'
import { isoDay, nearDay } from './slack-date.js'
import { changeClient, clientOf, pageState, usePage } from './store.js'
import { say } from './texts.js'
import { liveliestThread, type Thread, threadsOf } from './threads.js'

const SEEN_AFTER_MS = 1200

/** What is said in one place, and where one says something. */
export function Conversation({ conversation }: { conversation: VisibleConversation }): ReactNode {
  const owner = useOwner()
  const { lang, userId } = owner
  const threads = useMemo(() => threadsOf(conversation), [conversation])
  const opened = usePage((state) => clientOf(state, userId).threads)
  const liveliest = liveliestThread(threads)
  const list = useStickyScroll(conversation)
  const isDm = conversation.kind === 'im'
  const firstUnread = threads.find(({ root }) => root.unread)?.root.ts
  const placeholder = isDm
    ? say(lang, 'client.message_dm')
    : say(lang, 'client.message_channel', { channel: conversation.name })
  return (
    <section className="conversation" aria-label={placeholder} onFocus={() => seen(userId, conversation.id)}>
      <div className="messages" ref={list} onPointerEnter={() => seen(userId, conversation.id)}>
        {threads.length === 0 && (
          <p className="empty">{say(lang, isDm ? 'client.empty_dm' : 'client.empty_channel')}</p>
        )}
        {threads.map((thread, i) => (
          <Fragment key={thread.root.ts}>
            <DayDivider thread={thread} before={threads[i - 1]} />
            {thread.root.ts === firstUnread && (
              <div className="new-line">
                <span>{say(lang, 'client.new')}</span>
              </div>
            )}
            <ThreadBlock
              thread={thread}
              channel={conversation.id}
              open={opened[thread.root.ts] ?? thread.root.ts === liveliest}
            />
          </Fragment>
        ))}
      </div>
      <Composer channel={conversation.id} placeholder={placeholder} />
    </section>
  )
}

function DayDivider({ thread, before }: { thread: Thread; before: Thread | undefined }): ReactNode {
  const { lang, zone } = useOwner()
  const at = new Date(Number(thread.root.ts) * 1000)
  const previous = before && new Date(Number(before.root.ts) * 1000)
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
  channel,
  open,
}: {
  thread: Thread
  channel: string
  open: boolean
}): ReactNode {
  const { lang, userId } = useOwner()
  const { root, replies } = thread
  const n = replies.length
  const unread = replies.filter((reply) => reply.unread).length
  const toggle = (to: boolean): void =>
    changeClient(userId, { threads: { ...clientOf(pageState(), userId).threads, [root.ts]: to } })
  const label = open
    ? say(lang, 'client.hide_thread')
    : say(lang, n === 1 ? 'client.replies.one' : 'client.replies.other', { n })
  return (
    <div className="thread">
      <MessageRow message={root} channel={channel} onReply={() => toggle(true)} />
      {n > 0 && (
        <button type="button" className="thread-toggle" aria-expanded={open} onClick={() => toggle(!open)}>
          <Icon name="thread" size={13} /> {label}
          {!open && unread > 0 && <span className="badge">{unread}</span>}
        </button>
      )}
      {open && (
        <div className="replies">
          {replies.map((reply) => (
            <MessageRow
              key={`${reply.ts}${reply.ephemeral ? 'e' : ''}`}
              message={reply}
              channel={channel}
              compact
            />
          ))}
          <Composer channel={channel} threadTs={root.ts} placeholder={say(lang, 'client.reply')} small />
        </div>
      )}
    </div>
  )
}

const seeing = new Map<string, ReturnType<typeof setTimeout>>()

/** Somebody is in this conversation: a moment later, what stands there has been read. */
function seen(userId: string, channel: string): void {
  const key = `${userId} ${channel}`
  if (seeing.has(key)) return
  const timer = setTimeout(() => {
    seeing.delete(key)
    const conversation = pageState().views[userId]?.conversations.find((each) => each.id === channel)
    if (conversation?.unread) void acts.markRead(userId, channel)
  }, SEEN_AFTER_MS)
  seeing.set(key, timer)
}

/** Keeps the newest in sight, unless somebody has scrolled up to read. */
function useStickyScroll(conversation: VisibleConversation) {
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
