import type { ReactNode } from 'react'
import type { SlackView } from '../slack/types.js'
import { acts } from './acts.js'
import { Blocks } from './blocks.js'
import { Icon } from './icons.js'
import { HOME } from './pane.js'
import { type ClientOwner, useOwner } from './reader.js'
import { changeClient } from './store.js'
import { say } from './texts.js'

/** Opens the Home tab of the app in a client of Slack; the app is told, and publishes it anew. */
export function HomeChip({ owner, open }: { owner: ClientOwner; open: boolean }): ReactNode {
  const { userId, lang } = owner
  return (
    <button
      type="button"
      className={open ? 'place is-open' : 'place'}
      aria-current={open}
      onClick={() => {
        changeClient(userId, { conversation: HOME })
        void acts.openHome(userId)
      }}
    >
      <Icon name="home" size={14} /> {say(lang, 'client.home')}
    </button>
  )
}

/** What the app has published for this person; nothing, until it has. */
export function HomeTab({ view }: { view: SlackView | undefined }): ReactNode {
  const { lang } = useOwner()
  return (
    <section className="conversation" aria-label={say(lang, 'client.home')}>
      <div className="messages home blocks">
        {view ? (
          <Blocks blocks={view.blocks} place={{ viewId: view.id }} />
        ) : (
          <p className="empty" role="status">
            {say(lang, 'client.home_empty')}
          </p>
        )}
      </div>
    </section>
  )
}
