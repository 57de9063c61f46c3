import { generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  createServiceKeys,
  KeysUnreachable,
  type ServiceKeys,
} from '../../../src/adapters/teams/service-keys.js'

const HOUR_MS = 3_600_000
const { n, e } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
const rsa = (kid: string, more: object = {}) => ({ kty: 'RSA', use: 'sig', kid, n, e, ...more })

describe('the keys of the Teams service', () => {
  let server: FastifyInstance
  let published: unknown[]
  let reads: number
  let isAway: boolean
  let clockMs: number
  let stale: unknown[]
  let keys: ServiceKeys

  beforeEach(async () => {
    published = [rsa('one', { endorsements: ['msteams'] }), { kty: 'EC', kid: 'curve' }, null]
    reads = 0
    isAway = false
    clockMs = 5
    stale = []
    server = Fastify()
    server.get('/metadata', (request) => ({ jwks_uri: `http://${request.host}/keys` }))
    server.get('/keys', (_request, reply) => {
      reads += 1
      return isAway ? reply.code(503).send() : { keys: published }
    })
    const origin = await server.listen({ port: 0, host: '127.0.0.1' })
    keys = createServiceKeys(
      `${origin}/metadata`,
      () => clockMs,
      (error) => stale.push(error),
    )
  })
  afterEach(() => server.close())

  const has = async (kid: string): Promise<boolean> => (await keys.find(kid)) !== undefined

  it('are read once, however many ask, and serve a day', async () => {
    const found = await Promise.all([keys.find('one'), keys.find('one'), keys.find('one')])
    expect(found.map((each) => each?.endorsements)).to.deep.equal([['msteams'], ['msteams'], ['msteams']])
    clockMs += 23 * HOUR_MS
    expect(await has('one')).to.equal(true)
    expect(reads).to.equal(1)
  })

  it('are RSA’s only', async () => {
    expect(await has('curve')).to.equal(false)
  })

  it('are read anew for one that is not there, once a minute at most', async () => {
    expect(await has('two')).to.equal(false)
    published = [rsa('two')]
    for (let i = 0; i < 20; i++) await keys.find(`invented-${i}`)
    expect(reads).to.equal(1)
    clockMs += 61_000
    expect(await has('two')).to.equal(true)
    expect(await has('one')).to.equal(false)
    expect(reads).to.equal(2)
  })

  it('serve on while the list is away, for a day at most', async () => {
    await keys.find('one')
    isAway = true
    clockMs += 25 * HOUR_MS
    expect(await has('one')).to.equal(true)
    while (stale.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    clockMs += 24 * HOUR_MS
    const failed = await keys.find('one').catch((error: unknown) => error)
    expect(failed).to.be.instanceOf(KeysUnreachable)
    isAway = false
    expect(await has('one')).to.equal(true)
  })
})
