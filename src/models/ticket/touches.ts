import type { TouchId } from '../ids.js'
import type { Commit, Touch } from './events.js'

/** A touch as it stands now: later edits, deletion and withdrawal applied. */
export interface PresentTouch extends Touch {
  at: Date
  editedAt?: Date
  deletedAt?: Date
  /** Taken back from the other side; inside it stays. */
  withdrawnAt?: Date
  /** The inside touch this one was sent on from. */
  from?: TouchId
}

export type Touches = ReadonlyMap<TouchId, PresentTouch>

/** Whether it still stands where it went: nobody deleted it or took it back. */
export const isLive = (touch: PresentTouch): boolean => !touch.deletedAt && !touch.withdrawnAt

/** Everything that an inside touch was sent on as, what was taken back included, oldest first. */
export function sentOn(touches: Touches, from: TouchId): PresentTouch[] {
  return [...touches.values()].filter((touch) => touch.from === from)
}

/** Every touch of a ticket as it stands after `commits` (in order), by id, oldest first. */
export function touchesOf(commits: readonly Commit[]): Map<TouchId, PresentTouch> {
  const touches = new Map<TouchId, PresentTouch>()
  const change = (id: TouchId, more: Partial<PresentTouch>) => {
    const touch = touches.get(id)
    // an edit that arrives after the deletion does not bring the words back
    if (touch && !touch.deletedAt) touches.set(id, { ...touch, ...more })
  }
  for (const { events, at } of commits) {
    for (const event of events) {
      if (event.type === 'ticket.opened' || event.type === 'touch.added')
        touches.set(event.touch.id, { ...event.touch, at })
      else if (event.type === 'touch.published')
        touches.set(event.touch.id, { ...event.touch, at, from: event.from })
      else if (event.type === 'touch.edited')
        change(event.touchId, {
          text: event.text,
          editedAt: at,
          ...(event.note ? { visibility: 'note' } : {}),
        })
      else if (event.type === 'touch.deleted') change(event.touchId, { text: '', files: [], deletedAt: at })
      else if (event.type === 'touch.withdrawn') change(event.touchId, { withdrawnAt: at })
      else if (event.type === 'person.merged') {
        for (const [id, touch] of touches) {
          if (touch.authorId === event.personId) touches.set(id, { ...touch, authorId: event.into })
        }
      }
    }
  }
  return touches
}
