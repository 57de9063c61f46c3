import { type Action, AdaptiveCard, OpenUrlAction, Strings } from 'adaptivecards'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { Fields } from '../slack/types.js'
import { actionsOf } from '../teams/card-walk.js'
import { acts } from './acts.js'
import { DOT_COLOURS } from './dots.js'
import { useOwner } from './reader.js'
import { usePage } from './store.js'
import { withDates } from './teams-dates.js'
import { TEAMS_HOST } from './teams-host.js'
import { type Lang, say } from './texts.js'

type Props = { card: Fields; conversation: string; messageId: string }

/** An Adaptive Card in a message; what is pressed goes to the app with what its inputs hold. */
export function TeamsCard({ card, conversation, messageId }: Props): ReactNode {
  const owner = useOwner()
  const at = `${conversation}:${messageId}`
  const busy = usePage((state) =>
    Object.keys(state.waiting).some(
      (key) => key.startsWith(`${owner.userId} ${at} `) && state.waiting[key] === 'busy',
    ),
  )
  return (
    <div className={busy ? 'card tm-card is-waiting' : 'card tm-card'} aria-busy={busy}>
      <DrawnCard
        card={card}
        spotPrefix={`${owner.userId} ${at}`}
        onPress={(action, values) => {
          void acts.press(owner, `${at} ${action}`, { conversation, messageId, action, values })
        }}
      />
    </div>
  )
}

type DrawnProps = {
  card: Fields
  /** before the number of an action, what the story points at it by */
  spotPrefix: string
  onPress: (action: number, values: Record<string, unknown>) => void
}

/** A card as Microsoft's own renderer draws it, anew only when the card itself is another one. */
export function DrawnCard({ card, spotPrefix, onPress }: DrawnProps): ReactNode {
  const { lang, zone } = useOwner()
  const box = useRef<HTMLDivElement>(null)
  const spot = usePage((state) => (state.spot.startsWith(`${spotPrefix} `) ? state.spot : ''))
  const text = JSON.stringify(withDates(card, { lang, zone }))
  const press = useRef(onPress)
  press.current = onPress
  const drawn = useMemo(() => draw(JSON.parse(text) as Fields, press, lang), [text, lang])

  useEffect(() => {
    // An open menu is of the card as it was: what stood in it may mean something else by now.
    if (box.current?.querySelector('[aria-expanded=true]'))
      document.querySelector('.ac-ctrl-overlay')?.remove()
    box.current?.replaceChildren(...(drawn.element ? [drawn.element] : []))
  }, [drawn])
  useEffect(() => {
    for (const { action, button } of drawn.buttons()) {
      button.classList.toggle('is-spot', spot === `${spotPrefix} ${action}`)
    }
  }, [drawn, spot, spotPrefix])

  if (drawn.problem) return <p className="unknown">{say(lang, 'client.no_card')}</p>
  return <div ref={box} />
}

type Press = { current: (action: number, values: Record<string, unknown>) => void }

function draw(json: Fields, press: Press, lang: Lang) {
  // The renderer's own words are English, and one for all cards: they are read while it draws.
  Strings.defaults.overflowButtonTooltip = () => say(lang, 'client.more')
  const card = new AdaptiveCard()
  card.hostConfig = TEAMS_HOST
  card.onExecuteAction = (action: Action) => {
    if (action instanceof OpenUrlAction) {
      if (action.url && /^https?:/i.test(action.url)) window.open(action.url, '_blank', 'noopener,noreferrer')
      return
    }
    const values = Object.fromEntries(card.getAllInputs().map((input) => [input.id ?? '', input.value]))
    press.current(numberOf(action), values)
  }
  try {
    card.parse(numbered(json))
    const element = card.render()
    if (element) withDots(element)
    return { element, problem: !element, buttons: () => buttonsOf(card) }
  } catch {
    return { element: undefined, problem: true, buttons: () => [] }
  }
}

const NUMBERED = 'paidan-action-'

/** A card's actions have no names that are sure to differ: each gets its number from top to bottom. */
function numbered(card: Fields): Fields {
  for (const [i, action] of actionsOf(card).entries()) action.id = NUMBERED + i
  return card
}

function numberOf(action: Action): number {
  return Number(action.id?.slice(NUMBERED.length) ?? -1)
}

function buttonsOf(card: AdaptiveCard): { action: number; button: HTMLElement }[] {
  return card.getAllActions().flatMap((action) => {
    const button = action.renderedElement
    return button ? [{ action: numberOf(action), button }] : []
  })
}

/** The signs that cards live by are drawn: not every machine has a font for them. */
function withDots(element: HTMLElement): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode)
  for (const text of texts) {
    const pieces = text.data.split(/([🔴🟠🟡🟢🔵⚪])/u)
    if (pieces.length > 1) text.replaceWith(...pieces.map(dotOrText))
  }
}

function dotOrText(piece: string): string | HTMLElement {
  const colour = DOT_COLOURS[piece]
  if (colour === undefined) return piece
  const dot = document.createElement('span')
  dot.className = `dot dot-${colour}`
  dot.role = 'img'
  dot.ariaLabel = piece
  return dot
}
