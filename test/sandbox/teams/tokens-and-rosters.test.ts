import { expect } from 'chai'
import { createAuth } from '../../../src/sandbox/teams/auth.js'
import {
  ANN,
  APP_ID,
  errorCode,
  IT,
  type Json,
  login,
  MEI,
  request,
  SEED,
  startWorld,
  TEAM,
  TENANT,
  TOM,
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

describe('tokens and rosters of the emulated Bot Connector', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  async function openMei(): Promise<string> {
    return String((await world.call('POST', 'conversations', withMember('29:mei'))).json.id)
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

    it('takes none that is over an hour old', () => {
      const auth = createAuth(SEED.bot)
      expect(auth.accepts(auth.accessToken())).to.equal(true)
      expect(auth.accepts(auth.accessToken(-1))).to.equal(false)
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
