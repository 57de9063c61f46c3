import { type ReactNode, useMemo } from 'react'
import { type Count, counted } from './counted.js'
import { Icon } from './icons.js'
import { placeName, platformName } from './platform-names.js'
import { placeOf } from './scene.js'
import { personOf } from './seats.js'
import { usePage } from './store.js'
import { type Lang, say } from './texts.js'

/** What can be counted in the messengers after all that was done to it. */
export function CountedPanel(): ReactNode {
  const lang = usePage((state) => state.lang)
  const scene = usePage((state) => state.scene)
  const about = usePage((state) => state.about)
  const faults = usePage((state) => state.faults)
  const first = usePage((state) => state.columns[0]?.personId)
  const employee = about?.people.find((person) => person.id === first)?.name
  const sums = useMemo(() => scene && counted(scene), [scene])
  const several = (about?.platforms.length ?? 0) > 1
  const place = (id: string): string => {
    const found = scene && placeOf(scene, id)
    if (!found || !about) return id
    const person = personOf(about, found.owner ?? '')
    const name =
      found.kind === 'channel'
        ? placeName(found.platform, found.name)
        : say(lang, 'counted.dm_of', { name: person?.name ?? '' })
    return several ? say(lang, 'counted.on', { name, platform: platformName(found.platform, lang) }) : name
  }
  return (
    <section
      className={faults > 0 ? 'panel counted is-asked' : 'panel counted'}
      key={faults}
      aria-label={say(lang, 'counted.title')}
    >
      <h2>{say(lang, 'counted.title')}</h2>
      {sums?.number === undefined ? (
        <p className="quiet">{say(lang, 'counted.none', { name: employee ?? '' })}</p>
      ) : (
        <>
          <dl>
            <dt>{say(lang, 'counted.ticket')}</dt>
            <dd>
              <code>{sums.number}</code>
            </dd>
            <dt>{say(lang, 'counted.tickets')}</dt>
            <dd>
              <Tick lang={lang} ok={sums.opened.ok} text={String(sums.opened.n)} name="tickets" />
            </dd>
            <dt>{say(lang, 'counted.cards')}</dt>
            <dd>{ticks(lang, sums.cards, place, 'cards')}</dd>
            {sums.told.length > 0 && (
              <>
                <dt>{say(lang, 'counted.told')}</dt>
                <dd>{ticks(lang, sums.told, place, 'told')}</dd>
              </>
            )}
          </dl>
          <p className={sums.doubles > 0 ? 'bad' : 'quiet'} data-count="doubles" data-n={sums.doubles}>
            {say(lang, 'counted.all', {
              tickets: sums.tickets,
              messages: sums.messages,
              doubles: sums.doubles,
            })}
          </p>
        </>
      )}
    </section>
  )
}

function ticks(lang: Lang, counts: readonly Count[], place: (id: string) => string, name: string): ReactNode {
  return counts.map((count) => (
    <Tick
      key={count.place}
      lang={lang}
      ok={count.ok}
      name={name}
      text={say(lang, 'counted.in', { n: count.n, place: place(count.place) })}
    />
  ))
}

function Tick({ lang, ok, text, name }: { lang: Lang; ok: boolean; text: string; name: string }): ReactNode {
  return (
    <span className={ok ? 'count is-ok' : 'count is-bad'} data-count={name} data-ok={ok}>
      <Icon name={ok ? 'check' : 'warn'} size={13} /> {text}
      <span className="sr">{say(lang, ok ? 'counted.ok' : 'counted.bad')}</span>
    </span>
  )
}
