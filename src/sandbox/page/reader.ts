import { createContext, useContext } from 'react'
import type { UserView } from '../slack/types.js'
import type { Lang } from './texts.js'

/** Whose client this is: everything in it is shown in their language and zone. */
export type ClientOwner = { userId: string; lang: Lang; zone: string; view: UserView }

const Context = createContext<ClientOwner | undefined>(undefined)
export const OwnerProvider = Context.Provider

/** The owner of the client that a component stands in. */
export function useOwner(): ClientOwner {
  const owner = useContext(Context)
  if (!owner) throw new Error('outside of a client')
  return owner
}
