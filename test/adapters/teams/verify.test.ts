import { expect } from 'chai'
import { allowedAddresses } from '../../../src/adapters/teams/verify.js'
import { activity, post, startWorld, TENANT, token, type World } from './support.js'

/** Of tokens that Entra makes for a bot; the SDK takes them, too. */
const EMULATOR = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/'
const NOW_S = (): number => Math.floor(Date.now() / 1000)

describe('what the Teams adapter believes', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  const bearer = (value: string) => ({ authorization: `Bearer ${value}` })
  const REFUSED: [
    name: string,
    headers: () => Record<string, string>,
    more?: (() => Record<string, unknown>) | undefined,
    reason?: string,
  ][] = [
    ['no header', () => ({}), undefined, 'no_token'],
    ['an empty header', () => ({ authorization: '' }), undefined, 'no_token'],
    ['another scheme', () => ({ authorization: `Basic ${token(world)}` })],
    ['a scheme in small letters', () => ({ authorization: `bearer ${token(world)}` })],
    ['garbage', () => bearer('a.b.c')],
    ['another audience', () => bearer(token(world, { aud: TENANT }))],
    ['another issuer', () => bearer(token(world, { iss: 'https://evil.example' }))],
    ['an expired token', () => bearer(token(world, { exp: NOW_S() - 400 }))],
    ['a token of the future', () => bearer(token(world, { nbf: NOW_S() + 400 }))],
    [
      'a token for another address',
      () => bearer(token(world, { serviceurl: 'https://smba.trafficmanager.net/' })),
    ],
    ['a token without an address', () => bearer(token(world, { serviceurl: undefined }))],
    ['a token that never ends', () => bearer(token(world, { exp: undefined }))],
    ['a token that the bot could get for itself', () => bearer(token(world, { iss: EMULATOR }))],
    ['an unknown key', () => bearer(token(world, {}, { kid: 'nobody' }))],
    ['a wrong signature', () => bearer(`${token(world).slice(0, -8)}AAAAAAAA`)],
    ['alg none', () => bearer(`${token(world, {}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`)],
    [
      'a body without serviceUrl',
      () => bearer(token(world)),
      () => ({ serviceUrl: undefined }),
      'no_service_url',
    ],
    [
      'a body with an empty serviceUrl',
      () => bearer(token(world)),
      () => ({ serviceUrl: '' }),
      'no_service_url',
    ],
    [
      'an address that is not the service’s',
      () => bearer(token(world, { serviceurl: 'https://evil.example/' })),
      () => ({ serviceUrl: 'https://evil.example/' }),
      'service_url',
    ],
    ['another channel', () => bearer(token(world)), () => ({ channelId: 'directline' }), 'channel'],
    ['no channel', () => bearer(token(world)), () => ({ channelId: undefined }), 'channel'],
    [
      'another tenant',
      () => bearer(token(world)),
      () => ({ channelData: { tenant: { id: '99999999-0000-4000-8000-000000000009' } } }),
      'tenant',
    ],
    [
      'no tenant',
      () => bearer(token(world)),
      () => ({ channelData: undefined, conversation: { id: 'a:1mei', conversationType: 'personal' } }),
      'tenant',
    ],
    [
      'a conversation of another tenant',
      () => bearer(token(world)),
      () => ({ conversation: { id: 'a:1', tenantId: 'x' } }),
      'tenant',
    ],
  ]
  for (const [name, headers, more, reason] of REFUSED) {
    it(`is not ${name}: 401 without a word, and nothing is taken`, async () => {
      const answer = await post(world, activity(world, more?.() ?? {}), headers())
      expect(answer).to.deep.equal({ status: 401, body: '' })
      expect(world.accepted).to.deep.equal([])
      expect(world.refused).to.deep.equal([reason ?? 'bad_token'])
      expect(world.store.kept.size).to.equal(0)
    })
  }

  for (const key of ['other_channel', 'unpublished', 'swapped'] as const) {
    it(`is not a token by a key that is ${key}`, async () => {
      const minted = await world.teams.mintToken({ key })
      const answer = await post(world, activity(world), bearer(minted))
      expect(answer).to.deep.equal({ status: 401, body: '' })
      expect(world.accepted).to.deep.equal([])
    })
  }

  it('is a token that ended less than five minutes ago', async () => {
    const answer = await post(world, activity(world), bearer(token(world, { exp: NOW_S() - 120 })))
    expect(answer.status).to.equal(200)
    expect(world.accepted).to.have.length(1)
  })

  it('is not a body that cannot be read, whoever sent it: 400 for the service, 401 for others', async () => {
    for (const body of ['{"a":', '[]', '"x"', 'null', '']) {
      expect((await post(world, body)).status, body).to.equal(400)
      expect((await post(world, body, bearer('a.b.c'))).status, body).to.equal(401)
    }
    expect((await post(world, activity(world))).status).to.equal(200)
  })

  it('is not an activity without a conversation', async () => {
    expect((await post(world, activity(world, { conversation: undefined }))).status).to.equal(400)
  })

  it('is asked for again while the keys cannot be fetched', async () => {
    const other = await startWorld({ openIdMetadataUrl: 'http://127.0.0.1:9/none' })
    try {
      expect((await post(other, activity(other))).status).to.equal(503)
      expect(other.refused).to.deep.equal(['keys_unreachable'])
    } finally {
      await other.close()
    }
  })
})

describe('the addresses of the service', () => {
  const isAllowed = allowedAddresses([
    'http://127.0.0.1:3999/teams/',
    'http://desk.example/',
    'https://gov.example/x/',
  ])
  const ROWS: [address: string, allowed: boolean][] = [
    ['https://smba.trafficmanager.net/teams/', true],
    ['https://smba.trafficmanager.net/amer/1111/', true],
    ['https://europe.botframework.com/', true],
    ['https://canary.teams.microsoft.com/x', true],
    ['https://gov.example/', true],
    ['http://127.0.0.1:3999/teams/', true],
    ['http://127.0.0.1:4000/teams/', false],
    ['http://desk.example/', false],
    ['http://smba.trafficmanager.net/teams/', false],
    ['https://smba.trafficmanager.net:8443/teams/', false],
    ['https://smba.trafficmanager.net@evil.example/', false],
    ['https://user:x@smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net.evil.example/', false],
    ['https://evilbotframework.com/', false],
    ['https://x.trafficmanager.net/', false],
    ['ftp://smba.trafficmanager.net/', false],
    ['smba.trafficmanager.net', false],
    ['', false],
  ]
  for (const [address, allowed] of ROWS) {
    it(`${allowed ? 'are' : 'are not'} ${address || 'nothing'}`, () => {
      expect(isAllowed(address)).to.equal(allowed)
    })
  }
})
