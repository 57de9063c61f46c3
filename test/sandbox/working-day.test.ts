import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { glimpseDesk } from '../../src/sandbox/desk-glimpse.js'
import { nextWorkingMorning } from '../../src/sandbox/working-day.js'

const FILE = `
desk: { id: d, name: { en: Desk, zh-CN: 台 }, zone: Asia/Shanghai }
people:
  - { id: wang, name: 王, locale: zh-CN, manager: boss, identities: { slack: U1 } }
  - { id: chen, name: Chen, locale: en, manager: boss, identities: { slack: U2 } }
  - { id: zhao, name: Zhao, manager: boss, identities: { slack: U3 } }
  - { id: boss, name: Boss, identities: { slack: U4 } }
  - { id: gone, name: Without Slack }
teams:
  - { id: it, name: IT, leads: [zhao], members: [chen, gone], calendar: office, channels: { slack: C1 } }
calendars:
  - { id: office, zone: Asia/Shanghai, weekly: { mon-fri: ['09:00-12:00', '13:00-18:00'], sat: '11:00-12:00' }, holidays: [2026-11-24] }
`
const desk = glimpseDesk(FILE)
const team = desk.teams[0]

describe('what the sandbox reads of a desk', () => {
  it('is who has which part', () => {
    expect(desk.people.map(({ slackId, role, locale }) => `${slackId} ${role} ${locale}`)).to.deep.equal([
      'U1 employee zh-CN',
      'U2 agent en',
      'U3 lead en',
      'U4 manager en',
    ])
    expect(team).to.deep.include({
      leads: ['U3'],
      members: ['U2'],
      slackChannelId: 'C1',
      zone: 'Asia/Shanghai',
    })
  })

  it('finds a team and its people in the sample desk', () => {
    const sample = glimpseDesk(readFileSync('desks/sample/desk.yaml', 'utf8'))
    const roles = new Set(sample.people.map((person) => person.role))
    expect([...roles]).to.include.members(['employee', 'agent', 'lead'])
    expect(sample.teams[0]?.slackChannelId).to.match(/^C/)
    expect(sample.teams[0]?.opensAt.filter((each) => each !== undefined)).to.not.be.empty
  })
})

describe('the next working morning', () => {
  const TABLE: [name: string, from: string, to: string][] = [
    ['is the next day at ten', '2026-11-25T15:00:00+08:00', '2026-11-26T10:00:00+08:00'],
    ['is never the same day', '2026-11-25T07:00:00+08:00', '2026-11-26T10:00:00+08:00'],
    ['is the opening hour where that is later', '2026-11-27T15:00:00+08:00', '2026-11-28T11:00:00+08:00'],
    ['leaves out days off', '2026-11-28T15:00:00+08:00', '2026-11-30T10:00:00+08:00'],
    ['leaves out holidays of the file', '2026-11-23T15:00:00+08:00', '2026-11-25T10:00:00+08:00'],
    ['goes by the day of the team’s zone', '2026-11-25T17:00:00Z', '2026-11-27T10:00:00+08:00'],
  ]
  for (const [name, from, to] of TABLE) {
    it(name, () => {
      if (!team) throw new Error('no team')
      expect(nextWorkingMorning(team, new Date(from))).to.deep.equal(new Date(to))
    })
  }
})
