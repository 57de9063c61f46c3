import { type ReactNode, useMemo } from 'react'
import { type Count, counted } from './counted.js'
import { Icon } from './icons.js'
import { usePage } from './store.js'
import { type Lang, say } from './texts.js'

/** What can be counted in the messenger after all that was done to it. */
export function CountedPanel(): ReactNode {
  const lang = usePage((state) => state.lang)
  const slack = usePage((state) => state.slack)
  const faults = usePage((state) => state.faults)
  const employee = usePage((state) => state.views[state.columns[0] ?? '']?.user.realName)
  const sums = useMemo(() => slack && counted(slack), [slack])
  const place = (channel: string): string => {
    const found = slack?.channels[channel]
    if (found?.kind !== 'im') return `#${found?.name ?? channel}`
    const other = found.members.find((id) => id !== slack?.bot.userId)
    return say(lang, 'counted.dm_of', { name: slack?.users[other ?? '']?.realName ?? '' })
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

function ticks(
  lang: Lang,
  counts: readonly Count[],
  place: (channel: string) => string,
  name: string,
): ReactNode {
  return counts.map((count) => (
    <Tick
      key={count.channel}
      lang={lang}
      ok={count.ok}
      name={name}
      text={say(lang, 'counted.in', { n: count.n, place: place(count.channel) })}
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
