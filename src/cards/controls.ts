import { t } from '../i18n/t.js'
import { clip } from '../lib/text.js'
import type { ActionValue, ActionVerb } from '../models/actions.js'
import type { TicketId } from '../models/ids.js'
import type { Button, Control, Element, Menu } from './card.js'
import type { ViewContext } from './context.js'
import { linkified } from './linkify.js'
import type { Text } from './text.js'

/** What the narrowest messenger shows. */
export const MAX_TITLE = 150
export const MAX_OPTION = 75
/** So many rows a list shows; more than that nobody reads in a chat. */
export const MAX_ROWS = 10
/** So much of somebody's words a card shows; *Details* shows more. */
export const MAX_QUOTE = 1_000

export function button(label: string, action: ActionValue, style?: Button['style']): Button {
  return { kind: 'button', label, action, ...(style ? { style } : {}) }
}

/** An action of one ticket. */
export function on(ticketId: TicketId, verb: ActionVerb, arg?: string): ActionValue {
  return { verb, ticketId, ...(arg === undefined ? {} : { arg }) }
}

/** A drop-down; none where nothing can be chosen. */
export function menu(label: string, options: Menu['options']): Menu[] {
  return options.length > 0 ? [{ kind: 'menu', label, options }] : []
}

/** A row of controls; none where there are none. */
export function controls(list: readonly Control[]): Element[] {
  return list.length > 0 ? [{ kind: 'controls', controls: [...list] }] : []
}

/** Somebody's own words; nothing where there are none. */
export function quoted(words: string | undefined): Element[] {
  return words ? [{ kind: 'quote', text: linkified(clip(words, MAX_QUOTE)) }] : []
}

export const text = (value: Text): Element => ({ kind: 'text', text: value })
export const small = (value: Text): Element => ({ kind: 'small', text: value })

/** Pieces on one line, set apart by a middle dot. */
export function dotted(pieces: readonly Text[]): Text {
  return pieces
    .filter((piece) => piece.length > 0)
    .flatMap((piece, i) => (i === 0 ? piece : [' · ', ...piece]))
}

/** `2026110015 · VPN is down`, as cards are headed. */
export function heading(ticket: { number: string; title: string }): string {
  return clip(`${ticket.number} · ${ticket.title}`, MAX_TITLE)
}

/** `2026110015 “VPN is down”`, as sentences name a ticket. */
export function ticketName(ctx: ViewContext, ticket: { number: string; title: string }): string {
  return t(ctx.locale, 'ticket.named', { number: ticket.number, title: clip(ticket.title, 80) })
}
