import type { ReactNode } from 'react'
import { Header } from './header.js'
import { PersonColumn } from './person-column.js'
import { PlatformMark } from './platform-mark.js'
import { SidePanel } from './side-panel.js'
import { change, usePage } from './store.js'
import { StoryStrip } from './story-strip.js'
import { say } from './texts.js'

/** The whole page. */
export function Page(): ReactNode {
  const lang = usePage((state) => state.lang)
  const columns = usePage((state) => state.columns)
  if (columns.length === 0) return <p className="connecting">{say(lang, 'page.connecting')}</p>
  return (
    <>
      <Header />
      <StoryStrip />
      <NarrowSwitch />
      <main className="columns">
        {columns.map((seat, i) => (
          <PersonColumn key={seat.userId} seat={seat} index={i} />
        ))}
        <SidePanel />
      </main>
    </>
  )
}

/** On a narrow screen one column is shown at a time. */
function NarrowSwitch(): ReactNode {
  const lang = usePage((state) => state.lang)
  const narrow = usePage((state) => state.narrow)
  const columns = usePage((state) => state.columns)
  const panes = usePage((state) => state.panes)
  const people = usePage((state) => state.about?.people)
  const tab = (index: number, text: ReactNode, unread = 0): ReactNode => (
    <button
      key={index}
      type="button"
      className={narrow === index ? 'is-open' : ''}
      aria-current={narrow === index}
      onClick={() => change({ narrow: index })}
    >
      {text}
      {unread > 0 && <span className="badge">{unread}</span>}
    </button>
  )
  return (
    <nav className="narrow-switch" aria-label={say(lang, 'people.switch')}>
      {columns.map(({ userId, personId, platform }, i) => {
        const unread = panes[userId]?.conversations.reduce((sum, each) => sum + each.unread, 0)
        const name = (
          <>
            <PlatformMark platform={platform} size={13} />{' '}
            {people?.find((each) => each.id === personId)?.name}
          </>
        )
        return tab(i, name, unread)
      })}
      {tab(-1, say(lang, 'trace.title'))}
    </nav>
  )
}
