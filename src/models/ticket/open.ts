import { clip } from '../../lib/text.js'
import type { Desk } from '../desk/desk.js'
import { route, titleOf } from '../desk/routing.js'
import { clockConsequences } from './clocks/consequences.js'
import type { OpenCommand } from './commands.js'
import { type Context, typeOf } from './context.js'
import { teamPlaces } from './decide/hands.js'
import type { Commit, EventOf, TicketEvent } from './events.js'
import { fold } from './fold.js'
import { EXCERPT_LENGTH } from './ticket.js'

/** The events of a ticket's first commit: the desk's rules decide type, priority and team from what was written. */
export function open(command: OpenCommand, context: Context): TicketEvent[] {
  const { typeId, teamId, priority } = route(deskFor(command, context.desk), command.text)
  const opened: EventOf<'ticket.opened'> = {
    type: 'ticket.opened',
    number: command.number,
    typeId,
    teamId,
    priority,
    status: 'new',
    requesterId: command.requesterId,
    openedById: command.openedById,
    title: titleOf(command.text, command.files),
    excerpt: clip(command.text, EXCERPT_LENGTH),
    touch: {
      id: command.touchId,
      authorId: command.openedById,
      side: 'requester',
      visibility: 'public',
      text: command.text,
      files: command.files,
      ...(command.messageId ? { source: { placeId: command.place.id, messageId: command.messageId } } : {}),
    },
    places: [command.place, ...teamPlaces(context.desk, teamId)],
  }
  const after = fold(null, asCommit(command, context, opened))
  return [opened, ...clockConsequences(null, after, [opened], context)]
}

/** Where somebody chose the type, words still decide the priority, but neither type nor team. */
function deskFor({ typeId }: OpenCommand, desk: Desk): Desk {
  if (typeId === undefined) return desk
  const routing = desk.routing.map(({ typeId: _, teamId: __, ...rule }) => rule)
  return { ...desk, routing, defaultTypeId: typeOf(desk, typeId).id }
}

function asCommit(command: OpenCommand, context: Context, opened: TicketEvent): Commit {
  const { desk, actor, now: at } = context
  return {
    deskId: desk.id,
    ticketId: command.ticketId,
    seq: 1,
    cause: '',
    actor,
    at,
    events: [opened],
    salt: '',
    prevHash: '',
    hash: '',
  }
}
