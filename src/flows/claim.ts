import { act } from './act.js'
import type { ClickFlow } from './click.js'

export const claim: ClickFlow = (services, click) =>
  act(services, click, { flow: 'flows/claim.ts', command: { verb: 'claim' } })
