import type { Button, Control, Menu } from '../../../cards/card.js'
import { type ButtonData, encodeAction, mayAsk } from '../action-codec.js'
import { LIMITS } from '../limits.js'
import type { AcAction, AcElement } from './elements.js'
import { plain } from './escape.js'
import { safeUrl } from './links.js'

/** Where a card is shown: in a message, or in a dialog, where Teams knows `Action.Submit` only. */
export type Shown = 'message' | 'dialog'
export interface Making {
  shown: Shown
  /** So many options a drop-down. */
  maxOptions: number
  /** The next drop-down's number: ids must differ. */
  nextMenu: number
}

/** The controls of one element as rows of actions; one that Teams would not take is left out. */
export function controlElements(controls: readonly Control[], making: Making): AcElement[] {
  const first: AcAction[] = []
  const behind: AcAction[] = []
  const menus: AcElement[] = []
  for (const control of controls) {
    if (control.kind === 'menu' && control.options.length > LIMITS.overflowOptions) {
      menus.push(...dropDown(control, making))
    } else if (control.kind === 'menu') {
      behind.push(...control.options.flatMap((option) => overflow(option, making.shown)))
    } else {
      first.push(...actionOf(control, making.shown))
    }
  }
  const shown = first.slice(0, LIMITS.primaryActions)
  const rest = [...first.slice(LIMITS.primaryActions), ...behind].slice(0, LIMITS.secondaryActions)
  const secondary = rest.map((action): AcAction => ({ ...action, mode: 'secondary' }))
  const actions = [...shown, ...secondary]
  return [...(actions.length === 0 ? [] : [{ type: 'ActionSet' as const, actions }]), ...menus]
}

function actionOf(control: Exclude<Control, Menu>, shown: Shown): AcAction[] {
  if (control.kind === 'button') return buttonOf(control, shown)
  const url = safeUrl(control.url)
  if (url === undefined) return []
  return [{ type: 'Action.OpenUrl', title: plain(control.label, LIMITS.actionTitle), url }]
}

/** A button that carries its action; nothing when the action is too long for it. */
export function buttonOf({ label, action, style, confirm }: Button, shown: Shown): AcAction[] {
  const a = encodeAction(action)
  if (a === undefined) return []
  const parts = {
    title: plain(label, LIMITS.actionTitle),
    ...(style === undefined
      ? {}
      : { style: style === 'danger' ? ('destructive' as const) : ('positive' as const) }),
  }
  const max = LIMITS.confirmText
  const ask =
    confirm === undefined
      ? {}
      : {
          ask: {
            title: plain(confirm.title, LIMITS.dialogTitle),
            text: plain(confirm.text, max),
            yes: plain(confirm.yes, LIMITS.actionTitle),
            no: plain(confirm.no, LIMITS.actionTitle),
          },
        }
  if (shown === 'dialog') return [{ type: 'Action.Submit', ...parts, data: { a }, associatedInputs: 'none' }]
  if (confirm !== undefined || mayAsk(action)) return [fetching({ a, ...ask }, parts)]
  return [{ type: 'Action.Execute', ...parts, verb: action.verb, data: { a }, associatedInputs: 'none' }]
}

/** A click that opens a dialog: `Action.Execute` cannot. */
function fetching(data: ButtonData, parts: Pick<AcAction, 'title' | 'style'>): AcAction {
  const isMenu = data.menu !== undefined
  return {
    type: 'Action.Submit',
    ...parts,
    data: { ...data, msteams: { type: 'task/fetch' } },
    associatedInputs: isMenu ? 'auto' : 'none',
  }
}

function overflow({ label, action }: Menu['options'][number], shown: Shown): AcAction[] {
  return buttonOf({ kind: 'button', label, action }, shown)
}

/** Many options: a drop-down whose choice is an action, and a button that sends it. */
function dropDown({ label, options }: Menu, { shown, maxOptions, ...making }: Making): AcElement[] {
  const choices = options.slice(0, maxOptions).flatMap(({ label: title, action }) => {
    const value = encodeAction(action)
    return value === undefined ? [] : [{ title: plain(title, LIMITS.choiceTitle), value }]
  })
  const [option] = options
  if (choices.length === 0 || option === undefined) return []
  const menu = `menu${making.nextMenu}`
  const title = plain(label, LIMITS.actionTitle)
  const asks = options.some(({ action }) => mayAsk(action))
  const send: AcAction =
    shown === 'dialog'
      ? { type: 'Action.Submit', title, data: { menu }, associatedInputs: 'auto' }
      : asks
        ? fetching({ menu }, { title })
        : {
            type: 'Action.Execute',
            title,
            verb: option.action.verb,
            data: { menu },
            associatedInputs: 'auto',
          }
  return [
    {
      type: 'Input.ChoiceSet',
      id: menu,
      label: title,
      style: choices.length > 15 ? 'filtered' : 'compact',
      isRequired: true,
      errorMessage: title,
      placeholder: title,
      choices,
    },
    { type: 'ActionSet', actions: [send] },
  ]
}
