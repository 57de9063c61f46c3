import { localeOf, t } from '../../i18n/t.js'
import type { Card } from '../card.js'
import { text } from '../controls.js'
import { strong } from '../words.js'

/** A card that is changed for the last time: what it shows is true now, and a newer one goes on. */
export function olderCard({ ownView: _none, ...card }: Card): Card {
  return { ...card, elements: [text([strong(t(localeOf(card.locale), 'card.older'))]), ...card.elements] }
}
