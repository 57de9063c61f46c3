import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { parseEvent } from '../../../src/adapters/feishu/parse.js'
import { ENVELOPE } from '../../../src/adapters/feishu/wire.js'
import { AT, envelope, IT_DESK, MEI, startWorld, type World } from './support.js'

const FOLDER = new URL('../../../manifests/feishu/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))

describe('the manifest of Feishu', () => {
  it('asks for events that the adapter understands, and no others', () => {
    const { events, callbacks } = read('events.json')
    for (const type of events) {
      const parsed = parseEvent(ENVELOPE.parse(envelope(type, {})), {}, AT)
      expect(parsed.kind === 'unsupported' ? parsed.what : '', type).to.match(/^unreadable/)
    }
    expect(callbacks).to.deep.equal(['card.action.trigger'])
  })

  it('sends everything to the address that the adapter has', () => {
    expect(new URL(read('events.json').requestUrl).pathname).to.equal('/feishu/events')
  })

  describe('whose scopes are granted', () => {
    let world: World
    beforeEach(async () => {
      world = await startWorld()
      world.feishu.setScopes(read('scopes.json').scopes.tenant)
    })
    afterEach(() => world.close())

    it('lets the adapter do all it does', async () => {
      const { messenger } = world.adapter
      const to = { platform: 'feishu', conversation: IT_DESK }
      const bytes = Buffer.from('x')
      const file = { name: 'a.txt', bytes: 1, mediaType: 'text/plain', read: async () => bytes }
      const posted = await messenger.postWords(to, { text: ['x'], files: [file] }, 'k')
      if (posted.kind !== 'sent') throw new Error(JSON.stringify(posted))
      const ref = posted.value
      const card = {
        audience: 'team',
        locale: 'en',
        title: '',
        tone: 'info',
        summary: 's',
        elements: [],
      } as const
      const carded = await messenger.postCard(to, { ...card, elements: [] }, 'k2')
      if (carded.kind !== 'sent') throw new Error(JSON.stringify(carded))
      const outcomes = [
        await messenger.editWords(ref, { text: ['y'] }),
        await messenger.updateCard(carded.value, { ...card, elements: [] }),
        await messenger.mark(ref),
        await messenger.unmark(ref),
        await messenger.insist?.(carded.value, MEI),
        await messenger.profile(MEI),
        await messenger.deleteMessage(ref),
      ]
      expect(outcomes.map((one) => one?.kind)).to.deep.equal(Array(7).fill('sent'))
    })

    it('tells of whoever opens the chat with the bot', async () => {
      await world.feishu.gestures.openDirect({ userId: MEI })
      await world.feishu.idle()
      expect(world.accepted).to.have.length(1)
      expect(world.accepted[0]).to.include({ what: 'chat_opened', userId: MEI })
    })

    it('brings what is said in a thread without a mention', async () => {
      const { gestures } = world.feishu
      const [author = ''] = world.feishu.state.chats[IT_DESK]?.members ?? []
      const said = { userId: author, conversation: IT_DESK }
      const { messageId = '' } = await gestures.postMessage({ ...said, text: 'root', mentionBot: true })
      await world.feishu.idle()
      await gestures.postMessage({ ...said, text: 'reply', thread: messageId })
      await world.feishu.idle()
      expect(world.accepted[1]).to.include({ text: 'reply', thread: messageId })
    })
  })
})
