import type { DeskGlimpse } from './desk-glimpse.js'
import { DRAWN, type Messenger, type MessengerSetup } from './messenger.js'
import { createSlackWorkspace, type SlackEmulator } from './slack/emulator.js'
import { slackGestures } from './slack/gesture-routes.js'
import type { Fields, SlackSnapshot, SlackState, UserView } from './slack/types.js'
import { slackWebApi } from './slack/web-api.js'
import { slackSeed } from './slack-seed.js'

/** A page counts among so many messages of a conversation. */
const COUNTED = 2000

/** Slack with the desk's people in it, mounted below `/slack/api` and `/sandbox/slack`. */
export async function slackMessenger(
  setup: MessengerSetup,
  snapshot?: SlackSnapshot,
): Promise<{ messenger: Messenger; emulator: SlackEmulator }> {
  const { app, desk, secrets, now, retryDelaysMs } = setup
  const emulator = createSlackWorkspace({
    seed: slackSeed(desk, secrets.botToken),
    signingSecret: secrets.signingSecret,
    requestUrl: 'http://127.0.0.1:9/',
    publicUrl: 'http://127.0.0.1:9',
    now,
    retryDelaysMs,
    ...(snapshot ? { snapshot } : {}),
  })
  for (const userId of accountsOf(desk)) await emulator.gestures.openDm({ userId })
  slackWebApi(app, emulator, { prefix: '/slack/api' })
  slackGestures(app, emulator, '/sandbox/slack')
  return { messenger: asMessenger(emulator, setup), emulator }
}

function accountsOf(desk: DeskGlimpse): string[] {
  return desk.people.map((person) => person.accounts.slack).filter((id) => id !== undefined)
}

function asMessenger(emulator: SlackEmulator, { secrets }: MessengerSetup): Messenger {
  return {
    platform: 'slack',
    knows: (userId) => emulator.state.users[userId] !== undefined,
    view: (userId) => recentView(emulator, userId),
    state: () => recentState(emulator),
    labelOf: (click) => labelOf(emulator, click),
    onChange: (listener) => void emulator.onChange(listener),
    faults: {
      deliverTwice() {
        emulator.faults.deliverTwice({ which: 'last', variant: 'same_event' })
        emulator.faults.deliverTwice({ which: 'next', variant: 'other_event_id' })
      },
      down: (ms) => emulator.faults.down(ms),
      downMsLeft: () => emulator.faults.view().downMsLeft,
    },
    environment: (origin) => ({
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      SLACK_API_URL: `${origin}/slack/api/`,
    }),
    servedAt: (publicUrl) => emulator.configure({ publicUrl }),
    programAt: (url) => emulator.configure({ requestUrl: `${url}/slack/events` }),
    close: () => emulator.close(),
  }
}

function recentView(emulator: SlackEmulator, userId: string): UserView {
  const view = emulator.view(userId)
  for (const conversation of view.conversations) conversation.messages = conversation.messages.slice(-DRAWN)
  return view
}

function recentState(emulator: SlackEmulator): SlackState {
  const { messages, ...rest } = emulator.state
  const recent = Object.entries(messages).map(([channel, all]) => [channel, all.slice(-COUNTED)] as const)
  return { ...rest, messages: Object.fromEntries(recent), readMarks: {}, files: {} }
}

/** What stands on the button that was clicked, or on the option that was chosen. */
function labelOf({ state }: SlackEmulator, click: Fields): string | undefined {
  const inChannel = state.messages[String(click.channel)] ?? []
  const surface =
    typeof click.viewId === 'string'
      ? state.views[click.viewId]
      : [...inChannel, ...state.ephemerals].find((message) => message.ts === click.messageTs)
  const element = find(surface, (each) => each.action_id === click.actionId && each.type !== undefined)
  const chosen =
    typeof click.value === 'string'
      ? find(element, (each) => each.value === click.value && each !== element)
      : undefined
  const label = (chosen ?? element)?.text
  const text = typeof label === 'object' && label !== null ? (label as Fields).text : undefined
  if (typeof text === 'string') return text
  return typeof click.actionId === 'string' ? click.actionId : undefined
}

/** The first object within a value that fits. */
function find(within: unknown, fits: (fields: Fields) => boolean): Fields | undefined {
  if (typeof within !== 'object' || within === null) return undefined
  if (!Array.isArray(within) && fits(within as Fields)) return within as Fields
  for (const each of Object.values(within)) {
    const found = find(each, fits)
    if (found) return found
  }
  return undefined
}
