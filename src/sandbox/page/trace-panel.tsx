import { type ReactNode, useMemo, useState } from 'react'
import type { About } from '../about.js'
import { PLATFORMS, type Platform } from '../platforms.js'
import type { TraceEntry } from '../trace.js'
import { Icon } from './icons.js'
import { placeName, platformName } from './platform-names.js'
import { placeOf, type Scene } from './scene.js'
import { personOf } from './seats.js'
import { usePage } from './store.js'
import { type Lang, say, span, type TextKey } from './texts.js'

const ACTS_SHOWN = 30

type Act = { id: number; head: Extract<TraceEntry, { kind: 'act' }> | undefined; rows: TraceEntry[] }

/** Beside each act what the server made of it, the newest act first. */
export function TracePanel(): ReactNode {
  const lang = usePage((state) => state.lang)
  const trace = usePage((state) => state.trace)
  const scene = usePage((state) => state.scene)
  const about = usePage((state) => state.about)
  const shown = useMemo(() => actsOf(trace), [trace])
  return (
    <section className="panel trace" aria-label={say(lang, 'trace.title')}>
      <h2>{say(lang, 'trace.title')}</h2>
      {shown.length === 0 && <p className="quiet">{say(lang, 'trace.empty')}</p>}
      <ol>
        {shown.map((act) => (
          <li key={act.id}>
            <p className="act">{act.head ? actText(lang, act.head, about, scene) : say(lang, 'act.start')}</p>
            {act.rows.map((row) => (
              <Row key={row.n} row={row} lang={lang} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}

function actsOf(trace: readonly TraceEntry[]): Act[] {
  const acts = new Map<number, Act>()
  for (const entry of trace) {
    const act = acts.get(entry.act) ?? { id: entry.act, head: undefined, rows: [] }
    acts.set(entry.act, act)
    if (entry.kind === 'act') act.head = entry
    else act.rows.push(entry)
  }
  return [...acts.values()].toReversed().slice(0, ACTS_SHOWN)
}

const KNOWN_ACTS = new Set([
  'postMessage',
  'editMessage',
  'deleteMessage',
  'click',
  'submitView',
  'closeView',
  'react',
  'submitDialog',
  'closeDialog',
  'menu',
  'clock',
  'pull_the_plug',
  'deliverTwice',
  'down',
])

function actText(
  lang: Lang,
  act: Extract<TraceEntry, { kind: 'act' }>,
  about: About | undefined,
  scene: Scene | undefined,
): ReactNode {
  const name = (about && personOf(about, act.userId ?? '')?.name) ?? ''
  if (act.gesture === 'clock') return say(lang, 'act.clock', { time: span(lang, Number(act.text)) })
  if (!KNOWN_ACTS.has(act.gesture)) return say(lang, 'act.other', { name, gesture: act.gesture })
  const key = `act.${act.gesture}` as TextKey
  const where = scene && placeOf(scene, act.channel ?? '')
  return (
    <>
      {say(lang, key, { name, action: quoted(lang, act.action ?? '') })}
      {where && (
        <span className="quiet">
          {' '}
          {where.kind === 'channel' ? placeName(where.platform, where.name) : ''} ·{' '}
          {platformName(where.platform, lang)}
        </span>
      )}
      {act.text !== undefined && act.text !== '' && <q>{act.text}</q>}
    </>
  )
}

function quoted(lang: Lang, label: string): string {
  return lang === 'en' ? `"${label}"` : `「${label}」`
}

type RowProps = { row: TraceEntry; lang: Lang }

function Row({ row, lang }: RowProps): ReactNode {
  switch (row.kind) {
    case 'act':
      return null
    case 'event':
      return (
        <Line mark={say(lang, 'trace.event')} kind="event" lang={lang} ms={row.ms}>
          {row.event} {row.known && <span className="known">{say(lang, 'trace.known')} </span>}
          <span className="quiet cut">{row.eventKey}</span>
        </Line>
      )
    case 'flow':
      return (
        <Line mark={say(lang, 'trace.flow')} kind={`flow flow-${row.outcome}`} lang={lang} ms={row.ms}>
          <FileName name={row.flow} lang={lang} />
          <FlowOutcome row={row} lang={lang} />
        </Line>
      )
    case 'delivered':
      return (
        <Line mark={row.what} kind="delivered" lang={lang} ms={row.ms}>
          <PlaceName row={row} lang={lang} />
          {row.revision !== undefined && <span className="quiet"> r{row.revision}</span>}
          {row.outcome !== 'sent' && <span className="quiet"> {row.outcome}</span>}
        </Line>
      )
    case 'server':
      return (
        <Line mark="" kind="server-row" lang={lang}>
          {say(lang, 'trace.server', { state: serverState(lang, row.state) })}
          {row.detail !== undefined && <span className="quiet"> {row.detail}</span>}
        </Line>
      )
    default:
      return row satisfies never
  }
}

type LineProps = { mark: string; kind: string; lang: Lang; ms?: number | undefined; children: ReactNode }

function Line({ mark, kind, lang, ms, children }: LineProps): ReactNode {
  return (
    <div className={`row ${kind}`}>
      <span className="mark">{mark}</span>
      <span className="what">{children}</span>
      {ms !== undefined && (
        <span className="ms">{say(lang, 'trace.ms', { ms: ms < 10 ? ms.toFixed(1) : Math.round(ms) })}</span>
      )}
    </div>
  )
}

function FlowOutcome({ row, lang }: { row: Extract<TraceEntry, { kind: 'flow' }>; lang: Lang }): ReactNode {
  if (row.outcome === 'refused') {
    return (
      <span className="refused">
        {say(lang, 'trace.refused')} <code>{row.code}</code>
      </span>
    )
  }
  if (row.outcome === 'nothing') return <span className="quiet"> {say(lang, 'trace.nothing')}</span>
  return (
    <span className="commit">
      {say(lang, 'trace.commit', { seq: row.seq ?? '' })}
      {row.events && row.events.length > 0 && <small>{row.events.join(', ')}</small>}
    </span>
  )
}

/** The file that did it; a click copies its name. */
function FileName({ name, lang }: { name: string; lang: Lang }): ReactNode {
  const [copied, setCopied] = useState(false)
  return (
    <button
      type="button"
      className="file-name"
      title={say(lang, copied ? 'trace.copied' : 'trace.copy')}
      onClick={() => {
        void navigator.clipboard?.writeText(name)
        setCopied(true)
      }}
    >
      <code>{name}</code>
      {copied && <Icon name="check" size={11} />}
    </button>
  )
}

/** A place as the messengers' people know it; it comes as the program names it: `requester:slack:D…:ts`, `team:it:slack`. */
function PlaceName({ row, lang }: { row: { place: string; platform: string }; lang: Lang }): ReactNode {
  const scene = usePage((state) => state.scene)
  const about = usePage((state) => state.about)
  const platform = PLATFORMS.find((each) => each === row.platform)
  const name = about && scene && nameOf(row.place, platform, about, scene)
  return (
    <>
      {name ?? (/^person\b/.test(row.place) ? say(lang, 'trace.person') : row.place)}
      {platform && <span className="quiet"> {platformName(platform, lang)}</span>}
    </>
  )
}

function nameOf(
  place: string,
  platform: Platform | undefined,
  about: About,
  scene: Scene,
): string | undefined {
  const [kind, key] = place.split(':')
  if (kind === 'person') return about.people.find((person) => person.id === key)?.name
  const team = kind === 'team' ? about.teams.find((each) => each.id === key) : undefined
  const id = team && platform ? team.channels[platform] : undefined
  const found = scene.find((each) => each.id === id || (id === undefined && place.includes(each.id)))
  if (found?.kind === 'channel') return placeName(found.platform, found.name)
  const owner =
    found?.owner ??
    about.people
      .flatMap((person) => Object.values(person.accounts))
      .find((account) => place.includes(account))
  const person = owner === undefined ? undefined : personOf(about, owner)
  return person && `@${person.name}`
}

const SERVER_STATES = new Set(['starting', 'up', 'restarting', 'stopped', 'misconfigured'])

function serverState(lang: Lang, state: string): string {
  return SERVER_STATES.has(state) ? say(lang, `server.${state}` as TextKey) : state
}
