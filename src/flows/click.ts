import type { ActionValue } from '../models/actions.js'
import type { Platform } from '../models/ids.js'
import type { InboundFile } from '../models/inbound-file.js'
import type { Person } from '../models/people/person.js'
import type { Answer } from './answer.js'
import type { Services } from './services.js'

/** A click on a control, or a form sent in. Who did it comes from the verified envelope; what they may, from the ticket. */
export interface Click {
  /** Names this very click. */
  key: string
  platform: Platform
  person: Person
  action: ActionValue
  /** What was filled in, when it is a form. */
  submitted?: { values: Record<string, string>; files: InboundFile[] }
}

/** One flow for one verb: answers the person, and changes the ticket if its rules allow. */
export type ClickFlow = (services: Services, click: Click) => Promise<Answer>
