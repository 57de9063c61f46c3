import { closeDialog, type Submission, submitDialog } from './dialog.js'
import { type Click, click, type OnMessage, refreshCard } from './gestures/click.js'
import { answerFileConsent } from './gestures/consent.js'
import {
  changeMembership,
  changeUser,
  type Installation,
  install,
  setBlocked,
  type UserChange,
  uninstall,
} from './gestures/install.js'
import {
  deleteMessage,
  editMessage,
  markRead,
  openDirect,
  postMessage,
  react,
  type TypedMessage,
} from './gestures/messages.js'
import { GestureError } from './service-error.js'
import type { Tenant } from './tenant.js'
import type { GestureResult } from './types.js'

type Gesture<Given> = (given: Given) => Promise<GestureResult>

/** What a person can do in their client. None throws for what Teams would refuse: the result says so. */
export type Gestures = {
  postMessage: Gesture<TypedMessage>
  editMessage: Gesture<OnMessage & { text: string; html?: string }>
  deleteMessage: Gesture<OnMessage>
  react: Gesture<OnMessage & { type: string; remove?: boolean }>
  openDirect: Gesture<{ userId: string }>
  click: Gesture<Click>
  refreshCard: Gesture<OnMessage>
  submitDialog: Gesture<Submission>
  answerFileConsent: Gesture<OnMessage & { accept: boolean }>
  closeDialog: Gesture<{ userId: string; dialogId: string }>
  markRead: Gesture<{ userId: string; conversation: string; messageId?: string }>
  install: Gesture<Installation>
  uninstall: Gesture<Installation>
  block: Gesture<{ userId: string }>
  unblock: Gesture<{ userId: string }>
  joinTeam: Gesture<{ userId: string; teamId: string }>
  leaveTeam: Gesture<{ userId: string; teamId: string }>
  changeUser: Gesture<UserChange>
}

/** The gestures of everybody in a tenant. */
export function createGestures(tenant: Tenant): Gestures {
  function gesture<Given>(
    act: (tenant: Tenant, given: Given) => GestureResult | Promise<GestureResult>,
  ): Gesture<Given> {
    return async (given) => {
      try {
        return await act(tenant, given)
      } catch (error) {
        if (error instanceof GestureError) return { ok: false, error: error.code }
        throw error
      }
    }
  }
  return {
    postMessage: gesture(postMessage),
    editMessage: gesture(editMessage),
    deleteMessage: gesture(deleteMessage),
    react: gesture(react),
    openDirect: gesture(openDirect),
    click: gesture(click),
    refreshCard: gesture(refreshCard),
    submitDialog: gesture(submitDialog),
    closeDialog: gesture(closeDialog),
    answerFileConsent: gesture(answerFileConsent),
    markRead: gesture(markRead),
    install: gesture(install),
    uninstall: gesture(uninstall),
    block: gesture((on, { userId }) => setBlocked(on, userId, true)),
    unblock: gesture((on, { userId }) => setBlocked(on, userId, false)),
    joinTeam: gesture((on, given) => changeMembership(on, given, true)),
    leaveTeam: gesture((on, given) => changeMembership(on, given, false)),
    changeUser: gesture(changeUser),
  }
}
