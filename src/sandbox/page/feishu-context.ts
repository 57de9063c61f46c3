import { createContext, useContext } from 'react'
import type { Fields } from '../slack/types.js'
import { object, string } from './block-fields.js'

export type Values = Record<string, unknown>
export type CardContext = {
  /** the card's place, before what the story points at */
  at: string
  values: Values
  /** Puts a value into the card's form. */
  fill: (name: string, value: unknown) => void
  /** Tells the app, after a question if the element asks one. */
  press: (element: Fields, option?: string) => void
  /** by what a click finds an element again */
  actionOf: (element: Fields) => number | string
}

const Context = createContext<CardContext | undefined>(undefined)
export const CardProvider = Context.Provider

/** The card that an element stands in. */
export function useCard(): CardContext {
  const card = useContext(Context)
  if (!card) throw new Error('outside of a card')
  return card
}

/** The words of a text element. */
export function textOf(value: unknown): string {
  return string(object(value)?.content) ?? ''
}
