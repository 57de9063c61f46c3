import { expect } from 'chai'
import { plain } from '../../src/cards/format.js'
import type { Delivery } from '../../src/delivery/deliverer.js'
import type { PersonId } from '../../src/models/ids.js'
import type { Command, NewTouch } from '../../src/models/ticket/commands.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { touchesOf } from '../../src/models/ticket/touches.js'
import { DESK, IT } from '../support/desk-fixture.js'
import { testDatabase } from '../support/mongod.js'
import { type RecordingMessenger, recordingMessenger } from '../support/recording-messenger.js'
import { QUICK_PACE, worlds } from './support.js'

const TEAMS = '19:it@thread.tacv2'
const ON = ['slack', 'feishu', 'teams']
const desk = {
  ...DESK,
  teams: { ...DESK.teams, it: { ...IT, channels: { slack: 'C-IT', feishu: 'oc-it', teams: TEAMS } } },
}
const FURTHER = {
  id: 'requester:feishu:oc-ann:m1',
  audience: 'requester',
  address: { platform: 'feishu', conversation: 'oc-ann', thread: 'm1' },
} as const

let said = 0
function words(text: string, placeId?: string): NewTouch {
  said += 1
  const touch = { id: `three-${said}`, text, files: [] }
  return placeId ? { ...touch, source: { placeId, messageId: `typed-${said}` } } : touch
}

