import { readFileSync } from 'node:fs'
import { newId } from '../../src/lib/ids.js'
import type { Desk } from '../../src/models/desk/desk.js'
import { parseDeskFile } from '../../src/models/desk/parse-desk-file.js'
import type { Change } from '../../src/models/mongo/commits.js'
import { open } from '../../src/models/ticket/open.js'
import { dmOf } from './slack-events.js'

/** The sample desk, on Slack alone. */
export function sampleDesk(): Desk {
  const file = new URL('../../test/fixtures/desks/slack.yaml', import.meta.url)
  const parsed = parseDeskFile(readFileSync(file, 'utf8'), { platforms: ['slack', 'teams', 'feishu'] })
  if (!parsed.ok) throw new Error('the sample desk has problems')
  return parsed.desk
}

/** What opens a ticket for the n-th employee's message. */
export function openingOf(desk: Desk, n: number, number: string, at: Date): Change {
  const { userId, channel } = dmOf(n)
  const ticketId = newId()
  const actor = { kind: 'person', id: `p-${userId}` } as const
  const thread = `1700000000.${n}`
  const address = { platform: 'slack', conversation: channel, thread }
  const events = open(
    {
      ticketId,
      number,
      requesterId: actor.id,
      openedById: actor.id,
      text: `My VPN is down since this morning, error ${n}. I have restarted twice and it still says “no route”.`,
      files: [],
      place: { id: `requester:slack:${channel}:${thread}`, audience: 'requester', address },
      touchId: newId(),
      messageId: thread,
    },
    { desk, now: at, actor, actorIsAdmin: false, managers: {}, adminIds: [] },
  )
  const cause = `open:slack:${channel}:${thread}`
  return { deskId: desk.id, ticketId, before: null, cause, actor, at, events, number }
}
