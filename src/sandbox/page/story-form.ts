import type { Fields, SlackView } from '../slack/types.js'
import { inputsOf } from '../teams/card-walk.js'
import type { Dialog } from '../teams/types.js'
import { acts } from './acts.js'
import { choicesOf, object, objects, string } from './block-fields.js'
import { change, pageState, setInput } from './store.js'

/** A form that is open over somebody's client. */
export type OpenForm =
  | { on: 'slack'; userId: string; view: SlackView }
  | { on: 'teams'; userId: string; dialog: Dialog; card: Fields }

type Words = { resolution: string; other: string }
type Stage = {
  pause(ms: number): Promise<void>
  point(userId: string, spot: string): Promise<void>
}

/** The form on top of somebody's client, if there is one. */
export function formOf(userId: string): OpenForm | undefined {
  const pane = pageState().panes[userId]
  const view = pane?.slack?.modals.at(-1)
  if (view) return { on: 'slack', userId, view }
  const dialog = pane?.dialog
  return dialog?.card ? { on: 'teams', userId, dialog, card: dialog.card } : undefined
}

/** Types into every question that must be answered, and sends the answers. */
export async function fillForm(form: OpenForm, words: Words, stage: Stage): Promise<void> {
  if (form.on === 'slack') await fillView(form, words, stage)
  else await fillDialog(form, words, stage)
  change({ spot: '' })
}

type On<P extends OpenForm['on']> = Extract<OpenForm, { on: P }>

async function fillView({ userId, view }: On<'slack'>, words: Words, { pause, point }: Stage): Promise<void> {
  for (const block of view.blocks) {
    const element = object(block.element)
    const blockId = string(block.block_id) ?? ''
    if (block.type !== 'input' || !element || (block.optional === true && blockId !== 'resolution')) continue
    const first = choicesOf(element)[0]?.choices[0]?.value
    const value = first ?? (blockId === 'resolution' ? words.resolution : words.other)
    setInput(view.id, blockId, string(element.action_id) ?? '', value)
    await pause(700)
  }
  await point(userId, `${userId} ${view.id}`)
  await acts.submitView(userId, view.id, pageState().forms[view.id] ?? {})
}

async function fillDialog({ userId, dialog, card }: On<'teams'>, words: Words, stage: Stage): Promise<void> {
  const { dialogId } = dialog
  for (const input of inputsOf(card)) {
    const id = string(input.id) ?? ''
    const isResolution = id.includes('resolution')
    if (input.isRequired !== true && !isResolution) continue
    const first = string(objects(input.choices)[0]?.value)
    const value = first ?? (isResolution ? words.resolution : words.other)
    const fills = pageState().fills
    change({ fills: { ...fills, [dialogId]: { ...fills[dialogId], [id]: value } } })
    await stage.pause(700)
  }
  await stage.point(userId, `${userId} ${dialogId} 0`)
  await acts.submitDialog(userId, dialogId, pageState().fills[dialogId] ?? {})
}
