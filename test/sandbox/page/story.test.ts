import { expect } from 'chai'
import { STEPS, storyProgress } from '../../../src/sandbox/page/story.js'
import type { SlackMessage } from '../../../src/sandbox/slack/types.js'
import { CAST, card, DM, NUMBER, posted, slackWith, written } from './support.js'

type Messages = { [channelId: string]: SlackMessage[] }

const OPENING = written('10.0', CAST.employee.userId)
const REQUESTER = card('11.0', ['add', 'urge', 'withdraw'], { thread_ts: '10.0' })
const TEAM = card('12.0', ['claim', 'resolve'])
const MIRRORED = posted('13.0', 'on it', { username: 'Chen', thread_ts: '10.0' })
const ANSWERED = posted('14.0', 'expired', { username: 'Wang (requester)', thread_ts: '12.0' })
const TOLD = posted('15.0', `${NUMBER} is overdue`)

function done(messages: Messages, sinceMs = 0): string {
  const progress = storyProgress(slackWith(messages), CAST, sinceMs)
  return STEPS.filter((step) => progress.done[step]).join(' ')
}

const at = (employee: SlackMessage[], team: SlackMessage[] = [], lead: SlackMessage[] = []): Messages => ({
  [DM.employee]: employee,
  [CAST.channel]: team,
  [DM.lead]: lead,
})
const claimed = card('12.0', ['resolve'])
const TABLE: [name: string, messages: Messages, expected: string][] = [
  ['nothing before anything was said', at([]), ''],
  ['nothing while only the message is there', at([OPENING]), ''],
  ['nothing while the team has no card', at([OPENING, REQUESTER]), ''],
  ['raise with a card in both places', at([OPENING, REQUESTER], [TEAM]), 'raise'],
  [
    'no raise when the team’s card is another ticket’s',
    at([OPENING, REQUESTER], [card('12.0', ['claim'], { number: '2026110009' })]),
    '',
  ],
  ['claim when the team’s card offers it no more', at([OPENING, REQUESTER], [claimed]), 'raise claim'],
  ['no talk by one side alone', at([OPENING, REQUESTER, MIRRORED], [claimed]), 'raise claim'],
  [
    'talk when both have been mirrored',
    at([OPENING, REQUESTER, MIRRORED], [claimed, ANSWERED]),
    'raise claim talk',
  ],
  [
    'no talk by what stands in another thread',
    at([OPENING, REQUESTER, { ...MIRRORED, thread_ts: '9.0' }], [claimed, ANSWERED]),
    'raise claim',
  ],
  [
    'nudge when the team’s card says so',
    at([OPENING, REQUESTER], [card('12.0', ['resolve'], { says: '已催单 1 次' })]),
    'raise claim nudge',
  ],
  ['no nudge by a button of that name', at([OPENING, REQUESTER], [card('12.0', ['催单'])]), 'raise claim'],
  ['lead when a direct message names the ticket', at([OPENING, REQUESTER], [TEAM], [TOLD]), 'raise lead'],
  [
    'no lead by a message about another ticket',
    at([OPENING, REQUESTER], [TEAM], [posted('15.0', '2026110099')]),
    'raise',
  ],
  [
    'no resolve before it is confirmed',
    at([OPENING, card('11.0', ['confirm', 'reopen'], { thread_ts: '10.0' })], [claimed]),
    'raise claim',
  ],
  [
    'resolve when the card is closed',
    at(
      [OPENING, card('11.0', ['details'], { thread_ts: '10.0', says: '*已关闭*' })],
      [card('12.0', ['details'])],
    ),
    'raise claim resolve',
  ],
  [
    'no resolve when it was withdrawn',
    at(
      [OPENING, card('11.0', ['details'], { thread_ts: '10.0', says: '*已撤单*' })],
      [card('12.0', ['details'])],
    ),
    'raise claim',
  ],
]

describe('the story', () => {
  for (const [name, messages, expected] of TABLE) {
    it(`has seen ${name}`, () => {
      expect(done(messages)).to.equal(expected)
    })
  }

  it('begins anew after its starting point', () => {
    const again = written('20.0', CAST.employee.userId)
    const messages = at([OPENING, REQUESTER], [TEAM])
    expect(done(messages, 19_000)).to.equal('')
    const second = card('21.0', ['urge'], { thread_ts: '20.0', number: '2026110002' })
    const team = card('22.0', ['claim'], { number: '2026110002' })
    expect(done(at([OPENING, REQUESTER, again, second], [claimed, team]), 19_000)).to.equal('raise')
  })
})
