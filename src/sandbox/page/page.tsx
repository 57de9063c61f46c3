import type { ReactNode } from 'react'
import { Header } from './header.js'
import { PersonColumn } from './person-column.js'
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
        {columns.map((userId, i) => (
          <PersonColumn key={userId} userId={userId} index={i} />
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
  const views = usePage((state) => state.views)
  const tab = (index: number, text: string, unread = 0): ReactNode => (
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
      {columns.map((userId, i) => {
        const view = views[userId]
        const unread = view?.conversations.reduce((sum, each) => sum + each.unread, 0)
        return tab(i, view?.user.realName ?? '', unread)
      })}
      {tab(-1, say(lang, 'trace.title'))}
    </nav>
  )
}
