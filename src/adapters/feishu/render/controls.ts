import type { Button, Control, LinkButton, Menu } from '../../../cards/card.js'
import { encodeAction, encodeChoice, encodeMenu } from '../action-codec.js'
import { LIMITS } from '../limits.js'
import { type CardButton, type ColumnSet, flow, type Select } from './elements.js'
import { plain } from './escape.js'
import { safeUrl } from './links.js'

/** Rows of controls; one that Feishu would refuse is left out. */
export function controlRows(controls: readonly Control[], maxOptions: number): ColumnSet[] {
  const elements = controls.map((control) => controlOf(control, maxOptions)).filter((e) => e !== undefined)
  return chunked(elements, LIMITS.buttonsInRow).map(flow)
}

function controlOf(control: Control, maxOptions: number): CardButton | Select | undefined {
  switch (control.kind) {
    case 'button':
      return buttonOf(control)
    case 'menu':
      return menuOf(control, maxOptions)
    case 'link_button':
      return linkButtonOf(control)
    default:
      return control satisfies never
  }
}

/** A button that carries its action; nothing when the action is too long for it. */
export function buttonOf({ label, action, style, confirm }: Button): CardButton | undefined {
  const value = encodeAction(action)
  if (value === undefined) return undefined
  return {
    tag: 'button',
    text: plain(label, LIMITS.buttonText),
    type: style ?? 'default',
    behaviors: [{ type: 'callback', value }],
    // Feishu names the two buttons of the question itself
    ...(confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain(confirm.title, LIMITS.confirmTitle),
            text: plain(confirm.text, LIMITS.confirmText),
          },
        }),
  }
}

function menuOf(menu: Menu, maxOptions: number): Select | undefined {
  const first = menu.options[0]?.action
  if (first === undefined) return undefined
  const options: Select['options'] = []
  for (const { label, action } of menu.options.slice(0, maxOptions)) {
    const value = encodeChoice(action)
    // One menu, one ticket: its id stands in the menu's own value.
    if (value !== undefined && action.ticketId === first.ticketId) {
      options.push({ text: plain(label, LIMITS.optionText), value })
    }
  }
  if (options.length === 0) return undefined
  return {
    tag: 'select_static',
    placeholder: plain(menu.label, LIMITS.placeholder),
    options,
    behaviors: [{ type: 'callback', value: encodeMenu(first.ticketId) }],
  }
}

function linkButtonOf({ label, url }: LinkButton): CardButton | undefined {
  const target = safeUrl(url)
  if (target === undefined) return undefined
  return {
    tag: 'button',
    text: plain(label, LIMITS.buttonText),
    type: 'default',
    behaviors: [{ type: 'open_url', default_url: target }],
  }
}

export function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
}
