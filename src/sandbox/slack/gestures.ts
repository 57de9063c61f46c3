import { type Click, click } from './gestures/click.js'
import {
  globalShortcut,
  messageShortcut,
  type SlashCommand,
  type Suggestion,
  slashCommand,
  suggest,
} from './gestures/commands.js'
import {
  deleteMessage,
  editMessage,
  markRead,
  postMessage,
  react,
  type TypedMessage,
} from './gestures/messages.js'
import { closeView, type Submission, submitView } from './gestures/modal.js'
import {
  changeUser,
  joinChannel,
  leaveChannel,
  openDm,
  openHome,
  type UserChange,
} from './gestures/people.js'
import { SlackError } from './slack-error.js'
import type { GestureResult, Ts } from './types.js'
import type { Workspace } from './workspace.js'

type Gesture<Given> = (given: Given) => Promise<GestureResult>
type InChannel = { userId: string; channel: string }

/** What a person can do in their client. None throws for what Slack would refuse: the result says so. */
export type Gestures = {
  postMessage: Gesture<TypedMessage>
  editMessage: Gesture<InChannel & { ts: Ts; text: string }>
  deleteMessage: Gesture<InChannel & { ts: Ts }>
  openDm: Gesture<{ userId: string }>
  click: Gesture<Click>
  submitView: Gesture<Submission>
  closeView: Gesture<{ userId: string; viewId: string; all?: boolean }>
  slashCommand: Gesture<SlashCommand>
  suggest: Gesture<Suggestion>
  messageShortcut: Gesture<InChannel & { messageTs: Ts; callbackId: string }>
  globalShortcut: Gesture<{ userId: string; callbackId: string }>
  openHome: Gesture<{ userId: string; tab?: 'home' | 'messages' }>
  markRead: Gesture<InChannel & { ts?: Ts }>
  react: Gesture<InChannel & { ts: Ts; name: string; remove?: boolean }>
  joinChannel: Gesture<InChannel>
  leaveChannel: Gesture<InChannel>
  /** `userId` brings the bot into the channel */
  inviteBot: Gesture<InChannel>
  changeUser: Gesture<UserChange>
}

/** The gestures of everybody in a workspace. */
export function createGestures(ws: Workspace): Gestures {
  function gesture<Given>(
    act: (ws: Workspace, given: Given) => GestureResult | Promise<GestureResult>,
  ): Gesture<Given> {
    return async (given) => {
      try {
        return await act(ws, given)
      } catch (error) {
        if (error instanceof SlackError) return { ok: false, error: error.code }
        throw error
      }
    }
  }
  return {
    postMessage: gesture(postMessage),
    editMessage: gesture(editMessage),
    deleteMessage: gesture(deleteMessage),
    openDm: gesture(openDm),
    click: gesture(click),
    submitView: gesture(submitView),
    closeView: gesture(closeView),
    slashCommand: gesture(slashCommand),
    suggest: gesture(suggest),
    messageShortcut: gesture(messageShortcut),
    globalShortcut: gesture(globalShortcut),
    openHome: gesture(openHome),
    markRead: gesture(markRead),
    react: gesture(react),
    joinChannel: gesture(joinChannel),
    leaveChannel: gesture(leaveChannel),
    inviteBot: gesture((_ws, { userId, channel }) =>
      joinChannel(ws, { userId: ws.state.bot.userId, channel, inviter: userId }),
    ),
    changeUser: gesture(changeUser),
  }
}
