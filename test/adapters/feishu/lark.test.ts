import { expect } from 'chai'
import type { Answers } from '../../../src/adapters/feishu/answers.js'
import { answeringAt, larkLinks, openingAt } from '../../../src/adapters/feishu/lark.js'
import type { Card } from '../../../src/cards/card.js'
import type { Text } from '../../../src/cards/text.js'
import type { Answer } from '../../../src/intake/inbound.js'
import { recordingMessenger } from '../../support/recording-messenger.js'

const ORIGIN = 'https://applink.larksuite.com'
const place = (conversation: string) =>
  ({ kind: 'place', text: 'the team', address: { platform: 'feishu', conversation } }) as const
const AT = new Date('2026-11-20T08:00:00Z')
const TEXT: Text = [
  'see ',
  place('oc_1'),
  { kind: 'instant', at: AT, style: 'time', zone: 'UTC', locale: 'en' },
  place('open_id:ou_1'),
]
const LINKED: Text = [
  'see ',
  { kind: 'link', text: 'the team', url: `${ORIGIN}/client/chat/open?openChatId=oc_1` },
  { kind: 'instant', at: AT, style: 'time', zone: 'UTC', locale: 'en' },
  'the team',
]
const card = (text: Text): Card => ({
  ...{ audience: 'team', locale: 'en', title: 't', tone: 'neutral', summary: 's' },
  elements: [{ kind: 'quote', text }],
})

describe('links on Lark', () => {
  it('open at Lark’s own address, on its domain only', () => {
    expect(larkLinks('https://open.larksuite.com')).to.equal(ORIGIN)
    for (const domain of [
      'https://open.feishu.cn',
      'http://127.0.0.1:1/feishu',
      'https://larksuite.com.evil.example',
    ])
      expect(larkLinks(domain), domain).to.equal(undefined)
  })

  it('are so in everything the messenger shows, and nothing else is changed', async () => {
    const recording = recordingMessenger('feishu')
    const messenger = openingAt(recording, ORIGIN)
    const to = { platform: 'feishu', conversation: 'oc_1' }
    const file = { name: 'a', bytes: 1, mediaType: 'text/plain', read: async () => Buffer.from('x') }
    const posted = await messenger.postCard(to, card(TEXT), 'k')
    const said = await messenger.postWords(to, { text: TEXT, files: [file] }, 'k2')
    expect(recording.messages.map((one) => one.card ?? one.words)).to.deep.equal([
      card(LINKED),
      { text: LINKED, files: [file] },
    ])
    if (posted.kind !== 'sent' || said.kind !== 'sent') throw new Error('not sent')
    await messenger.updateCard(posted.value, card(['x', place('oc_1')]))
    await messenger.editWords(said.value, { text: TEXT })
    await messenger.whisper(to, 'ou_1', { text: TEXT })
    const [, , update, edit, whisper] = recording.calls
    expect(JSON.stringify([update?.card, edit?.words, whisper?.words])).to.not.contain('"place"')
  })

  it('are so in answers to clicks', async () => {
    const given: Answer[] = []
    const answers: Answers = {
      deliver: async (answer) => {
        given.push(answer)
        return {}
      },
      deliverLate: async (answer) => void given.push(answer),
    }
    const there = answeringAt(answers, ORIGIN)
    const where = { userId: 'ou_1', key: 'k' }
    await there.deliver({ kind: 'private', card: card(TEXT) }, where)
    await there.deliverLate({ kind: 'private', card: card(TEXT) }, where)
    expect(given).to.deep.equal(Array(2).fill({ kind: 'private', card: card(LINKED) }))
  })
})
