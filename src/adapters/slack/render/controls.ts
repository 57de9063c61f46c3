import type { ActionsBlock, PlainTextOption, Button as SlackButton, StaticSelect } from '@slack/types'
import type { Button, Control, LinkButton, Menu } from '../../../cards/card.js'
import { encodeAction, encodeChoice } from '../action-codec.js'
import { LIMITS } from '../limits.js'
import { plain } from './escape.js'
import { safeUrl } from './mrkdwn.js'

/** Numbers the controls of one message: Slack wants each `action_id` once. */
export interface ControlIds {
  next: number
}
/** A link's click is reported too, and means nothing to us. */
export const LINK_ACTION = 'link'

/** Rows of controls; one that Slack would refuse is left out. */
export function controlBlocks(
  controls: readonly Control[],
  ids: ControlIds,
  maxOptions: number,
): ActionsBlock[] {
  const elements = controls
    .map((control) => controlOf(control, ids, maxOptions))
    .filter((e) => e !== undefined)
  return chunked(elements, LIMITS.actions).map((chunk) => ({ type: 'actions', elements: chunk }))
}

function controlOf(
  control: Control,
  ids: ControlIds,
  maxOptions: number,
): SlackButton | StaticSelect | undefined {
  switch (control.kind) {
    case 'button':
      return buttonOf(control, ids)
    case 'menu':
      return menuOf(control, ids, maxOptions)
    case 'link_button':
      return linkButtonOf(control, ids)
    default:
      return control satisfies never
  }
}

/** A button that carries its action; nothing when the action is too long for it. */
export function buttonOf(button: Button, ids: ControlIds): SlackButton | undefined {
  const value = encodeAction(button.action)
  if (value === undefined) return undefined
  const { style, confirm } = button
  return {
    type: 'button',
    action_id: `${button.action.verb}:${ids.next++}`,
    text: plain(button.label, LIMITS.buttonText),
    value,
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain(confirm.title, LIMITS.confirmTitle),
            text: plain(confirm.text, LIMITS.confirmText),
            confirm: plain(confirm.yes, LIMITS.confirmButton),
            deny: plain(confirm.no, LIMITS.confirmButton),
            ...(style === undefined ? {} : { style }),
          },
        }),
  }
}

function menuOf(menu: Menu, ids: ControlIds, maxOptions: number): StaticSelect | undefined {
  const first = menu.options[0]?.action
  if (first === undefined) return undefined
  const options: PlainTextOption[] = []
  for (const { label, action } of menu.options.slice(0, maxOptions)) {
    const value = encodeChoice(action)
    // One menu, one ticket: its id stands in the menu's own.
    if (value !== undefined && action.ticketId === first.ticketId) {
      options.push({ text: plain(label, LIMITS.optionText), value })
    }
  }
  if (options.length === 0) return undefined
  const ticket = first.ticketId === undefined ? '' : `:${first.ticketId}`
  return {
    type: 'static_select',
    action_id: `${first.verb}:${ids.next++}${ticket}`.slice(0, LIMITS.id),
    placeholder: plain(menu.label, LIMITS.placeholder),
    ...optionsOrGroups(options),
  }
}

function linkButtonOf({ label, url }: LinkButton, ids: ControlIds): SlackButton | undefined {
  const target = safeUrl(url)
  if (target === undefined) return undefined
  const text = plain(label, LIMITS.buttonText)
  return { type: 'button', action_id: `${LINK_ACTION}:${ids.next++}`, text, url: target }
}

/** Up to a hundred options stand in a list; more are put in groups of a hundred, named by their first and last. */
export function optionsOrGroups(
  options: readonly PlainTextOption[],
): Pick<StaticSelect, 'options'> | Required<Pick<StaticSelect, 'option_groups'>> {
  if (options.length <= LIMITS.options) return { options: [...options] }
  const groups = chunked(options, LIMITS.options).slice(0, LIMITS.optionGroups)
  return {
    option_groups: groups.map((group) => ({ label: groupLabel(group), options: group })),
  }
}

function groupLabel(group: readonly PlainTextOption[]): PlainTextOption['text'] {
  const [first, last] = [group[0]?.text.text ?? '', group.at(-1)?.text.text ?? '']
  const max = (LIMITS.optionText - 3) / 2
  return { type: 'plain_text', text: `${whole(first, max)} – ${whole(last, max)}`, emoji: true }
}

/** The beginning of an escaped text, cut between words or code points and never inside an entity. */
function whole(text: string, max: number): string {
  let out = ''
  for (const [piece] of text.matchAll(/&(?:amp|lt|gt);|./gsu)) {
    if (out.length + piece.length > max) break
    out += piece
  }
  return out.trimEnd()
}

export function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
}
