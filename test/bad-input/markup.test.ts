import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import type { SlackMessage } from '../../src/sandbox/slack/types.js'
import { readMarkup, textObjects } from '../adapters/slack/entities.js'
import { botPosts, buttonOf, directOf, isRoot, teamCardOf } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { CHEN, guest, IT_CHANNEL, type ServerProcess, SIGNING_SECRET, SUN, WANG } from '../support/world.js'

/** What would call everybody, name a bystander, lead astray or turn the line around, if it were more than words. */
const CALLS = `<!channel> <!here> <!everyone> <!subteam^S0ALL> <@${SUN}> <#C0GENERAL1>`
const LEADS = '<https://evil.example|bank.example> <mailto:evil@evil.example|boss>'
const TURNS = '\u202Egnp.exe\u202C \u2066hidden\u2069 a\u200Bb'
const HOSTILE = `${CALLS} ${LEADS} ${TURNS} &lt;!channel&gt; *bold* \`code\` > quoted`
const NAME = `<!channel> \u202Eevil`
/** What turns words around or hides them; behind a mark of Slack's, we ourselves set a space without width. */
const BIDI = /(?<![*_~`])\u200B|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

describe('words that look like markup', function () {
  this.timeout(120_000)
  const here = withWorld({ guests: 1 })
  let server: ServerProcess
  let channel: string

  before(async () => {
    server = await here.world.serve()
    channel = await directOf(here.world.emulator, WANG)
  })

  /** What the bot has said anywhere, to everybody or to one. */
  function everything(): Pick<SlackMessage, 'text' | 'blocks'>[] {
    const { messages, ephemerals, views } = here.world.emulator.state
    const posts = Object.keys(messages).flatMap((one) => botPosts(here.world.emulator, one))
    return [...posts, ...ephemerals, ...Object.values(views).map(({ blocks }) => ({ text: '', blocks }))]
  }

  function expectHarmless(): void {
    const all = everything()
    expect(all.length).to.be.greaterThan(0)
    for (const { text, blocks } of all) {
      const markup = textObjects(blocks ?? []).flatMap((one) => (one.type === 'mrkdwn' ? [one.text] : []))
      for (const source of [text, ...markup]) {
        const found = readMarkup(source).entities.filter(
          (one) =>
            /^(special|channel|broken)/.test(one) ||
            one === `mention:${SUN}` ||
            (one.startsWith('link:') && !isHonest(source, one.slice('link:'.length))),
        )
        expect(found, source).to.deep.equal([])
      }
      expect(JSON.stringify([text, blocks])).to.not.match(BIDI)
    }
  }

  const shownIn = (messages: Pick<SlackMessage, 'text' | 'blocks'>[]): string =>
    messages
      .flatMap(({ text, blocks }) => [text, ...textObjects(blocks ?? []).map((one) => one.text)])
      .map((source) => readMarkup(source).shown)
      .join('\n')

  it('are shown as written on the cards', async () => {
    const { emulator } = here.world
    await emulator.gestures.postMessage({ userId: WANG, channel, text: HOSTILE })
    await here.books.settled(emulator)
    expect(shownIn(botPosts(emulator, IT_CHANNEL)))
      .to.include(CALLS)
      .and.to.include('<https://evil.example')
    expectHarmless()
  })

  it('are shown as written where answers are mirrored, and in the resolution', async () => {
    const { emulator } = here.world
    const [{ number = '', ticketId = '' } = {}] = await here.books.commits()
    const card = teamCardOf(emulator, IT_CHANNEL, number)
    const on = { userId: CHEN, channel: IT_CHANNEL }
    const click = (verb: string) => {
      const { actionId } = buttonOf(card, 'claim')
      const forge = { value: JSON.stringify({ verb, ticketId }) }
      return emulator.gestures.click({ ...on, messageTs: card.ts, actionId, forge })
    }
    await click('claim')
    await here.books.settled(emulator)
    await emulator.gestures.postMessage({ ...on, threadTs: card.ts, text: `Answer: ${HOSTILE}` })
    const [own] = emulator.state.messages[channel] ?? []
    await emulator.gestures.postMessage({
      userId: WANG,
      channel,
      text: `Back: ${HOSTILE}`,
      ...(own ? { threadTs: own.ts } : {}),
    })
    await here.books.settled(emulator)
    expect(shownIn(botPosts(emulator, channel))).to.include(`Answer: ${CALLS}`)
    expect(shownIn(botPosts(emulator, IT_CHANNEL).filter((one) => !isRoot(one)))).to.include(`Back: ${CALLS}`)
    expectHarmless()
  })

  it('are shown as written when they are somebody’s name', async () => {
    const { emulator } = here.world
    await emulator.gestures.changeUser({ userId: guest(0), realName: NAME })
    const direct = await directOf(emulator, guest(0))
    await emulator.gestures.postMessage({ userId: guest(0), channel: direct, text: 'My chair squeaks' })
    await here.books.settled(emulator)
    expect(shownIn(botPosts(emulator, IT_CHANNEL))).to.include('<!channel> evil')
    expectHarmless()
  })

  it('call nobody either when Slack itself sends them as markup', async () => {
    const { emulator } = here.world
    const direct = await directOf(emulator, guest(0))
    const ts = `${Math.floor(Date.now() / 1000)}.000777`
    const body = JSON.stringify({
      type: 'event_callback',
      event_id: 'Ev0MARKUP',
      team_id: 'T0PAIDAN01',
      event: {
        type: 'message',
        channel_type: 'im',
        channel: direct,
        user: guest(0),
        text: `Raw: ${HOSTILE}`,
        ts,
      },
    })
    const timestamp = String(Math.floor(Date.now() / 1000))
    const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
    }
    expect((await fetch(`${server.url}/slack/events`, { method: 'POST', body, headers })).status).to.equal(
      200,
    )
    await here.books.settled(emulator)
    expect(shownIn(botPosts(emulator, IT_CHANNEL))).to.include('Raw: @channel @here @everyone')
    expectHarmless()
  })
})

/** A link that shows no other address than the one it leads to. */
function isHonest(source: string, target: string): boolean {
  const labels = source.split(`<${target}|`).slice(1)
  return labels.every((rest) => {
    const label = rest.slice(0, rest.indexOf('>'))
    return label === target || `${label}/` === target
  })
}
