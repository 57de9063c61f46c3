import { expect } from 'chai'
import {
  APP_ID,
  BOB,
  cardAttachment,
  errorCode,
  HR,
  IT,
  type Json,
  MEI,
  startWorld,
  TENANT,
  TOM,
  ticketCard,
  type World,
} from './support.js'

const say = (text: string): Json => ({ type: 'message', text })

function withMember(id: string, extra: Json = {}): Json {
  return {
    isGroup: false,
    bot: { id: `28:${APP_ID}` },
    members: [{ id }],
    tenantId: TENANT,
    channelData: { tenant: { id: TENANT } },
    ...extra,
  }
}

describe('the emulated Bot Connector', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  async function openMei(): Promise<string> {
    return String((await world.call('POST', 'conversations', withMember('29:mei'))).json.id)
  }
  function textsSeenBy(userId: string, conversation: string): (string | undefined)[] {
    const found = world.teams.view(userId).conversations.find((each) => each.id === conversation)
    return (found?.messages ?? []).map((message) => (message.deleted ? '(deleted)' : message.text))
  }

  describe('conversations with a person', () => {
    it('are one per person, by either of their ids', async () => {
      const first = await world.call('POST', 'conversations', withMember('29:mei'))
      const second = await world.call('POST', 'conversations', withMember(MEI))
      const other = await world.call('POST', 'conversations', withMember('29:tom'))
      expect([first.status, second.status]).to.deep.equal([201, 201])
      expect(second.json.id).to.equal(first.json.id)
      expect(other.json.id).not.to.equal(first.json.id)
    })

    it('are refused for who does not have the app', async () => {
      const answer = await world.call('POST', 'conversations', withMember('29:bob'))
      expect([answer.status, errorCode(answer)]).to.deep.equal([403, 'BotNotInConversationRoster'])
      expect(world.teams.view(BOB).conversations).to.deep.equal([])
    })

    it('may begin with a message', async () => {
      const { json } = await world.call(
        'POST',
        'conversations',
        withMember('29:mei', { activity: say('hello') }),
      )
      expect(textsSeenBy(MEI, String(json.id))).to.deep.equal(['hello'])
      expect(world.teams.view(MEI).conversations[0]?.messages[0]?.messageId).to.equal(json.activityId)
    })

    const wrong: [string, Json, number, string][] = [
      ['nobody of the tenant', withMember('29:who'), 400, 'BadArgument'],
      ['no member', withMember('29:mei', { members: [] }), 400, 'BadSyntax'],
      ['a group', withMember('29:mei', { isGroup: true }), 400, 'BadSyntax'],
      ['another tenant', withMember('29:mei', { tenantId: 'x' }), 400, 'BadArgument'],
      ['no tenant', { members: [{ id: '29:mei' }], bot: {} }, 400, 'BadArgument'],
    ]
    for (const [name, body, status, code] of wrong) {
      it(`are refused for ${name}`, async () => {
        const answer = await world.call('POST', 'conversations', body)
        expect([answer.status, errorCode(answer)]).to.deep.equal([status, code])
      })
    }
  })

  describe('channels', () => {
    const thread = (id: string, extra: Json = {}): Json => ({
      isGroup: true,
      channelData: { channel: { id } },
      bot: { id: `28:${APP_ID}` },
      activity: say('new ticket'),
      ...extra,
    })

    it('take a new thread, whose id names its first post', async () => {
      const { status, json } = await world.call('POST', 'conversations', thread(IT))
      expect(status).to.equal(201)
      expect(json.id).to.equal(`${IT};messageid=${String(json.activityId)}`)
      const reply = await world.call(
        'POST',
        `conversations/${encodeURIComponent(String(json.id))}/activities`,
        say('more'),
      )
      expect(reply.status).to.equal(201)
      const seen = world.teams.view(TOM).conversations.find((each) => each.id === IT)?.messages
      expect(seen?.map((each) => [each.text, each.thread])).to.deep.equal([
        ['new ticket', undefined],
        ['more', json.activityId],
      ])
    })

    it('take replies to a reply into the same thread', async () => {
      const root = await world.call('POST', `conversations/${IT}/activities`, say('root'))
      const reply = await world.call(
        'POST',
        `conversations/${IT}/activities/${String(root.json.id)}`,
        say('one'),
      )
      await world.call('POST', `conversations/${IT}/activities/${String(reply.json.id)}`, say('two'))
      const seen = world.teams.view(TOM).conversations.find((each) => each.id === IT)?.messages
      expect(seen?.map((each) => each.thread)).to.deep.equal([undefined, root.json.id, root.json.id])
    })

    const refused: [string, string, Json, number, string][] = [
      ['an unknown channel', 'conversations', thread('19:no@thread.tacv2'), 404, 'ConversationNotFound'],
      ['a team without the app', 'conversations', thread(HR), 403, 'BotNotInConversationRoster'],
      ['a thread without a post', 'conversations', thread(IT, { activity: undefined }), 400, 'BadSyntax'],
      [
        'an unknown thread',
        `conversations/${IT};messageid=1/activities`,
        say('x'),
        404,
        'ConversationNotFound',
      ],
      [
        'a reply to nothing',
        `conversations/${IT}/activities/1`,
        say('x'),
        404,
        'ActivityNotFoundInConversation',
      ],
    ]
    for (const [name, path, body, status, code] of refused) {
      it(`refuse ${name}`, async () => {
        const answer = await world.call('POST', path, body)
        expect([answer.status, errorCode(answer)]).to.deep.equal([status, code])
      })
    }
  })

  describe('messages', () => {
    it('are changed and deleted in place', async () => {
      const id = await openMei()
      const sent = await world.call('POST', `conversations/${id}/activities`, say('one'))
      const path = `conversations/${id}/activities/${String(sent.json.id)}`
      expect((await world.call('PUT', path, say('two'))).json).to.deep.equal({ id: sent.json.id })
      expect(textsSeenBy(MEI, id)).to.deep.equal(['two'])
      expect((await world.call('DELETE', path)).status).to.equal(200)
      expect(textsSeenBy(MEI, id)).to.deep.equal(['(deleted)'])
      for (const method of ['PUT', 'DELETE']) {
        const answer = await world.call(method, path, method === 'PUT' ? say('three') : undefined)
        expect([answer.status, errorCode(answer)]).to.deep.equal([404, 'ActivityNotFoundInConversation'])
      }
    })

    it('are HTML when sent as xml, and only then', async () => {
      const id = await openMei()
      const path = `conversations/${id}/activities`
      const html = { type: 'message', text: '<b>x</b>', textFormat: 'xml' }
      const sent = await world.call('POST', path, html)
      const seen = () => world.teams.view(MEI).conversations[0]?.messages[0]
      expect(seen()).to.include({ text: '<b>x</b>', html: '<b>x</b>' })
      await world.call('PUT', `${path}/${String(sent.json.id)}`, say('**x**'))
      expect(seen()).not.to.have.property('html')
      expect((await world.call('POST', path, { ...html, textFormat: 'html' })).status).to.equal(400)
    })

    it('of others are not the bot’s to change', async () => {
      const { messageId } = await world.teams.gestures.postMessage({
        userId: TOM,
        conversation: IT,
        text: 'mine',
      })
      const path = `conversations/${IT}/activities/${messageId}`
      expect((await world.call('PUT', path, say('yours'))).status).to.equal(403)
      expect((await world.call('DELETE', path)).status).to.equal(403)
      expect(textsSeenBy(TOM, IT)).to.deep.equal(['mine'])
    })

    it('are refused where the app was removed, and where the bot is blocked', async () => {
      const id = await openMei()
      await world.teams.gestures.block({ userId: MEI })
      const blocked = await world.call('POST', `conversations/${id}/activities`, say('x'))
      expect([blocked.status, errorCode(blocked)]).to.deep.equal([403, 'MessageWritesBlocked'])
      await world.teams.gestures.unblock({ userId: MEI })
      await world.teams.gestures.uninstall({ userId: MEI })
      const removed = await world.call('POST', `conversations/${id}/activities`, say('x'))
      expect([removed.status, errorCode(removed)]).to.deep.equal([403, 'BotNotInConversationRoster'])
      expect(textsSeenBy(MEI, id)).to.deep.equal([])
    })

    it('may have 100 KB in all, and not more', async () => {
      const id = await openMei()
      const limit = 100 * 1024 - JSON.stringify(say('')).length
      const fits = await world.call('POST', `conversations/${id}/activities`, say('x'.repeat(limit)))
      const over = await world.call('POST', `conversations/${id}/activities`, say('x'.repeat(limit + 1)))
      expect(fits.status).to.equal(201)
      expect([over.status, errorCode(over)]).to.deep.equal([413, 'MessageSizeTooBig'])
    })

    it('mention people of the tenant by a text that occurs', async () => {
      const mention = (id: string, text: string): Json => ({
        ...say('hi <at>Tom Berg</at>'),
        entities: [{ type: 'mention', text, mentioned: { id, name: 'Tom Berg' } }],
      })
      const good = await world.call(
        'POST',
        `conversations/${IT}/activities`,
        mention('29:tom', '<at>Tom Berg</at>'),
      )
      const absent = await world.call(
        'POST',
        `conversations/${IT}/activities`,
        mention('29:tom', '<at>Tom</at>'),
      )
      const nobody = await world.call(
        'POST',
        `conversations/${IT}/activities`,
        mention('29:x', '<at>Tom Berg</at>'),
      )
      expect([good.status, absent.status, nobody.status]).to.deep.equal([201, 400, 400])
    })

    const bad: [string, unknown][] = [
      ['no text and no attachment', { type: 'message', text: ' ' }],
      ['no JSON', '{"type":'],
      ['an unknown type', { type: 'trace', text: 'x' }],
      [
        'an unknown kind of attachment',
        { type: 'message', attachments: [{ contentType: 'text/html', content: 'x' }] },
      ],
      ['a picture without an address', { type: 'message', attachments: [{ contentType: 'image/png' }] }],
      ['a bad card', { type: 'message', attachments: [cardAttachment(ticketCard({ bogus: 1 }))] }],
    ]
    for (const [name, body] of bad) {
      it(`are refused with ${name}`, async () => {
        const id = await openMei()
        const answer = await world.call('POST', `conversations/${id}/activities`, body)
        expect(answer.status).to.equal(400)
        expect(textsSeenBy(MEI, id)).to.deep.equal([])
      })
    }

    it('take typing without leaving anything', async () => {
      const id = await openMei()
      expect(
        (await world.call('POST', `conversations/${id}/activities`, { type: 'typing' })).status,
      ).to.equal(201)
      expect(textsSeenBy(MEI, id)).to.deep.equal([])
    })
  })
})
