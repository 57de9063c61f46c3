import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { glimpseDesk } from '../../src/sandbox/desk-glimpse.js'
import { nextWorkingMorning } from '../../src/sandbox/working-day.js'

const FILE = `
desk: { id: d, name: { en: Desk, zh-CN: 台 }, zone: Asia/Shanghai }
people:
  - { id: wang, name: 王, locale: zh-CN, manager: boss, identities: { slack: U1 } }
  - { id: chen, name: Chen, locale: en, manager: boss, identities: { teams: T2, slack: U2, post: P2 } }
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
    expect(desk.people.map(({ id, role, locale }) => `${id} ${role} ${locale}`)).to.deep.equal([
      'wang employee zh-CN',
      'chen agent en',
      'zhao lead en',
      'boss manager en',
    ])
    expect(team).to.deep.include({
      leads: ['zhao'],
      members: ['chen'],
      channels: { slack: 'C1' },
      zone: 'Asia/Shanghai',
    })
  })

  it('is where each has an account, the first one first', () => {
    expect(Object.entries(desk.people[1]?.accounts ?? {})).to.deep.equal([
      ['teams', 'T2'],
      ['slack', 'U2'],
    ])
  })

  it('finds a team and its people in the sample desk', () => {
    const sample = glimpseDesk(readFileSync('desks/sample/desk.yaml', 'utf8'))
    const roles = new Set(sample.people.map((person) => person.role))
    expect([...roles]).to.include.members(['employee', 'agent', 'lead'])
    expect(sample.teams[0]?.channels.slack).to.match(/^C/)
    expect(sample.teams[0]?.opensAt.filter((each) => each !== undefined)).to.not.be.empty
  })
})

describe('the next working morning', () => {
  it('is on the first day that the team’s calendar opens, when that is known', () => {
    if (!team) throw new Error('no team')
    const asked: string[] = []
    const opensOn = (teamId: string, day: string) => {
      asked.push(`${teamId} ${day}`)
      return day === '2026-11-29' ? new Date('2026-11-29T10:30:00+08:00') : undefined
    }
    const morning = nextWorkingMorning(team, new Date('2026-11-26T15:00:00+08:00'), opensOn)
    expect(morning).to.deep.equal(new Date('2026-11-29T10:30:00+08:00'))
    expect(asked).to.deep.equal(['it 2026-11-27', 'it 2026-11-28', 'it 2026-11-29'])
  })

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
