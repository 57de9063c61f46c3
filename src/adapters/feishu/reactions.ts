import { z } from 'zod'
import type { MessageRef } from '../../delivery/messenger.js'
import type { OpenApi } from './open-api.js'
import { messagePath } from './posting.js'

/** The reaction that says: this went to the other side. */
const MARK = 'OK'
const REACTIONS = z.object({
  items: z
    .array(z.object({ reaction_id: z.string(), operator: z.object({ operator_type: z.string() }) }))
    .nullish(),
})

/** Puts our mark on a message; Feishu keeps one of a kind from each. */
export async function addMark(api: OpenApi, ref: MessageRef): Promise<void> {
  const path = messagePath(ref, '/reactions')
  await api.call({ method: 'POST', path, data: { reaction_type: { emoji_type: MARK } } })
}

/** Takes our mark away; only the app's own, whatever people have put beside it. */
export async function removeMark(api: OpenApi, ref: MessageRef): Promise<void> {
  const params = { reaction_type: MARK, page_size: '50' }
  const listed = await api.call({ method: 'GET', path: messagePath(ref, '/reactions'), params })
  for (const { reaction_id, operator } of REACTIONS.parse(listed).items ?? []) {
    if (operator.operator_type !== 'app') continue
    const path = messagePath(ref, `/reactions/${encodeURIComponent(reaction_id)}`)
    await api.call({ method: 'DELETE', path })
  }
}
