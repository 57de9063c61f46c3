import { expect } from 'chai'
import { freePort } from '../../../src/sandbox/free-port.js'
import { type Books, openBooks } from '../../support/books.js'
import { testDatabase } from '../../support/mongod.js'
import { runCli, type ServerProcess, spawnServer, until } from '../../support/world.js'
import { ADAM, CHANNEL, CHAT, LEA, OLAF, RITA } from './people.js'
import { type Playground, type Shown, startPlayground } from './playground.js'
import { PortTaken } from './process.js'

const DESK = new URL('../../fixtures/desks/playground.yaml', import.meta.url).pathname
const HOUR_MS = 3_600_000
const threadOf = (root: Shown) => `${CHANNEL};messageid=${root.messageId}`

/** In order: each goes on where the one before has left the desk. */
describe('the whole desk with Microsoft’s own client, the Agents Playground', function () {
  this.timeout(120_000)
  const database = testDatabase()
  let server: ServerProcess
  let playground: Playground
  let books: Books
  let number = ''
  let unclaimed: Shown

  before(async () => {
    await runCli(['desk', 'apply', DESK], { MONGODB_URI: database.uri() })
    books = await openBooks(database.uri())
    for (let tries = 3; ; tries -= 1) {
      const port = await freePort()
      const origins = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${port}/_connector`)
      server = await spawnServer(['sandbox-server'], {
        MONGODB_URI: database.uri(),
        TEAMS_AUTH: 'anonymous',
        TEAMS_SERVICE_URLS: origins.join(','),
      })
      await server.ready()
      try {
        playground = await startPlayground(`${server.url}/teams/messages`, port)
        return
      } catch (error) {
        if (!(error instanceof PortTaken) || tries === 1) throw error
        await server.stop()
      }
    }
  })
  after(async () => {
    await playground?.stop()
    await server?.stop()
    await books?.close()
  })

  const ticket = async (which = number) => await books.database.tickets.findOne({ number: which })
  const settled = () => books.settled({ idle: async () => undefined })
  const teamCard = (which = number) => playground.heard(CHANNEL, which)
  const ownCard = (which = number) => playground.heard(CHAT, which, 'AdaptiveCard')
  /** Writes a message and waits for the ticket it becomes; returns its number. */
  async function raise(text: string): Promise<string> {
    await playground.write(text)
    const found = async () => (await books.database.tickets.findOne({ title: text })) ?? undefined
    const opened = await until('the ticket is open', found)
    await settled()
    return opened.number
  }

  it('makes a ticket of a message and shows a card to the requester and to the team', async () => {
    number = await raise('my VPN is down')
    expect((await ownCard()).words).to.contain('my VPN is down')
    unclaimed = await teamCard()
    expect(unclaimed.words).to.contain('my VPN is down').and.to.contain(RITA.name)
    expect(playground.shown(CHANNEL, number)).to.have.lengthOf(1)
    expect(playground.shown(CHAT, number)).to.have.lengthOf(1)
    expect(await ticket()).to.include({ status: 'new', requesterId: 'rita' })
  })

  it('lets an agent claim it by Action.Execute, and changes both cards where they stand', async () => {
    const claimed = await playground.execute(ADAM, unclaimed, 'claim')
    expect(claimed.status, JSON.stringify(claimed.body)).to.equal(200)
    await until('both cards name him', async () =>
      [await teamCard(), await ownCard()].every((card) => card.words.includes(ADAM.name)),
    )
    expect(await ticket()).to.include({ status: 'in_progress', assigneeId: 'adam' })
    expect((await teamCard()).messageId).to.equal(unclaimed.messageId)
    expect((await teamCard()).words).to.not.contain('"verb":"claim"')
  })

  it('refuses a second person who still sees the old card, in words', async () => {
    const refused = await playground.execute(LEA, unclaimed, 'claim')
    expect(refused.status, JSON.stringify(refused.body)).to.equal(200)
    expect(refused.body).to.include({ type: 'application/vnd.microsoft.activity.message' })
    expect(JSON.stringify(refused.body)).to.contain(ADAM.name)
    expect(await ticket()).to.include({ assigneeId: 'adam' })
  })

  it('carries the thread of the card to the requester and back', async () => {
    await playground.writeInThread(ADAM, unclaimed, 'Since when?')
    await playground.heard(CHAT, 'Since when?', ADAM.name)
    await playground.write('since this morning')
    await playground.heard(threadOf(unclaimed), 'since this morning', RITA.name)
    expect(await books.database.tickets.countDocuments({})).to.equal(1)
  })

  it('resolves it with what the agent fills in, and lets the requester confirm', async () => {
    const card = await teamCard()
    const dialog = await playground.fetch(ADAM, card, 'resolve')
    const sent = await playground.submit(ADAM, card, dialog, { resolution: 'The gateway was restarted.' })
    expect(sent.status).to.equal(200)
    await until('her card says so', async () => (await ownCard()).words.includes('gateway was restarted'))
    expect(await ticket()).to.include({ status: 'resolved' })
    const confirmed = await playground.execute(RITA, await ownCard(), 'confirm')
    expect(confirmed.status, JSON.stringify(confirmed.body)).to.equal(200)
    await settled()
    expect(await ticket()).to.include({ status: 'closed' })
  })

  it('opens a chat with the lead once a promise is broken, and takes their word for it', async () => {
    const late = await raise('the printer is on fire')
    await server.moveClock(4 * HOUR_MS + 60_000)
    const opened = await until('a chat is opened', () =>
      playground.exchanges.find(
        ({ activityName, request: { body } }) =>
          activityName === 'createConversation' && JSON.stringify(body.members).includes(OLAF.aadObjectId),
      ),
    )
    const chat = String((opened.response.body as { id: string }).id)
    expect(chat).to.not.equal(CHAT)
    const told = await playground.posted(chat, late, 'first response')
    await settled()
    const acked = await playground.execute(OLAF, told, 'ack')
    expect(acked.status, JSON.stringify(acked.body)).to.equal(200)
    await settled()
    const events = (await books.commits()).flatMap((one) => one.events)
    expect(events.filter((one) => one.type === 'clock.acked')).to.have.lengthOf(1)
  })

  it('leaves its books in order and no error in its log', async () => {
    await settled()
    expect(await books.audit()).to.have.lengthOf(2)
    expect(server.log.filter(({ level }) => level === 'error')).to.deep.equal([])
    const refused = playground.exchanges.filter((one) => one.response.statusCode >= 400)
    expect(refused.map(({ activityName, response }) => [activityName, response])).to.deep.equal([])
  })
})
