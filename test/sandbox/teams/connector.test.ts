import { expect } from 'chai'
import {
  ANN,
  APP_ID,
  BOB,
  cardAttachment,
  errorCode,
  HR,
  IT,
  type Json,
  login,
  MEI,
  request,
  startWorld,
  TEAM,
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

  describe('its tokens', () => {
    it('gives one to who shows the password of the app in its tenant', async () => {
      const { status, json } = await login(world.url)
      expect(status).to.equal(200)
      expect(json).to.include({ token_type: 'Bearer', expires_in: 3599 })
    })

    const refusals: [string, Record<string, string>, string, number, string][] = [
      ['a wrong password', { client_secret: 'guess' }, TENANT, 401, 'invalid_client'],
      ['another app', { client_id: 'other' }, TENANT, 400, 'unauthorized_client'],
      ['another scope', { scope: 'https://graph.microsoft.com/.default' }, TENANT, 400, 'invalid_scope'],
      ['another grant', { grant_type: 'password' }, TENANT, 400, 'unsupported_grant_type'],
      ['another tenant', {}, 'botframework.com', 400, 'invalid_request'],
    ]
    for (const [name, change, tenant, status, error] of refusals) {
      it(`gives none for ${name}`, async () => {
        const answer = await login(world.url, change, tenant)
        expect(answer.status).to.equal(status)
        expect(answer.json.error).to.equal(error)
        expect(answer.json).not.to.have.property('access_token')
      })
    }

    for (const [name, token] of [
      ['none', ''],
      ['a made-up one', 'abc.def'],
    ] as const) {
      it(`answers 401 to ${name}`, async () => {
        const answer = await world.call('POST', 'conversations', withMember('29:mei'), token)
        expect(answer.status).to.equal(401)
        expect(world.teams.state.conversations).not.to.have.property(String(answer.json.id))
      })
    }

    it('answers 401 to a token from before they were withdrawn, and takes a new one', async () => {
      await world.token()
      world.teams.expireTokens()
      expect((await world.call('GET', `conversations/${IT}/members`)).status).to.equal(401)
      const fresh = String((await login(world.url)).json.access_token)
      expect((await world.call('GET', `conversations/${IT}/members`, undefined, fresh)).status).to.equal(200)
    })
  })

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

  describe('rosters', () => {
    it('name people with address and language', async () => {
      const id = await openMei()
      const member = await world.call('GET', `conversations/${id}/members/29:mei`)
      expect(member.json).to.include({
        id: '29:mei',
        aadObjectId: MEI,
        email: 'mei@acme.example',
        userPrincipalName: 'mei@acme.example',
        tenantId: TENANT,
        locale: 'zh-CN',
      })
      expect((await world.call('GET', `conversations/${id}/members/${MEI}`)).json.id).to.equal('29:mei')
      const all = JSON.parse((await world.call('GET', `conversations/${id}/members`)).text) as Json[]
      expect(all.map((each) => each.id)).to.deep.equal(['29:mei'])
    })

    it('do not know who is elsewhere', async () => {
      const answer = await world.call('GET', `conversations/${IT}/members/29:mei`)
      expect([answer.status, errorCode(answer)]).to.deep.equal([404, 'MemberNotFoundInConversation'])
    })

    it('come in pages, for a team by its own id', async () => {
      const page = await world.call('GET', `conversations/${TEAM}/pagedmembers?pageSize=1`)
      const members = page.json.members as Json[]
      // No page is smaller than 50.
      expect(members.map((each) => each.aadObjectId)).to.have.members([TOM, ANN])
      expect(page.json).not.to.have.property('continuationToken')
    })

    it('name a team and its channels; General has no name', async () => {
      expect((await world.call('GET', `teams/${TEAM}`)).json).to.include({ id: TEAM, name: 'Service desk' })
      const { json } = await world.call('GET', `teams/${TEAM}/conversations`)
      expect(json.conversations).to.deep.equal([{ id: TEAM }, { id: IT, name: 'IT desk' }])
      expect((await world.call('GET', 'teams/19:hr@thread.tacv2')).status).to.equal(403)
      expect((await world.call('GET', 'teams/nothing')).status).to.equal(404)
    })
  })

  it('publishes its key with what it is endorsed for', async () => {
    const metadata = await request('GET', `${world.url}/teams/openid/.well-known/openidconfiguration`, {})
    expect(metadata.json.issuer).to.equal('https://api.botframework.com')
    const { json } = await request('GET', String(metadata.json.jwks_uri), {})
    const [key] = json.keys as Json[]
    expect(key).to.include({ kty: 'RSA', use: 'sig' })
    expect(key?.endorsements).to.deep.equal(['msteams'])
    expect(key).not.to.have.any.keys('d', 'p', 'q')
  })

  it('answers 404 where it has nothing', async () => {
    expect((await world.call('GET', 'nothing/here')).status).to.equal(404)
    expect((await world.call('PATCH', `conversations/${IT}`)).status).to.equal(404)
  })

  it('logs every call without its text', async () => {
    const id = await openMei()
    await world.call('POST', `conversations/${id}/activities`, say('a secret'))
    expect(world.teams.calls.map((each) => [each.call, each.httpStatus])).to.deep.equal([
      ['token', 200],
      ['createConversation', 201],
      ['sendToConversation', 201],
    ])
    expect(JSON.stringify(world.teams.calls)).not.to.include('a secret')
    expect(world.teams.counters.conversations[id]).to.deep.equal({ posts: 1, updates: 0, deletes: 0 })
  })
})
