import { ClientRefusal, FeishuError } from './feishu-error.js'
import { type Click, click } from './gestures/click.js'
import {
  deleteMessage,
  editMessage,
  forwardMerged,
  markRead,
  postMessage,
  postRich,
  type RichMessage,
  react,
  sendSticker,
  type TypedMessage,
} from './gestures/messages.js'
import { addBot, changeUser, menu, openDirect, removeBot, type UserChange } from './gestures/people.js'
import type { InConversation, OnMessage } from './gestures/place.js'
import type { GestureResult } from './types.js'
import type { Workspace } from './workspace.js'

type Gesture<Given> = (given: Given) => Promise<GestureResult>

/** What a person can do in their client. None throws for what Feishu would refuse: the result says so. */
export type Gestures = {
  postMessage: Gesture<TypedMessage>
  postRich: Gesture<RichMessage>
  sendSticker: Gesture<InConversation & { thread?: string }>
  forwardMerged: Gesture<InConversation & { messageIds: string[]; thread?: string }>
  editMessage: Gesture<OnMessage & { text: string }>
  deleteMessage: Gesture<OnMessage>
  openDirect: Gesture<{ userId: string }>
  click: Gesture<Click>
  markRead: Gesture<InConversation>
  react: Gesture<OnMessage & { emoji: string; remove?: boolean }>
  menu: Gesture<{ userId: string; eventKey: string }>
  addBot: Gesture<InConversation>
  removeBot: Gesture<InConversation>
  changeUser: Gesture<UserChange>
}

/** The gestures of everybody in a tenant. */
export function createGestures(ws: Workspace): Gestures {
  function gesture<Given>(
    act: (ws: Workspace, given: Given) => GestureResult | Promise<GestureResult>,
  ): Gesture<Given> {
    return async (given) => {
      try {
        return await act(ws, given)
      } catch (error) {
        if (error instanceof ClientRefusal) return { ok: false, error: error.reason }
        if (error instanceof FeishuError) return { ok: false, error: String(error.code) }
        throw error
      }
    }
  }
  return {
    postMessage: gesture(postMessage),
    postRich: gesture(postRich),
    sendSticker: gesture(sendSticker),
    forwardMerged: gesture(forwardMerged),
    editMessage: gesture(editMessage),
    deleteMessage: gesture(deleteMessage),
    openDirect: gesture(openDirect),
    click: gesture(click),
    markRead: gesture(markRead),
    react: gesture(react),
    menu: gesture(menu),
    addBot: gesture(addBot),
    removeBot: gesture(removeBot),
    changeUser: gesture(changeUser),
  }
}
