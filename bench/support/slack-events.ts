import { createHmac } from 'node:crypto'

export const SIGNING_SECRET = 'a-signing-secret-of-benchmarks'
export const BOT_TOKEN = 'xoxb-000000000000-bench'

/** Who writes, and the message as it goes over the wire. */
export interface Dm {
  userId: string
  channel: string
}

/** The n-th employee, in a DM of their own. */
export function dmOf(n: number): Dm {
  const serial = String(n).padStart(8, '0')
  return { userId: `UB${serial}`, channel: `DB${serial}` }
}

/** A whole HTTP request: a signed `message` event in which the n-th employee reports something of their own. */
export function signedRequest(n: number, port: number, at: Date): Buffer {
  const { userId, channel } = dmOf(n)
  const seconds = Math.floor(at.getTime() / 1000)
  const ts = `${seconds}.${String(n % 1_000_000).padStart(6, '0')}`
  const body = JSON.stringify({
    token: 'not-looked-at',
    team_id: 'T0BENCH001',
    context_team_id: 'T0BENCH001',
    api_app_id: 'A0BENCH001',
    event: {
      type: 'message',
      user: userId,
      client_msg_id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      text: `My VPN is down since this morning, error ${n}. I have restarted twice and it still says “no route”.`,
      ts,
      event_ts: ts,
      team: 'T0BENCH001',
      channel,
      channel_type: 'im',
      blocks: [{ type: 'rich_text', block_id: 'b1', elements: [] }],
    },
    type: 'event_callback',
    event_id: `EvB${String(n).padStart(9, '0')}`,
    event_time: seconds,
    authorizations: [
      {
        enterprise_id: null,
        team_id: 'T0BENCH001',
        user_id: 'U0BENCHBOT',
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${n}`,
  })
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex')
  const head = [
    'POST /slack/events HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Slack-Request-Timestamp: ${seconds}`,
    `X-Slack-Signature: v0=${mac}`,
    'User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)',
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}
