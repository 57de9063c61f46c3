import { expect } from 'chai'
import type { About } from '../../../src/sandbox/about.js'
import type { PlaceView } from '../../../src/sandbox/messenger.js'
import { counted } from '../../../src/sandbox/page/counted.js'
import { type Place, sceneOf } from '../../../src/sandbox/page/scene.js'
import { castOf, STEPS, storyProgress } from '../../../src/sandbox/page/story.js'

const NUMBER = '2026110001'
const BOT = { id: 'bot', name: 'Paidan', isBot: true }
const WANG = { id: 'ou_wang', name: '王小明', isBot: false }
const FIONA = { id: 'guid-fiona', name: 'Fiona Liu', isBot: false }
const at = (second: number): string => new Date(second * 1000).toISOString()

const feishuCard = (verbs: string[], says = '处理中', title = `${NUMBER} · VPN`) => ({
  schema: '2.0',
  header: { title: { tag: 'plain_text', content: title } },
  body: {
    elements: [
      { tag: 'markdown', content: says },
      ...verbs.map((verb) => ({
        tag: 'button',
        text: { tag: 'plain_text', content: verb },
        behaviors: [{ type: 'callback', value: { a: JSON.stringify({ verb, ticketId: 't' }) } }],
      })),
    ],
  },
})
const teamsCard = (verbs: string[], says = '处理中') => ({
  type: 'AdaptiveCard',
  body: [
    { type: 'TextBlock', text: `🔴 ${NUMBER} · VPN` },
    { type: 'FactSet', facts: [{ title: '状态', value: says }] },
  ],
  actions: verbs.map((verb) => ({ type: 'Action.Execute', title: verb, verb, data: { ticketId: 't' } })),
})

type Message = PlaceView['messages'][number]
const message = (messageId: string, second: number, given: Partial<Message>): Message =>
  ({ messageId, at: at(second), author: BOT, msgType: 'text', ...given }) as Message

const dm = (...messages: Message[]): PlaceView => ({
  id: 'oc_dm',
  name: '派单',
  kind: 'direct',
  owner: WANG.id,
  messages,
})
const channel = (...messages: Message[]): PlaceView => ({
  id: '19:it',
  name: 'IT support',
  kind: 'channel',
  messages,
})
const OPENING = message('om_1', 10, { author: WANG, text: 'VPN 连不上' })
const REQUESTER = message('om_2', 11, { thread: 'om_1', card: feishuCard(['urge', 'withdraw']) })
const TEAM = message('17', 12, { card: teamsCard(['claim', 'resolve'], '待受理') })

const ABOUT: About = {
  desk: { name: { en: 'Desk', 'zh-CN': '台' } },
  platforms: ['slack', 'teams', 'feishu'],
  people: [
    { id: 'wang', name: '王小明', accounts: { feishu: WANG.id }, locale: 'zh-CN', role: 'employee' },
    { id: 'liu', name: 'Fiona Liu', accounts: { slack: 'U1', teams: FIONA.id }, locale: 'en', role: 'agent' },
    {
      id: 'zhao',
      name: '赵静',
      accounts: { slack: 'U2', teams: 'guid-zhao' },
      locale: 'zh-CN',
      role: 'lead',
    },
  ].map((person) => ({ ...person, zone: 'Asia/Shanghai', colour: '#000' }) as About['people'][number]),
  teams: [
    {
      id: 'it',
      name: { en: 'IT', 'zh-CN': 'IT' },
      channels: { teams: '19:it' },
      leads: ['zhao'],
      members: ['liu'],
    },
  ],
  clockOffsetMs: 0,
  downMsLeft: 0,
  server: 'up',
  trace: [],
}