describe('one ticket on three messengers', () => {
  const world = worlds(testDatabase(), { desk })
  let slack: RecordingMessenger
  let feishu: RecordingMessenger
  let teams: RecordingMessenger
  let delivery: Delivery

  beforeEach(() => {
    slack = world().messenger
    feishu = recordingMessenger('feishu')
    teams = recordingMessenger('teams')
    const quick = QUICK_PACE.slack
    delivery = world().another({
      messengers: { slack, feishu, teams },
      pace: { slack: quick, feishu: quick, teams: quick },
    })
    delivery.start()
  })

  /** What stands in a conversation in words, oldest first. */
  const standing = (messenger: RecordingMessenger, where: string): string[] =>
    messenger.in(where).flatMap((one) => (one.words && !one.card ? plain(one.words.text) : []))
  const channels = (): string[][] => [
    standing(slack, 'C-IT'),
    standing(feishu, 'oc-it'),
    standing(teams, TEAMS),
  ]
  /** In how many of the team's channels these words stand. */
  const shownIn = (text: string): number =>
    channels().filter((lines) => lines.some((line) => line.includes(text))).length
  const times = (text: string): number =>
    channels()
      .flat()
      .filter((line) => line.includes(text)).length

  async function claimed(): Promise<Ticket> {
    const { id } = await world().open({ on: ON })
    return await world().does('bo', id, { verb: 'claim' })
  }
  const does = async (who: PersonId, { id }: Ticket, command: Command) => {
    const after = await world().does(who, id, command)
    await delivery.idle()
    return after
  }

  it('has its card in each of the team’s channels', async () => {
    await claimed()
    await delivery.idle()
    for (const [messenger, where] of [
      [slack, 'C-IT'],
      [feishu, 'oc-it'],
      [teams, TEAMS],
    ] as const)
      expect(messenger.in(where).filter(({ card }) => card)).to.have.length(1)
  })

  it('carries what one of the team says to the other channels, once, and to the requester', async () => {
    const ticket = await claimed()
    await does('bo', ticket, { verb: 'discuss', touch: words('restart it please', 'team:it:feishu') })
    expect(shownIn('restart it please')).to.equal(2)
    expect(times('restart it please')).to.equal(2)
    expect(standing(feishu, 'oc-it').join()).to.not.contain('restart it please')
    expect(standing(slack, 'D-ANN').filter((line) => line.includes('restart it please'))).to.have.length(1)
  })

  for (const [who, what] of [
    ['sam', 'somebody of another department'],
    ['ann', 'the requester, who is in the channel'],
    ['ada', 'an administrator'],
  ] as const) {
    it(`leaves what ${what} says in a card’s thread where it is`, async () => {
      const ticket = await claimed()
      await does(who, ticket, { verb: 'discuss', touch: words('me too', 'team:it:teams') })
      expect(shownIn('me too')).to.equal(0)
      expect(standing(slack, 'D-ANN').join()).to.not.contain('me too')
    })
  }

  it('carries it when one of the team sends it on', async () => {
    const ticket = await claimed()
    const heard = words('try the other cable', 'team:it:teams')
    await does('sam', ticket, { verb: 'discuss', touch: heard })
    const { id, text, files } = words('try the other cable')
    await does('bo', ticket, {
      verb: 'publish',
      touch: { id, text, files },
      from: heard.id,
      was: 'internal',
    })
    expect(standing(slack, 'D-ANN').join()).to.contain('try the other cable')
  })

  it('carries a note of the team inside, and never makes it public by an edit', async () => {
    const ticket = await claimed()
    const note = words('he always says so', 'team:it:slack')
    await does('cy', ticket, { verb: 'note', touch: note })
    expect(shownIn('he always says so')).to.equal(2)
    await does('cy', ticket, {
      verb: 'edit',
      touchId: note.id,
      text: 'plain words now',
      by: { authorId: 'cy', side: 'team', visibility: 'note' },
    })
    expect(shownIn('plain words now')).to.equal(2)
    expect(shownIn('he always says so')).to.equal(0)
    expect(standing(slack, 'D-ANN').join()).to.not.match(/plain words|always says/)
  })

  it('takes a reply back from the requester that becomes a note, and keeps it inside', async () => {
    const ticket = await claimed()
    const reply = words('oops', 'team:it:teams')
    await does('bo', ticket, { verb: 'discuss', touch: reply })
    expect(standing(slack, 'D-ANN').join()).to.contain('oops')
    const by = { authorId: 'bo', side: 'team', visibility: 'public' } as const
    await does('bo', ticket, { verb: 'retract', touchId: reply.id, by })
    await does('bo', ticket, { verb: 'edit', touchId: reply.id, text: 'inside only', by, asNote: true })
    expect(standing(slack, 'D-ANN').join()).to.not.match(/oops|inside only/)
    expect(shownIn('inside only')).to.equal(2)
  })

  it('deletes on every messenger what its author deletes', async () => {
    const ticket = await claimed()
    const touch = words('wrong window', 'team:it:slack')
    await does('bo', ticket, { verb: 'discuss', touch })
    await does('bo', ticket, {
      verb: 'delete',
      touchId: touch.id,
      by: { authorId: 'bo', side: 'team', visibility: 'public' },
    })
    expect(shownIn('wrong window')).to.equal(0)
    expect(standing(slack, 'D-ANN').join()).to.not.contain('wrong window')
  })

  it('keeps the order in each conversation while one of them stumbles', async () => {
    const ticket = await claimed()
    await delivery.idle()
    teams.script({ method: 'postWords', outcome: { kind: 'transient', reason: '503' }, times: 2 })
    feishu.script({ method: 'postWords', outcome: { kind: 'rate_limited', retryAfterMs: 15 }, times: 1 })
    const texts = Array.from({ length: 8 }, (_, n) => `line ${n};`)
    for (const text of texts)
      await world().does('bo', ticket.id, { verb: 'discuss', touch: words(text, 'team:it:slack') })
    await delivery.idle()
    for (const lines of [standing(feishu, 'oc-it'), standing(teams, TEAMS), standing(slack, 'D-ANN')]) {
      const order = lines.flatMap((line) => /line \d;/.exec(line)?.[0] ?? [])
      expect(order).to.deep.equal(texts)
    }
  })

  it('knows what it posted itself', async () => {
    const ticket = await claimed()
    const touch = words('one two', 'team:it:slack')
    await does('bo', ticket, { verb: 'discuss', touch })
    const posted = await world().options.messages.ofTouch('acme', ticket.id, touch.id)
    const out = posted.filter(({ direction }) => direction === 'out')
    expect(out.map(({ platform }) => platform).sort()).to.deep.equal(['feishu', 'slack', 'teams'])
  })

  describe('when its requester comes from another messenger', () => {
    async function joined(): Promise<Ticket> {
      const ticket = await claimed()
      return await does('ann', ticket, {
        verb: 'answer',
        touch: words('it is me, from my phone', FURTHER.id),
        place: FURTHER,
      })
    }
    const toRequester = (text: string): [number, number] => [
      standing(slack, 'D-ANN').filter((line) => line.includes(text)).length,
      standing(feishu, 'oc-ann').filter((line) => line.includes(text)).length,
    ]

    it('has a living card in both conversations, and does not repeat to them what they wrote', async () => {
      const ticket = await joined()
      for (const [messenger, where] of [
        [slack, 'D-ANN'],
        [feishu, 'oc-ann'],
      ] as const) {
        const [card, ...more] = messenger.in(where).filter((one) => one.card)
        expect(card, where).to.not.equal(undefined)
        expect(more, where).to.deep.equal([])
      }
      expect(toRequester('from my phone')).to.deep.equal([0, 0])
      expect(shownIn('from my phone')).to.equal(3)
      await does('bo', ticket, { verb: 'resolve', resolution: 'New cable.' })
      for (const [messenger, where] of [
        [slack, 'D-ANN'],
        [feishu, 'oc-ann'],
      ] as const) {
        const [seen] = messenger.in(where).filter((one) => one.card)
        expect(JSON.stringify(seen?.card), where).to.contain('New cable.')
      }
    })

    it('answers them where they were last, and only there', async () => {
      const ticket = await joined()
      await does('bo', ticket, { verb: 'reply', touch: words('hello phone') })
      expect(toRequester('hello phone')).to.deep.equal([0, 1])
      const [slackPlace] = ticket.places.filter(({ audience }) => audience === 'requester')
      await does('ann', ticket, { verb: 'answer', touch: words('back at my desk', slackPlace?.id) })
      await does('bo', ticket, { verb: 'reply', touch: words('hello desk') })
      expect(toRequester('hello desk')).to.deep.equal([1, 0])
      await does('bo', ticket, { verb: 'wait', on: 'requester' })
      expect(standing(feishu, 'oc-ann')).to.have.length(1)
    })

    it('follows an edit to where the words were shown, wherever they are now', async () => {
      const ticket = await joined()
      const reply = words('first words')
      await does('bo', ticket, { verb: 'reply', touch: reply })
      const [slackPlace] = ticket.places.filter(({ audience }) => audience === 'requester')
      await does('ann', ticket, { verb: 'answer', touch: words('back', slackPlace?.id) })
      const touches = touchesOf(await world().tickets.history(ticket.id))
      const by = touches.get(reply.id)
      if (!by) throw new Error('it was said')
      await does('bo', ticket, { verb: 'edit', touchId: reply.id, text: 'second words', by })
      expect(toRequester('second words')).to.deep.equal([0, 1])
      expect(toRequester('first words')).to.deep.equal([0, 0])
    })
  })
})
