import { type ReactNode, useMemo, useRef, useState } from 'react'
import { now } from '../../lib/now.js'
import type { VisibleConversation } from '../slack/types.js'
import { Avatar } from './avatar.js'
import { Overlay } from './confirm-dialog.js'
import { Conversation } from './conversation.js'
import { Icon } from './icons.js'
import { Modal } from './modal.js'
import { Popup } from './popup.js'
import { type ClientOwner, OwnerProvider } from './reader.js'
import { clockTime } from './slack-date.js'
import { change, changeClient, clientOf, pageState, usePage } from './store.js'
import { langOf, say } from './texts.js'

type Props = { userId: string; index: number }

/** One person's messenger, in their language. */
export function PersonColumn({ userId, index }: Props): ReactNode {
  const view = usePage((state) => state.views[userId])
  const open = usePage((state) => clientOf(state, userId).conversation)
  const shownNarrow = usePage((state) => state.narrow === index)
  const [overlay, setOverlay] = useState<HTMLElement | null>(null)
  const owner = useMemo<ClientOwner | undefined>(
    () => view && { userId, lang: langOf(view.user.locale), zone: view.user.tz, view },
    [userId, view],
  )
  const className = shownNarrow ? 'column is-shown' : 'column'
  if (!view || !owner) return <section className={className} aria-busy="true" />
  const conversations = inOrder(view.conversations)
  const conversation = conversations.find((each) => each.id === open) ?? conversations[0]
  const modal = view.modals.at(-1)
  return (
    <OwnerProvider value={owner}>
      <Overlay value={overlay}>
        <section className={className} lang={owner.lang} data-user={userId} aria-label={view.user.realName}>
          <ColumnHead owner={owner} index={index} />
          <nav
            className="places"
            aria-label={say(owner.lang, 'client.conversations', { name: view.user.realName })}
          >
            {conversations.map((each) => (
              <PlaceChip
                key={each.id}
                conversation={each}
                owner={owner}
                open={each.id === conversation?.id}
              />
            ))}
          </nav>
          {conversation && <Conversation key={conversation.id} conversation={conversation} />}
          {modal && <Modal key={modal.id} view={modal} />}
          <div ref={setOverlay} />
        </section>
      </Overlay>
    </OwnerProvider>
  )
}

/** The DM with the bot first, then the team's channels, the one for everybody last. */
function inOrder(conversations: readonly VisibleConversation[]): VisibleConversation[] {
  const rank = (each: VisibleConversation): number =>
    each.kind === 'im' ? 0 : each.name === 'general' ? 2 : 1
  return conversations.toSorted((a, b) => rank(a) - rank(b))
}

function ColumnHead({ owner, index }: { owner: ClientOwner; index: number }): ReactNode {
  const { view, lang } = owner
  const people = usePage((state) => state.about?.people)
  const pageLang = usePage((state) => state.lang)
  // So that the time there goes on.
  usePage((state) => state.clockOffsetMs)
  const anchor = useRef<HTMLButtonElement>(null)
  const [picking, setPicking] = useState(false)
  const about = people?.find((person) => person.userId === owner.userId)
  const colour = view.user.avatarColor
  return (
    <header className="column-head">
      <Avatar name={view.user.realName} {...(colour === undefined ? {} : { colour })} size={34} />
      <button
        type="button"
        ref={anchor}
        className="person"
        aria-haspopup="listbox"
        aria-expanded={picking}
        title={say(pageLang, 'person.pick')}
        onClick={() => setPicking(!picking)}
      >
        <b>{view.user.realName}</b> <Icon name="down" size={13} />
        <small>
          {about ? say(lang, `role.${about.role}`) : ''}
          {view.user.title === undefined ? '' : ` · ${view.user.title}`}
        </small>
      </button>
      <span className="locale" title={view.user.tz}>
        {lang === 'en' ? 'EN' : '中文'}
        <small>{clockTime(now(), owner.zone)}</small>
      </span>
      {picking && anchor.current && people && (
        <Popup
          anchor={anchor.current}
          label={say(pageLang, 'person.pick')}
          lang={pageLang}
          chosen={owner.userId}
          groups={[
            {
              choices: people.map((person) => ({
                label: person.name,
                value: person.userId,
                description: `${say(pageLang, `role.${person.role}`)}${person.department === undefined ? '' : ` · ${person.department}`}`,
              })),
            },
          ]}
          onClose={() => setPicking(false)}
          onChoose={({ value }) => {
            setPicking(false)
            showInColumn(index, value)
          }}
        />
      )}
    </header>
  )
}

/** Somebody already shown elsewhere changes places with whom they replace. */
function showInColumn(index: number, userId: string): void {
  const { columns } = pageState()
  const before = columns[index]
  change({
    columns: columns.map((each, i) => (i === index ? userId : each === userId ? (before ?? each) : each)),
  })
}

type ChipProps = { conversation: VisibleConversation; owner: ClientOwner; open: boolean }

function PlaceChip({ conversation, owner, open }: ChipProps): ReactNode {
  const { lang, userId } = owner
  const { unread, mentions, kind } = conversation
  const important = kind === 'im' || mentions > 0
  return (
    <button
      type="button"
      className={`place${open ? ' is-open' : ''}${unread > 0 ? ' is-unread' : ''}`}
      aria-current={open}
      onClick={() => changeClient(userId, { conversation: conversation.id })}
    >
      {kind === 'im' ? say(lang, 'client.dm') : `# ${conversation.name}`}
      {unread > 0 && (
        <span className={important ? 'badge' : 'badge badge-quiet'}>
          <span aria-hidden="true">{unread}</span>
          <span className="sr">{say(lang, 'client.unread', { n: unread })}</span>
        </span>
      )}
    </button>
  )
}
