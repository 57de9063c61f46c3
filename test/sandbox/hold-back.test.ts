import { expect } from 'chai'
import { createHoldBack } from '../../src/sandbox/hold-back.js'
import * as feishu from './feishu/support.js'
import * as slack from './slack/support.js'
import * as teams from './teams/support.js'

/** Each messenger's emulator: says two things, the first of which is held back, and tells what came in what order. */
const EMULATORS = {
  slack: async () => {
    const world = await slack.startWorld({ rateLimits: false })
    world.slack.faults.holdBack(60_000)
    for (const text of ['first', 'second']) {
      await world.slack.gestures.postMessage({ userId: 'U0TOM', channel: 'C0IT', text })
    }
    await world.slack.idle()
    await world.close()
    return world.app.received.map(({ body }) => (body.event as { text: string }).text)
  },
  teams: async () => {
    const world = await teams.startWorld()
    const { conversation = '' } = await world.teams.gestures.openDirect({ userId: teams.MEI })
    await world.teams.idle()
    const before = world.bot.received.length
    world.teams.faults.holdBack(60_000)
    for (const text of ['first', 'second']) {
      await world.teams.gestures.postMessage({ userId: teams.MEI, conversation, text })
    }
    await world.teams.idle()
    await world.close()
    return world.bot.received.slice(before).map(({ body }) => body.text)
  },
  feishu: async () => {
    const world = await feishu.startWorld()
    world.feishu.faults.holdBack(60_000)
    for (const text of ['first', 'second']) {
      await world.feishu.gestures.postMessage({ userId: feishu.MEI, conversation: feishu.IT, text })
    }
    await world.feishu.idle()
    await world.close()
    const contents = world.app.received.map(({ body }) => JSON.stringify(body))
    return contents.map((content) => /first|second/.exec(content)?.[0])
  },
} as const

describe('an event that is held back', () => {
  for (const [platform, order] of Object.entries(EMULATORS)) {
    it(`comes after the next one on ${platform}`, async () => {
      expect(await order()).to.deep.equal(['second', 'first'])
    })
  }

  it('goes by itself when none comes after it', async () => {
    const held = createHoldBack()
    held.next(5)
    await held.turn().mayGo
  })

  it('is not let go by what happened before it', async () => {
    const held = createHoldBack()
    const earlier = held.turn()
    held.next(60_000)
    const { mayGo } = held.turn()
    let gone = false
    const going = mayGo.then(() => {
      gone = true
    })
    earlier.arrived()
    await new Promise((resolve) => setImmediate(resolve))
    expect(gone).to.equal(false)
    held.clear()
    await going
  })
})
