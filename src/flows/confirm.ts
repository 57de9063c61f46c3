import { act } from './act.js'
import type { ClickFlow } from './click.js'

/** *Solved*: the requester agrees, and the ticket closes. */
export const confirm: ClickFlow = (services, click) =>
  act(services, click, { flow: 'flows/confirm.ts', command: { verb: 'confirm' } })
