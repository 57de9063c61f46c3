import { expect } from 'chai'
import { activity, mapStore, post, startWorld, type World } from './support.js'

describe('the receiver of Teams', () => {
  let world: World
  let releases: (() => void)[] = []
  /** Hangs until the test is over. */
  const never = (): Promise<void> => new Promise((resolve) => releases.push(resolve))
  afterEach(async () => {
    for (const release of releases) release()
    releases = []
    await world.close()
  })

  it('refuses in time what is not durable in time, and Teams sends it again', async () => {
    world = await startWorld({ patience: { eventMs: 5 } })
    let tries = 0
    world.intake.accept = async (events) => {
      tries += 1
      if (tries === 1) await never()
      world.accepted.push(...events)
    }
    expect((await post(world, activity(world))).status).to.equal(503)
    expect((await post(world, activity(world))).status).to.equal(200)
    expect(world.accepted).to.have.length(1)
  })

  it('does not wait for ever for its own notes', async () => {
    world = await startWorld({ patience: { eventMs: 5 }, store: { get: async () => undefined, set: never } })
    expect((await post(world, activity(world))).status).to.equal(503)
  })

  it('takes messages while its notes cannot be kept, and tries again with the next', async () => {
    const store = mapStore()
    let isAway = true
    const set = async (key: string, value: string): Promise<void> => {
      if (isAway) throw new Error('away')
      await store.set(key, value)
    }
    world = await startWorld({ store: { get: store.get, set } })
    expect((await post(world, activity(world))).status).to.equal(200)
    expect(store.kept.size).to.equal(0)
    isAway = false
    await post(world, activity(world, { id: '2' }))
    expect(store.kept.get('service')).to.equal(world.teams.serviceUrl)
  })

  it('says of an invoke that it does not know that there is none', async () => {
    world = await startWorld()
    expect((await post(world, activity(world, { type: 'invoke', name: 'tab/fetch' }))).status).to.equal(501)
  })

  it('answers a forged button with a line, and nothing else happens', async () => {
    world = await startWorld()
    const value = { action: { type: 'Action.Execute', data: { a: '{"verb":"explode"}' } } }
    const answer = await post(world, activity(world, { type: 'invoke', name: 'adaptiveCard/action', value }))
    expect(answer.status).to.equal(200)
    expect(JSON.parse(answer.body)).to.include({ type: 'application/vnd.microsoft.activity.message' })
    expect(world.clicks).to.deep.equal([])
  })
})
