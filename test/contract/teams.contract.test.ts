import { renderCard } from '../../src/adapters/teams/render/card.js'
import { renderForm } from '../../src/adapters/teams/render/form.js'
import { cardProblems, dialogCardProblems } from '../../src/sandbox/teams/card-schema.js'
import { markdownTexts, readMarkup } from '../adapters/teams/entities.js'
import {
  AT,
  activity,
  BOT_ID,
  type Claims,
  IT_DESK,
  startWorld,
  TOM,
  token,
  type World,
} from '../adapters/teams/support.js'
import { adapterContract } from './adapter-contract.js'
import type { AdapterDescriptor, Signature } from './descriptor.js'

const seconds = (): number => Math.floor(Date.now() / 1000)
const CLAIMS: Record<Exclude<Signature, 'absent'>, () => Claims> = {
  valid: () => ({}),
  bad: () => ({ aud: 'somebody-else' }),
  // the SDK forgives five minutes
  stale: () => ({ exp: seconds() - 301 }),
  future: () => ({ nbf: seconds() + 360 }),
}
const POSTS = 'sendToConversation'
const OURS = 25_000
let world: World

const TEAMS: AdapterDescriptor = {
  name: 'Teams',
  repeats: 'shown',
  proves: 'sender',

  async create(intake) {
    const started = await startWorld({ intake })
    world = started
    const { teams } = started
    const ours = () => (teams.state.messages[IT_DESK] ?? []).filter(({ from }) => from === 'bot')
    return {
      adapter: started.adapter,
      listensAt: (url) => teams.configure({ requestUrl: `${url}/teams/messages` }),
      refused: () => started.refused,
      place: { platform: 'teams', conversation: IT_DESK },
      posts: () => ours().length,
      nextPost(fault) {
        if (fault === 'rate_limited') teams.faults.failNext({ call: POSTS, mode: '429', retryAfterS: 7 })
        if (fault === 'lost_answer') teams.faults.failNext({ call: POSTS, mode: 'cut_after_accept' })
        if (fault === 'refused_connection') teams.faults.failNext({ call: POSTS, mode: 'cut_before' })
        if (fault === 'fails') teams.faults.failNext({ call: POSTS, mode: '500' })
      },
      async press({ conversation, messageId }, label) {
        const result = await teams.gestures.click({ userId: TOM, conversation, messageId, action: label })
        if (!result.ok) throw new Error(`not pressed: ${result.error}`)
        return result.status ?? 0
      },
      close: () => started.close(),
    }
  },

  signedRequest(body, signature = 'valid') {
    const raw = typeof body === 'string' ? body : JSON.stringify(body)
    const proof =
      signature === 'absent' ? {} : { authorization: `Bearer ${token(world, CLAIMS[signature]())}` }
    return { path: '/teams/messages', body: raw, headers: { 'content-type': 'application/json', ...proof } }
  },

  samples: {
    // Teams names a delivery by nothing; a copy that it sends again may bear a later time
    directMessage: (delivery = 'one') =>
      activity(world, { timestamp: new Date(AT.getTime() + delivery.length * 1000 + codeOf(delivery)) }),
    ownMessage: () => activity(world, { from: { id: BOT_ID, name: 'Paidan' } }),
    unknownEvent: () => activity(world, { type: 'moonLanded', text: undefined }),
  },

  problemsOfCard(card) {
    const made = renderCard(card)
    const bytes = Buffer.byteLength(JSON.stringify(made))
    return [...cardProblems(plainly(made)), ...(bytes > OURS ? [`${bytes} bytes`] : [])]
  },
  problemsOfForm(form) {
    const { card, title } = renderForm(form)
    const bytes = Buffer.byteLength(JSON.stringify(card.content))
    return [
      ...dialogCardProblems(plainly(card.content)),
      ...(bytes > OURS ? [`${bytes} bytes`] : []),
      ...(title === '' ? ['no title'] : []),
    ]
  },
  entitiesOf(card) {
    const made = renderCard(card)
    return markdownTexts(made).flatMap((text) => readMarkup(text, made).entities)
  },
  shownBy(card) {
    const made = renderCard(card)
    return markdownTexts(made)
      .map((text) => readMarkup(text, made).shown)
      .join('\n')
  },
}

function codeOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
}

function plainly(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

adapterContract(TEAMS)
