import type { Card, Form } from '../../../src/cards/card.js'
import type { Spoken } from '../../../src/cards/spoken.js'
import type { Showing } from './story.js'

/** What a messenger is given to show. */
export type Shown = Card | Form | Spoken
/** A view by its file under src/cards and its name, each with samples of what it looks like. */
export type Samples = Readonly<Record<string, Readonly<Record<string, (s: Showing) => Shown | undefined>>>>

export const isCard = (shown: Shown): shown is Card => 'elements' in shown
export const isForm = (shown: Shown): shown is Form => 'fields' in shown

/** The sample; it's a mistake when the view has nothing to show. */
export function present(shown: Shown | undefined): Shown {
  if (shown === undefined) throw new Error('this sample shows nothing')
  return shown
}
