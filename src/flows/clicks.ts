import type { ActionVerb } from '../models/actions.js'
import { acknowledge } from './acknowledge.js'
import { add } from './add.js'
import { assign } from './assign.js'
import { claim } from './claim.js'
import type { ClickFlow } from './click.js'
import { confirm } from './confirm.js'
import { dismiss } from './dismiss.js'
import { explainHistory, explainLadder, explainTime } from './explain.js'
import { joinTicket } from './join-ticket.js'
import { note } from './note.js'
import { openInstead } from './open-instead.js'
import { prioritize } from './prioritize.js'
import { publish } from './publish.js'
import { release } from './release.js'
import { relocate } from './relocate.js'
import { reopen } from './reopen.js'
import { reply } from './reply.js'
import { resolve } from './resolve.js'
import { retract } from './retract.js'
import { showHelp, showMine, showQueue, showTicket } from './show-list.js'
import { showOwnView } from './show-own-view.js'
import { urge } from './urge.js'
import { wait } from './wait.js'
import { withdraw } from './withdraw.js'

/** Which flow a verb means. */
export const CLICKS: Readonly<Record<ActionVerb, ClickFlow>> = {
  claim,
  assign,
  reassign: assign,
  release,
  reply,
  note,
  wait,
  priority: prioritize,
  resolve,
  confirm,
  reopen,
  withdraw,
  dismiss,
  urge,
  ack: acknowledge,
  why: explainTime,
  details: explainHistory,
  ladder: explainLadder,
  add,
  publish,
  retract,
  relocate,
  new_ticket: openInstead,
  join: joinTicket,
  help: showHelp,
  mine: showMine,
  queue: showQueue,
  show: showTicket,
  view: showOwnView,
}
