import { type ReactNode, useEffect, useState } from 'react'
import { monotonicMs, now } from '../../lib/now.js'
import { api } from './api.js'
import { Icon, type IconName } from './icons.js'
import { pushClock } from './push-clock.js'
import { change, pageState, usePage } from './store.js'
import { type Lang, say, span } from './texts.js'

const MINUTE_MS = 60_000
const DOWN_MS = 30_000

/** The bar over everything: whose program this is, what time it is for it, how its server is, and how to trouble it. */
export function Header(): ReactNode {
  const lang = usePage((state) => state.lang)
  const desk = usePage((state) => state.about?.desk.name)
  return (
    <header className="top">
      <h1>
        <span className="logo" aria-hidden="true">
          派单
        </span>
        Paidan
        <small>
          {say(lang, 'brand.sandbox')}
          {desk ? ` · ${desk[lang]}` : ''}
        </small>
      </h1>
      <ClockControls lang={lang} />
      <FaultControls lang={lang} />
      <button
        type="button"
        className="top-btn"
        lang={lang === 'en' ? 'zh-CN' : 'en'}
        onClick={switchLanguage}
      >
        <span className="sr">{say(lang, 'lang.switch')}</span>
        <span aria-hidden="true">{say(lang, 'lang.other')}</span>
      </button>
    </header>
  )
}

function switchLanguage(): void {
  const lang: Lang = pageState().lang === 'en' ? 'zh-CN' : 'en'
  document.documentElement.lang = lang
  localStorage.setItem('paidan.lang', lang)
  change({ lang })
}

function ClockControls({ lang }: { lang: Lang }): ReactNode {
  const team = usePage((state) => state.about?.teams[0]?.name)
  const offsetMs = usePage((state) => state.clockOffsetMs)
  const moving = usePage((state) => state.movingClock)
  const pointedAt = usePage((state) => state.spot === 'clock')
  useTick(1000)
  const at = now()
  const day = new Intl.DateTimeFormat(lang, { month: 'short', day: 'numeric', weekday: 'short' }).format(at)
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at)
  const ahead =
    offsetMs === 0 ? say(lang, 'clock.same') : say(lang, 'clock.ahead', { time: span(lang, offsetMs) })
  return (
    <fieldset className={pointedAt ? 'group is-spot' : 'group'} aria-label={say(lang, 'clock.label')}>
      <span className="clock" title={ahead}>
        <Icon name="clock" />
        <span>
          {day} <b>{time}</b>
          <small className="ahead">{moving ? say(lang, 'clock.moving') : ahead}</small>
        </span>
      </span>
      <TopButton
        text={say(lang, 'clock.15min')}
        busy={moving}
        onClick={() => pushClock({ advanceMs: 15 * MINUTE_MS })}
      />
      <TopButton
        text={say(lang, 'clock.1h')}
        busy={moving}
        onClick={() => pushClock({ advanceMs: 60 * MINUTE_MS })}
      />
      <TopButton
        text={say(lang, 'clock.day')}
        busy={moving}
        hint={say(lang, 'clock.day_hint', { team: team?.[lang] ?? '' })}
        onClick={() => pushClock({ advance: 'working_day' })}
      />
    </fieldset>
  )
}

function FaultControls({ lang }: { lang: Lang }): ReactNode {
  const server = usePage((state) => state.server)
  const downUntilMs = usePage((state) => state.downUntilMs)
  const connected = usePage((state) => state.connected)
  useTick(500)
  const downS = Math.ceil((downUntilMs - monotonicMs()) / 1000)
  const fault = (run: () => Promise<unknown>) => async (): Promise<void> => {
    change({ faults: pageState().faults + 1 })
    await run().catch(() => undefined)
  }
  return (
    <fieldset className="group" aria-label={say(lang, 'faults.label')}>
      <span className={`server server-${server}`} role="status">
        {connected
          ? `${say(lang, 'server.label')}: ${say(lang, `server.${server}`)}`
          : say(lang, 'page.lost')}
      </span>
      <TopButton
        icon="twice"
        text={say(lang, 'faults.twice')}
        hint={say(lang, 'faults.twice_hint')}
        onClick={fault(async () => {
          await api.deliverTwice()
        })}
      />
      <TopButton
        icon="cloud"
        text={downS > 0 ? say(lang, 'faults.down_left', { s: downS }) : say(lang, 'faults.down')}
        hint={say(lang, 'faults.down_hint')}
        busy={downS > 0}
        onClick={fault(async () => {
          await api.down(DOWN_MS)
          change({ downUntilMs: monotonicMs() + DOWN_MS })
        })}
      />
      <TopButton
        icon="plug"
        text={say(lang, 'faults.plug')}
        hint={say(lang, 'faults.plug_hint')}
        onClick={fault(api.pullThePlug)}
      />
    </fieldset>
  )
}

type ButtonProps = {
  text: string
  icon?: IconName
  hint?: string
  busy?: boolean
  onClick: () => Promise<void>
}

function TopButton({ text, icon, hint, busy = false, onClick }: ButtonProps): ReactNode {
  return (
    <button type="button" className="top-btn" title={hint} disabled={busy} onClick={() => void onClick()}>
      {icon && <Icon name={icon} size={14} />} {text}
    </button>
  )
}

/** Draws a component again every so often: it shows the time. */
function useTick(everyMs: number): void {
  const [, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick((n) => n + 1), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
