import type { Card, Form } from '../cards/card.js'

/** What the person who clicked or submitted sees at once; everybody else sees the cards change. */
export type Answer =
  | { kind: 'nothing' }
  /** Said so that only this person sees it. */
  | { kind: 'private'; card: Card }
  /** A form opens for them; in place of the one they are in, if they are in one. */
  | { kind: 'form'; form: Form }
  /** Fields of the submitted form are wrong: by name, in their language. The form stays open. */
  | { kind: 'field_errors'; errors: Record<string, string> }

export const NOTHING: Answer = { kind: 'nothing' }
