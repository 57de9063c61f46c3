import { refuse } from '../lib/errors.js'
import { newId } from '../lib/ids.js'
import { isLive, sentOn } from '../models/ticket/touches.js'
import { act, refused } from './act.js'
import type { ClickFlow } from './click.js'
import { onTouches } from './on-touches.js'

/**
 * *Send to requester*: what was said inside goes out as well. Once, whoever clicks and how often; and once more each
 * time it was taken back.
 */
export const publish: ClickFlow = async (services, click) => {
  const { ticketId = '', arg = '' } = click.action
  return await onTouches(services, ticketId, async (touches, asRead) => {
    const touch = touches.get(arg)
    if (!touch || touch.deletedAt) return await refused(services, click, refuse('touch.not_found'))
    const { id: from, text, files, visibility: was } = touch
    const takenBack = sentOn(touches, from).filter((copy) => !isLive(copy)).length
    return await act(
      services,
      { ...click, key: takenBack > 0 ? `publish:${from}:${takenBack}` : `publish:${from}` },
      {
        flow: 'flows/publish.ts',
        command: asRead({ verb: 'publish', touch: { id: newId(), text, files }, from, was }),
      },
    )
  })
}
