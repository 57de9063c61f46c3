import type { Touch } from '../../models/ticket/events.js'

/** A touch that both sides may see. What is internal, and every note, has another type. */
export type PublicTouch = Touch & { readonly visibility: 'public' }

/** Whether a touch may be shown to the requester: the one gate from touches to what they read. */
export function isPublic(touch: Touch): touch is PublicTouch {
  return touch.visibility === 'public'
}
