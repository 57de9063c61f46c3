import { expect } from 'chai'
import { testDatabase } from '../../support/mongod.js'
import { until } from '../../support/world.js'
import { type RealSandbox, realSandbox } from './real-sandbox.js'
import { client, FIONA_TEAMS, ZHAO } from './support.js'

const PROBLEM = 'Where is the meeting room'
const FILE = {
  name: 'plan.txt',
  mimetype: 'text/plain',
  base64: Buffer.from('third floor').toString('base64'),
}
type Json = { [name: string]: unknown }

describe('a file that is offered in Teams', function () {
  this.timeout(240_000)
  const database = testDatabase()
  let sandbox: RealSandbox

  before(async () => {
    sandbox = await realSandbox(database.uri())
    sandbox.page.setDefaultTimeout(30_000)
  })
  after(async () => {
    await sandbox?.end()
  })

  it('is taken with a click, and is there', async () => {
    const { page } = sandbox
    const { origin } = new URL(page.url())
    const ask = async (path: string, body?: Json): Promise<Json> => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }
      const response = await fetch(`${origin}/sandbox/${path}`, body === undefined ? {} : init)
      return (await response.json()) as Json
    }
    const userId = FIONA_TEAMS
    const { conversation } = await ask('teams/gestures/openDirect', { userId })
    await ask('teams/gestures/postMessage', { userId, conversation, text: PROBLEM })
    const card = await until('Slack has the card', async () => {
      const { state } = (await ask('slack/state')) as { state: { messages: Record<string, Json[]> } }
      for (const [channel, messages] of Object.entries(state.messages)) {
        const found = messages.find((one) => JSON.stringify(one).includes(PROBLEM))
        if (found) return { channel, ts: String(found.ts) }
      }
      return undefined
    })
    const zhao = client(page, ZHAO)
    await zhao.locator('.place', { hasText: 'it-support' }).click()
    const team = zhao.locator('.thread', { hasText: PROBLEM }).locator('> .message .card')
    await team.getByRole('button', { name: '认领' }).click()
    await team.getByText('处理中').waitFor()
    const answer = {
      userId: ZHAO,
      channel: card.channel,
      threadTs: card.ts,
      text: 'See the plan',
      files: [FILE],
    }
    expect(await ask('slack/gestures/postMessage', answer)).to.include({ ok: true })
    const fiona = client(page, FIONA_TEAMS)
    await fiona
      .locator('.place', { hasText: '派单' })
      .or(fiona.locator('.place', { hasText: 'Paidan' }))
      .first()
      .click()
    const offer = fiona.locator('.tm-offer', { hasText: FILE.name })
    await offer.getByRole('button', { name: /^(Allow|允许)$/ }).click()
    await fiona.locator(`a[download="${FILE.name}"]`).waitFor()
    expect(await fiona.locator('.tm-offer').count()).to.equal(0)
    expect(await fiona.locator('.tombstone').count()).to.equal(1)
  })
})
