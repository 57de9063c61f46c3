import type { ButtonData } from '../action-codec.js'

/** The part of Adaptive Cards 1.5 that we make; the tests hold it against Microsoft's own types. */
export type AcElement =
  | AcTextBlock
  | { type: 'FactSet'; facts: { title: string; value: string }[]; separator?: true }
  | { type: 'Container'; style?: 'emphasis'; items: AcElement[]; separator?: true }
  | { type: 'ColumnSet'; columns: AcColumn[]; separator?: true }
  | { type: 'ActionSet'; actions: AcAction[]; separator?: true }
  | AcInput
export interface AcTextBlock {
  type: 'TextBlock'
  text: string
  wrap: true
  size?: 'Small' | 'Medium' | 'Large'
  weight?: 'Bolder'
  color?: 'Attention'
  style?: 'heading'
  isSubtle?: true
  separator?: true
}
export interface AcColumn {
  type: 'Column'
  width: 'stretch' | 'auto'
  verticalContentAlignment?: 'Center'
  items: AcElement[]
}
export type AcInput =
  | {
      type: 'Input.Text'
      id: string
      label: string
      isMultiline?: true
      isRequired?: true
      errorMessage?: string
      maxLength: number
      placeholder?: string
      value?: string
      separator?: true
    }
  | {
      type: 'Input.ChoiceSet'
      id: string
      label?: string
      style: 'compact' | 'filtered'
      isRequired?: true
      errorMessage?: string
      placeholder?: string
      value?: string
      choices: { title: string; value: string }[]
      separator?: true
    }

interface AcActionParts {
  title: string
  style?: 'positive' | 'destructive'
  /** Behind the three dots. */
  mode?: 'secondary'
}
export type AcAction =
  | (AcActionParts & {
      type: 'Action.Execute'
      verb: string
      data: ButtonData
      associatedInputs: 'auto' | 'none'
    })
  | (AcActionParts & { type: 'Action.Submit'; data: ButtonData; associatedInputs: 'auto' | 'none' })
  | (AcActionParts & { type: 'Action.OpenUrl'; url: string })

export interface AcMention {
  type: 'mention'
  text: string
  mentioned: { id: string; name: string }
}
export interface AdaptiveCard {
  type: 'AdaptiveCard'
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json'
  version: '1.5'
  fallbackText: string
  speak: string
  body: AcElement[]
  /** Whose clients ask for a card of their own whenever they show this one. */
  refresh?: { action: { type: 'Action.Execute'; verb: string; data: ButtonData }; userIds: string[] }
  msteams?: { width: 'full'; entities?: AcMention[] }
}

/** The card's frame: what older clients and screen readers are given instead. */
export function adaptiveCard(
  summary: string,
  body: AcElement[],
  msteams?: AdaptiveCard['msteams'],
): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: summary,
    speak: summary,
    body,
    ...(msteams === undefined ? {} : { msteams }),
  }
}
