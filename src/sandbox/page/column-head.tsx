import { type ReactNode, useRef, useState } from 'react'
import { now } from '../../lib/now.js'
import type { About } from '../about.js'
import { Avatar } from './avatar.js'
import { Icon } from './icons.js'
import type { Seat } from './pane.js'
import { PlatformMark } from './platform-mark.js'
import { platformName } from './platform-names.js'
import { Popup } from './popup.js'
import type { ClientOwner } from './reader.js'
import { offered, seatLike, seatsOf } from './seats.js'
import { clockTime } from './slack-date.js'
import { change, pageState, usePage } from './store.js'
import { say } from './texts.js'

type Props = { owner: ClientOwner; person: About['people'][number]; index: number }

/** Whose messenger this is, which one it is, and what else could be shown here. */
export function ColumnHead({ owner, person, index }: Props): ReactNode {
  const { lang } = owner
  const about = usePage((state) => state.about)
  const pageLang = usePage((state) => state.lang)
  // So that the time there goes on.
  usePage((state) => state.clockOffsetMs)
  const anchor = useRef<HTMLButtonElement>(null)
  const [picking, setPicking] = useState(false)
  return (
    <header className="column-head">
      <Avatar name={person.name} colour={person.colour} round={owner.platform !== 'slack'} size={34} />
      <button
        type="button"
        ref={anchor}
        className="person"
        aria-haspopup="listbox"
        aria-expanded={picking}
        title={say(pageLang, 'person.pick')}
        onClick={() => setPicking(!picking)}
      >
        <b>{person.name}</b> <Icon name="down" size={13} />
        <small>
          {say(lang, `role.${person.role}`)}
          {person.department === undefined ? '' : ` · ${person.department}`}
        </small>
      </button>
      {about && <Messengers about={about} owner={owner} personId={person.id} index={index} />}
      <span className="locale" title={person.zone}>
        {lang === 'en' ? 'EN' : '中文'}
        <small>{clockTime(now(), owner.zone)}</small>
      </span>
      {picking && anchor.current && about && (
        <Popup
          anchor={anchor.current}
          label={say(pageLang, 'person.pick')}
          lang={pageLang}
          chosen={person.id}
          groups={[
            {
              choices: about.people
                .filter((each) => seatsOf(about, each.id).length > 0)
                .map((each) => ({
                  label: each.name,
                  value: each.id,
                  description: [
                    say(pageLang, `role.${each.role}`),
                    each.department,
                    offered(seatsOf(about, each.id))
                      .map((seat) => platformName(seat.platform, pageLang))
                      .join(' / '),
                  ]
                    .filter((part) => part !== undefined)
                    .join(' · '),
                })),
            },
          ]}
          onClose={() => setPicking(false)}
          onChoose={({ value }) => {
            setPicking(false)
            const seat = seatLike(about, value, owner.platform)
            if (seat) showInColumn(index, seat)
          }}
        />
      )}
    </header>
  )
}

type MessengersProps = { about: About; owner: ClientOwner; personId: string; index: number }

/** The messengers that the person has an account on, the one that is shown pressed. */
function Messengers({ about, owner, personId, index }: MessengersProps): ReactNode {
  const pageLang = usePage((state) => state.lang)
  const seats = offered(seatsOf(about, personId))
  return (
    <fieldset className="messengers" aria-label={say(pageLang, 'person.messengers', { name: owner.name })}>
      {seats.map((seat) => {
        const name = platformName(seat.platform, pageLang)
        const shown = seat.platform === owner.platform
        return (
          <button
            key={seat.platform}
            type="button"
            className={shown ? `messenger is-open is-${seat.platform}` : 'messenger'}
            aria-pressed={shown}
            title={name}
            onClick={() => showInColumn(index, seat)}
          >
            <PlatformMark platform={seat.platform} />
            <span className={shown ? '' : 'sr'}>{name}</span>
          </button>
        )
      })}
    </fieldset>
  )
}

/** A client that is already shown elsewhere changes places with the one it replaces. */
function showInColumn(index: number, seat: Seat): void {
  const { columns } = pageState()
  const before = columns[index]
  change({
    columns: columns.map((each, i) => {
      if (i === index) return seat
      return each.userId === seat.userId ? (before ?? each) : each
    }),
  })
}
