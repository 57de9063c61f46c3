import { type Scene, sceneOf } from '../../../src/sandbox/page/scene.js'
import type { Actor, Cast } from '../../../src/sandbox/page/story.js'
import type { SlackMessage, SlackState } from '../../../src/sandbox/slack/types.js'

export const BOT = 'U0BOT'
const actor = (userId: string, name: string): Actor => ({
  personId: userId.toLowerCase(),
  platform: 'slack',
  userId,
  name,
  locale: 'en',
})
export const CAST: Cast = {
  employee: actor('U0EMP', 'Wang'),
  agent: actor('U0AGT', 'Chen'),
  lead: actor('U0LED', 'Zhao'),
  leadAccounts: ['U0LED'],
  channel: 'C0TEAM',
  channels: ['C0TEAM'],
  team: { en: 'team', 'zh-CN': '组' },
}
export const DM = { employee: 'D0EMP', agent: 'D0AGT', lead: 'D0LED' }
export const NUMBER = '2026110001'

const user = (id: string, realName: string) => ({
  id,
  name: id,
  realName,
  email: '',
  locale: 'en-US',
  tz: 'Etc/UTC',
  deleted: false,
  updatedAtS: 0,
  isBot: id === BOT,
})
const channel = (id: string, kind: 'im' | 'channel', members: string[]) => ({
  id,
  kind,
  name: id,
  members: [...members, BOT],
  isArchived: false,
  createdAtS: 0,
})

/** What stands in a Slack that holds these messages. */
export function slackWith(messages: { [channelId: string]: SlackMessage[] }): Scene {
  return sceneOf({ slack: workspace(messages) })
}

function workspace(messages: { [channelId: string]: SlackMessage[] }): SlackState {
  const employee = CAST.employee.userId
  const agent = CAST.agent.userId
  const lead = CAST.lead.userId
  return {
    version: 1,
    team: { id: 'T0', domain: 't', name: 't' },
    bot: { userId: BOT, botId: 'B0', appId: 'A0', name: 'Paidan', token: '' },
    users: {
      [BOT]: user(BOT, 'Paidan'),
      [employee]: user(employee, 'Wang'),
      [agent]: user(agent, 'Chen'),
      [lead]: user(lead, 'Zhao'),
    },
    channels: {
      [DM.employee]: channel(DM.employee, 'im', [employee]),
      [DM.agent]: channel(DM.agent, 'im', [agent]),
      [DM.lead]: channel(DM.lead, 'im', [lead]),
      [CAST.channel]: channel(CAST.channel, 'channel', [agent, lead]),
    },
    messages,
    ephemerals: [],
    views: {},
    modals: {},
    homes: {},
    files: {},
    readMarks: {},
    messageInputs: {},
    lastTsMicros: 0,
  }
}

export function written(
  ts: string,
  by: string,
  text = 'help',
  more: Partial<SlackMessage> = {},
): SlackMessage {
  return { type: 'message', ts, user: by, text, ...more }
}

export function posted(ts: string, text: string, more: Partial<SlackMessage> = {}): SlackMessage {
  return { type: 'message', ts, user: BOT, bot_id: 'B0', text, ...more }
}

/** A card of the ticket with those verbs on its buttons. */
export function card(
  ts: string,
  verbs: string[],
  more: Partial<SlackMessage> & { says?: string; number?: string } = {},
): SlackMessage {
  const { says = 'words', number = NUMBER, ...rest } = more
  return posted(ts, number, {
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: `${number} · VPN` } },
      { type: 'section', text: { type: 'mrkdwn', text: says } },
      {
        type: 'actions',
        block_id: 'b',
        elements: verbs.map((verb, i) => ({
          type: 'button',
          action_id: `${verb}:${i}`,
          text: { type: 'plain_text', text: verb },
          value: JSON.stringify({ verb, ticketId: 't' }),
        })),
      },
    ],
    ...rest,
  })
}
