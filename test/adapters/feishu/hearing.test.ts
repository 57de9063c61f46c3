import { expect } from 'chai'
import { createHearing } from '../../../src/adapters/feishu/hearing.js'
import { createOpenApi } from '../../../src/adapters/feishu/open-api.js'
import { ALL_SCOPES } from '../../../src/sandbox/feishu/scopes.js'
import { APP_ID, APP_SECRET, startWorld, until, type World } from './support.js'

const SCOPE = 'im:message.group_msg'
const REST = ALL_SCOPES.filter((one) => one !== SCOPE)

describe('what Feishu lets the bot hear in groups', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())
  const hearing = (everyMs?: number) =>
    createHearing(
      createOpenApi({ appId: APP_ID, appSecret: APP_SECRET, domain: world.domain }),
      world.log,
      everyMs,
    )

  it('is everything until Feishu says otherwise, and what Feishu says from then on', async () => {
    const ears = hearing()
    world.feishu.setScopes(REST)
    expect(ears.threads()).to.equal(true)
    await ears.ask()
    expect(ears.threads()).to.equal(false)
    world.feishu.setScopes([...REST, SCOPE])
    await ears.ask()
    expect(ears.threads()).to.equal(true)
  })

  it('stays what it was while Feishu does not say', async () => {
    const ears = hearing()
    world.feishu.setScopes(REST)
    await ears.ask()
    world.feishu.faults.failNext({ call: 'application.v6.scope.list', mode: '500' })
    await ears.ask()
    expect(ears.threads()).to.equal(false)
    expect(world.log.lines.map(({ message }) => message)).to.include('feishu does not say what it grants')
  })

  it('is asked for at the start, and again and again', async () => {
    world.feishu.setScopes(REST)
    const ears = hearing(5)
    ears.start()
    await until(() => !ears.threads())
    world.feishu.setScopes([...REST, SCOPE])
    await until(() => ears.threads())
    await ears.stop()
  })

  it('is known to the messenger once it has started', async () => {
    world.feishu.setScopes(REST)
    expect(world.adapter.messenger.hearsThreads?.()).to.equal(true)
    await world.adapter.start()
    await until(() => world.adapter.messenger.hearsThreads?.() === false)
  })
})
