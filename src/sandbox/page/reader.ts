import { createContext, useContext } from 'react'
import type { Platform } from '../platforms.js'
import type { UserView } from '../slack/types.js'
import type { Lang } from './texts.js'

/** Whose client this is: everything in it is shown in their language and zone. */
export type ClientOwner = {
  userId: string
  platform: Platform
  name: string
  lang: Lang
  zone: string
  /** on Slack */
  view?: UserView
}
export type SlackOwner = ClientOwner & { view: UserView }

const Context = createContext<ClientOwner | undefined>(undefined)
export const OwnerProvider = Context.Provider

/** The owner of the client that a component stands in. */
export function useOwner(): ClientOwner {
  const owner = useContext(Context)
  if (!owner) throw new Error('outside of a client')
  return owner
}

/** The owner of the client of Slack that a component stands in. */
export function useSlackOwner(): SlackOwner {
  const { view, ...owner } = useOwner()
  if (!view) throw new Error('outside of a client of Slack')
  return { ...owner, view }
}
