import { renderCard } from '../../src/adapters/feishu/render/card.js'
import { renderForm } from '../../src/adapters/feishu/render/form.js'
import { cardProblems } from '../../src/sandbox/feishu/card-schema.js'
import { markdownTexts, readMarkup } from '../adapters/feishu/entities.js'
import {
  AT,
  BOT,
  encrypted,
  envelope,
  IT_DESK,
  KEY,
  message,
  type Signing,
  signed,
  startWorld,
  TOM,
} from '../adapters/feishu/support.js'
import { adapterContract } from './adapter-contract.js'
import type { AdapterDescriptor, Signature } from './descriptor.js'

const SIGNINGS: Record<Signature, Signing | undefined> = {
  valid: {},
  bad: { key: `${KEY}x` },
  absent: undefined,
  // Feishu sends an event again for more than six hours, so that is how far the window reaches
  stale: { at: new Date(AT.getTime() - 8 * 3_600_000) },
  future: { at: new Date(AT.getTime() + 301_000) },
}
const POSTS = 'im.v1.message.create'

const FEISHU: AdapterDescriptor = {
  name: 'Feishu',
  repeats: 'deduplicated',

  async create(intake) {
    const world = await startWorld({ intake })
    const { feishu } = world
    const ours = () => (feishu.state.messages[IT_DESK] ?? []).filter((one) => one.sender.type === 'app')
    return {
      adapter: world.adapter,
      listensAt: (url) => feishu.configure({ requestUrl: `${url}/feishu/events` }),
      refused: () => world.refused,
      place: { platform: 'feishu', conversation: IT_DESK },
      posts: () => ours().length,
      nextPost(fault) {
        if (fault === 'rate_limited') feishu.faults.failNext({ call: POSTS, mode: '429', retryAfterS: 7 })
        if (fault === 'lost_answer') feishu.faults.failNext({ call: POSTS, mode: 'cut_after_accept' })
        if (fault === 'refused_connection') feishu.faults.failNext({ call: POSTS, mode: 'cut_before' })
        if (fault === 'fails') feishu.faults.failNext({ call: POSTS, mode: '500' })
      },
      async press(ref, label) {
        const where = { userId: TOM, conversation: ref.conversation, messageId: ref.messageId }
        const result = await feishu.gestures.click({ ...where, action: label })
        return result.status ?? 0
      },
      close: () => world.close(),
    }
  },

  signedRequest(body, signature = 'valid') {
    const raw = typeof body === 'string' ? body : encrypted(body)
    const signing = SIGNINGS[signature]
    const headers = signing === undefined ? { 'content-type': 'application/json' } : signed(raw, signing)
    return { path: '/feishu/events', body: raw, headers }
  },

  samples: {
    directMessage: (delivery = 'ev-0') =>
      envelope('im.message.receive_v1', message(), { event_id: delivery }),
    ownMessage: () =>
      envelope(
        'im.message.receive_v1',
        message({ content: '{"text":"Done."}' }, { sender_id: { open_id: BOT }, sender_type: 'app' }),
      ),
    unknownEvent: () => envelope('moon.landed_v1', { crater: 'Tycho' }),
  },

  problemsOfCard: (card) => cardProblems(renderCard(card)),
  problemsOfForm: (form) => cardProblems(renderForm(form)),
  entitiesOf: (card) => markdownTexts(renderCard(card)).flatMap((text) => readMarkup(text).entities),
  shownBy: (card) =>
    markdownTexts(renderCard(card))
      .map((text) => readMarkup(text).shown)
      .join('\n'),
}

adapterContract(FEISHU)
