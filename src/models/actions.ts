/** The verbs a button may carry, the same on every messenger (design.md, section 8), and those of lists and forms. */
export const ACTION_VERBS = [
  'claim',
  'assign',
  'reassign',
  'release',
  'reply',
  'note',
  'wait',
  'priority',
  'resolve',
  'confirm',
  'reopen',
  'withdraw',
  'dismiss',
  'urge',
  'ack',
  'why',
  'details',
  'add',
  'publish',
  'retract',
  'relocate',
  'new_ticket',
  'join',
  'ladder',
  'help',
  'mine',
  'queue',
  'show',
  'view',
] as const
export type ActionVerb = (typeof ACTION_VERBS)[number]

/** What a click means: which verb about which ticket. It carries no permission: the ticket's present state decides. */
export interface ActionValue {
  verb: ActionVerb
  ticketId?: string
  /** What else the verb needs: a touch, a clock, a choice. */
  arg?: string
}