describe('the scene', () => {
  it('reads the cards and buttons of Feishu, by the number of a button', () => {
    const [place] = sceneOf({ feishu: [dm(OPENING, REQUESTER)] })
    const card = place?.posts.at(-1)
    expect(card).to.include({ number: NUMBER, root: 'om_1', bot: true })
    expect(card?.actions.map((action) => [action.verb, 'action' in action && action.action])).to.deep.equal([
      ['urge', 0],
      ['withdraw', 1],
    ])
    expect(card?.shown).to.contain('处理中').and.not.contain('urge')
    expect(card?.words).to.contain('urge')
  })

  it('reads the cards and buttons of Teams', () => {
    const [place] = sceneOf({ teams: [channel(TEAM)] })
    expect(place?.posts[0]).to.include({ number: NUMBER })
    expect(place?.posts[0]?.actions.map((action) => action.verb)).to.deep.equal(['claim', 'resolve'])
    expect(place?.posts[0]?.shown).to.contain('待受理').and.not.contain('resolve')
  })

  it('takes what is told about a ticket for no card of it', () => {
    const told = message('om_3', 20, { card: feishuCard(['ack'], '', `🔴 已超时 · ${NUMBER} · VPN`) })
    expect(sceneOf({ feishu: [dm(told)] })[0]?.posts[0]).to.not.have.property('number')
  })

  it('knows whose words a mirrored message begins with, however they are marked', () => {
    const heads = (place: Place | undefined) => place?.posts.map((post) => post.head.split('\n')[0])
    const html = message('18', 13, { text: '<b>王小明（提单人）</b><br>证书已过期' })
    expect(heads(sceneOf({ teams: [channel(html)] })[0])?.[0]).to.match(/^王小明（提单人）/)
    const markdown = message('om_4', 13, { text: '**Fiona Liu**\nhello' })
    expect(heads(sceneOf({ feishu: [dm(markdown)] })[0])?.[0]).to.match(/^Fiona Liu/)
  })
})

describe('the story over several messengers', () => {
  const cast = castOf(ABOUT)
  const done = (feishu: Message[], teams: Message[]): string => {
    if (!cast) return 'nobody'
    const { done: steps } = storyProgress(
      sceneOf({ feishu: [dm(...feishu)], teams: [channel(...teams)] }),
      cast,
      0,
    )
    return STEPS.filter((step) => steps[step]).join(' ')
  }

  it('is played in Feishu, Teams and Slack', () => {
    expect(cast?.employee).to.include({ personId: 'wang', platform: 'feishu', userId: WANG.id })
    expect(cast?.agent).to.include({ personId: 'liu', platform: 'teams', userId: FIONA.id })
    expect(cast?.lead).to.include({ personId: 'zhao', platform: 'slack', userId: 'U2' })
  })

  it('is played on what there is', () => {
    expect(castOf({ ...ABOUT, platforms: ['slack'] })).to.equal(undefined)
    const onSlack = { ...ABOUT, teams: ABOUT.teams.map((team) => ({ ...team, channels: { slack: 'C1' } })) }
    expect(castOf(onSlack)?.agent).to.include({ platform: 'slack', userId: 'U1' })
  })

  it('sees the steps where they happen', () => {
    const mirrored = message('om_5', 14, { thread: 'om_1', text: 'Fiona Liu\nhello' })
    const answered = message('19', 15, { thread: '17', text: '<b>王小明</b><br>expired' })
    const claimed = message('17', 12, { card: teamsCard(['resolve'], '处理中 · 已催单 1 次') })
    expect(done([OPENING, REQUESTER], [])).to.equal('')
    expect(done([OPENING, REQUESTER], [TEAM])).to.equal('raise')
    expect(done([OPENING, REQUESTER, mirrored], [claimed, answered])).to.equal('raise claim talk nudge')
  })

  it('has a card in every channel of the team before it goes on', () => {
    const two = castOf({
      ...ABOUT,
      teams: ABOUT.teams.map((team) => ({ ...team, channels: { teams: '19:it', feishu: 'oc_it' } })),
    })
    const scene = sceneOf({ feishu: [dm(OPENING, REQUESTER)], teams: [channel(TEAM)] })
    expect(two && storyProgress(scene, two, 0).done.raise).to.equal(false)
  })
})

describe('what is counted over several messengers', () => {
  it('is one card a place, whichever messenger it is on', () => {
    const sums = counted(sceneOf({ feishu: [dm(OPENING, REQUESTER)], teams: [channel(TEAM)] }))
    expect(sums).to.deep.include({ number: NUMBER, tickets: 1, doubles: 0, opened: { n: 1, ok: true } })
    expect(sums.cards.map((card) => `${card.place} ${card.n}`)).to.have.members(['oc_dm 1', '19:it 1'])
  })

  it('sees the same words twice where a messenger keeps no mark', () => {
    const said = (id: string, second: number) => message(id, second, { thread: '17', text: 'again' })
    const doubles = (...messages: Message[]) =>
      counted(sceneOf({ teams: [channel(TEAM, ...messages)] })).doubles
    expect(doubles(said('20', 30), said('21', 31))).to.equal(1)
    expect(doubles(said('20', 30), said('21', 300))).to.equal(0)
    const silent = (id: string, second: number) => message(id, second, { thread: '17', deleted: true })
    expect(doubles(silent('20', 30), silent('21', 31))).to.equal(0)
  })
})
