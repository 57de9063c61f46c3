import { renderCard } from '../../src/adapters/slack/render/card.js'
import { renderForm } from '../../src/adapters/slack/render/form.js'
import { blockProblems, blocksTooLong, viewProblems } from '../../src/sandbox/slack/block-kit.js'
import { readMarkup, textObjects } from '../adapters/slack/entities.js'
import {
  AT,
  BOT,
  envelope,
  SECRET,
  type Signing,
  signed,
  startWorld,
  until,
} from '../adapters/slack/support.js'
import { adapterContract } from './adapter-contract.js'
import type { AdapterDescriptor, Signature } from './descriptor.js'

const CHANNEL = 'C0IT'
const SIGNINGS: Record<Signature, Signing | undefined> = {
  valid: {},
  bad: { secret: `${SECRET}x` },
  absent: undefined,
  stale: { at: new Date(AT.getTime() - 301_000) },
  future: { at: new Date(AT.getTime() + 301_000) },
}
const POSTS = 'chat.postMessage'

const SLACK: AdapterDescriptor = {
  name: 'Slack',

  async create(intake) {
    const world = await startWorld({ intake })
    const { slack } = world
    const ours = (): { ts: string; blocks?: unknown }[] =>
      (slack.state.messages[CHANNEL] ?? []).filter((message) => message.bot_id === BOT.botId)
    return {
      adapter: world.adapter,
      listensAt: (url) => slack.configure({ requestUrl: `${url}/slack/events` }),
      refused: () => world.refused,
      place: { platform: 'slack', conversation: CHANNEL },
      posts: () => ours().length,
      nextPost(fault) {
        if (fault === 'rate_limited') slack.faults.failNext(POSTS, { mode: '429', retryAfterS: 7 })
        if (fault === 'lost_answer') slack.faults.failNext(POSTS, { mode: 'cut_after_accept' })
        if (fault === 'refused_connection') slack.faults.failNext(POSTS, { mode: 'cut_before' })
        if (fault === 'fails') slack.faults.failNext(POSTS, { mode: '500' })
      },
      async press(ref, label) {
        await until(() => ours().some((message) => message.ts === ref.messageId))
        const blocks = ours().find((message) => message.ts === ref.messageId)?.blocks
        const actionId = /"action_id":"([^"]*)"/.exec(JSON.stringify(blocks))?.[1]
        if (actionId === undefined || !JSON.stringify(blocks).includes(label))
          throw new Error(`no button ${label}`)
        const place = { channel: ref.conversation, messageTs: ref.messageId }
        const result = await slack.gestures.click({ userId: 'U0TOM', actionId, ...place })
        return result.status ?? 0
      },
      close: () => world.close(),
    }
  },

  signedRequest(body, signature = 'valid') {
    const raw = typeof body === 'string' ? body : JSON.stringify(body)
    const signing = SIGNINGS[signature]
    const headers = signing === undefined ? { 'content-type': 'application/json' } : signed(raw, signing)
    return { path: '/slack/events', body: raw, headers }
  },

  samples: {
    directMessage: (delivery = 'Ev0') =>
      envelope(
        {
          type: 'message',
          channel: 'D1',
          channel_type: 'im',
          user: 'U0MEI',
          ts: '1795161600.000100',
          text: 'printer is on fire',
        },
        { event_id: delivery },
      ),
    ownMessage: () =>
      envelope({
        type: 'message',
        channel: 'D1',
        channel_type: 'im',
        user: BOT.userId,
        bot_id: BOT.botId,
        ts: '1795161600.000200',
        text: 'Done.',
      }),
    unknownEvent: () => envelope({ type: 'moon_landed', crater: 'Tycho' }),
  },

  problemsOfCard(card) {
    const { blocks, text } = renderCard(card)
    return [
      ...blockProblems(blocks, 'message'),
      ...(blocksTooLong(blocks) ? ['msg_blocks_too_long'] : []),
      ...(text.length > 4000 || text === '' ? ['text'] : []),
    ]
  },
  problemsOfForm: (form) => viewProblems(JSON.parse(JSON.stringify(renderForm(form)))),
  entitiesOf: (card) => textObjects(renderCard(card).blocks).flatMap(({ text }) => readMarkup(text).entities),
  shownBy: (card) =>
    textObjects(renderCard(card).blocks)
      .map(({ text }) => readMarkup(text).shown)
      .join('\n'),
}

adapterContract(SLACK)
