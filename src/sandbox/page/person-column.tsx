import { Fragment, type ReactNode, useMemo, useState } from 'react'
import { ColumnHead } from './column-head.js'
import { Overlay } from './confirm-dialog.js'
import { Conversation } from './conversation.js'
import { HomeChip, HomeTab } from './home-tab.js'
import { Modal } from './modal.js'
import { HOME, type Seat, type ShownConversation } from './pane.js'
import { placeName } from './platform-names.js'
import { type ClientOwner, OwnerProvider } from './reader.js'
import { changeClient, clientOf, usePage } from './store.js'
import { TeamsDialog } from './teams-dialog.js'
import { say } from './texts.js'
import { Toast } from './toast.js'

type Props = { seat: Seat; index: number }

/** One person's messenger, in their language. */
export function PersonColumn({ seat, index }: Props): ReactNode {
  const { userId, platform, personId } = seat
  const pane = usePage((state) => state.panes[userId])
  const person = usePage((state) => state.about?.people.find((each) => each.id === personId))
  const open = usePage((state) => clientOf(state, userId).conversation)
  const shownNarrow = usePage((state) => state.narrow === index)
  const [overlay, setOverlay] = useState<HTMLElement | null>(null)
  const owner = useMemo<ClientOwner | undefined>(
    () =>
      pane &&
      person && {
        userId,
        platform,
        name: person.name,
        lang: person.locale,
        zone: person.zone,
        ...(pane.slack ? { view: pane.slack } : {}),
      },
    [userId, platform, pane, person],
  )
  const className = `column pane-${platform}${shownNarrow ? ' is-shown' : ''}`
  if (!pane || !owner || !person) return <section className={className} aria-busy="true" />
  const conversations = inOrder(pane.conversations)
  const atHome = open === HOME && pane.slack !== undefined
  const conversation = atHome
    ? undefined
    : (conversations.find((each) => each.id === open) ?? conversations[0])
  const modal = pane.slack?.modals.at(-1)
  return (
    <OwnerProvider value={owner}>
      <Overlay value={overlay}>
        <section
          className={className}
          lang={owner.lang}
          data-user={userId}
          data-person={personId}
          data-platform={platform}
          aria-label={owner.name}
        >
          <ColumnHead owner={owner} person={person} index={index} />
          <div className="client">
            <nav
              className="places"
              aria-label={say(owner.lang, 'client.conversations', { name: owner.name })}
            >
              {conversations.map((each) => (
                <Fragment key={each.id}>
                  <PlaceChip conversation={each} owner={owner} open={each.id === conversation?.id} />
                  {pane.slack && each.kind === 'direct' && <HomeChip owner={owner} open={atHome} />}
                </Fragment>
              ))}
            </nav>
            {atHome && <HomeTab view={pane.slack?.home} />}
            {conversation && <Conversation key={conversation.id} conversation={conversation} />}
          </div>
          {modal && <Modal key={modal.id} view={modal} />}
          {pane.dialog && <TeamsDialog key={pane.dialog.dialogId} dialog={pane.dialog} />}
          {pane.toast && <Toast toast={pane.toast} />}
          <div ref={setOverlay} />
        </section>
      </Overlay>
    </OwnerProvider>
  )
}

/** The direct conversation with the bot first, then the team's channels, the one for everybody last. */
function inOrder(conversations: readonly ShownConversation[]): ShownConversation[] {
  const rank = (each: ShownConversation): number =>
    each.kind === 'direct' ? 0 : each.name === 'general' ? 2 : 1
  return conversations.toSorted((a, b) => rank(a) - rank(b))
}

type ChipProps = { conversation: ShownConversation; owner: ClientOwner; open: boolean }

function PlaceChip({ conversation, owner, open }: ChipProps): ReactNode {
  const { lang, userId, platform } = owner
  const { unread, important, kind } = conversation
  return (
    <button
      type="button"
      className={`place${open ? ' is-open' : ''}${unread > 0 ? ' is-unread' : ''}`}
      aria-current={open}
      onClick={() => changeClient(userId, { conversation: conversation.id })}
    >
      {kind === 'direct'
        ? say(lang, 'client.dm')
        : platform === 'slack'
          ? `# ${conversation.name}`
          : placeName(platform, conversation.name)}
      {unread > 0 && (
        <span className={important ? 'badge' : 'badge badge-quiet'}>
          <span aria-hidden="true">{unread}</span>
          <span className="sr">{say(lang, 'client.unread', { n: unread })}</span>
        </span>
      )}
    </button>
  )
}
