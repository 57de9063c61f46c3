import { expect } from 'chai'
import { createSlackAdapter } from '../../../src/adapters/slack/index.js'
import { keptLog } from '../../support/kept-log.js'
import { fixture } from './fixtures.js'
import { AT, deliver, startWorld, until } from './support.js'

describe('an adapter at boot', () => {
  it('refuses an empty signing secret', () => {
    const intake = { accept: async () => undefined, click: async () => ({ kind: 'nothing' }) as const }
    const options = { botToken: 'xoxb-x', logger: keptLog(), now: () => AT, intake }
    expect(() => createSlackAdapter({ ...options, signingSecret: '' })).to.throw('signing secret')
  })

  it('asks who it is until Slack answers, and nothing dies of it meanwhile', async () => {
    const world = await startWorld()
    try {
      world.slack.faults.failNext('auth.test', { mode: '500', times: 1 })
      await world.adapter.start()
      await until(() => world.slack.calls.filter((call) => call.method === 'auth.test').length === 2)
      const body = { ...fixture('events', 'mention-as-message'), authorizations: [] }
      await until(() => world.slack.calls.some((call) => call.method === 'auth.test' && call.ok))
      await new Promise((resolve) => setImmediate(resolve))
      await deliver(world, body)
      await until(() => world.accepted.length > 0 || world.log.lines.length > 20)
      expect(world.accepted[0]).to.include({ mentionsBot: true })
    } finally {
      await world.close()
    }
  })

  it('does not ask anybody anything before it is started', async () => {
    const world = await startWorld()
    await new Promise((resolve) => setImmediate(resolve))
    expect(world.slack.calls).to.deep.equal([])
    await world.close()
  })
})
