import { expect } from 'chai'
import { diffDesks, formatDeskChange } from '../../../src/models/desk/diff-desks.js'
import { deskOf, SAMPLE_TEXT, SMALL } from './sample-desk.js'

function linesOf(from: string, to: string, text = SMALL): string[] {
  expect(text).to.include(from)
  return diffDesks(deskOf(text), deskOf(text.replace(from, to))).map(formatDeskChange)
}

const rows: [string, string, string, string[]][] = [
  [
    'a changed value',
    'calendar: berlin, channels: { slack: C0IT }',
    'calendar: berlin, channels: { slack: C1IT }',
    ['~ teams.it.channels.slack: "C0IT" → "C1IT"'],
  ],
  [
    'a changed list as a whole',
    'members: [bob]',
    'members: [ann, bob]',
    ['~ teams.it.members: ["bob"] → ["ann","bob"]'],
  ],
  [
    'a new value',
    'id: bob, name: Bob',
    'id: bob, department: Sales, name: Bob',
    ['+ people.bob.department: "Sales"'],
  ],
  ['a value that is gone', ', manager: ann', '', ['- people.bob.managerId: "ann"']],
  [
    'a new object',
    'types:\n',
    'types:\n  - { id: access, name: Access, team: it, policy: plain }\n',
    [
      '~ desk.defaultTypeId: "general" → "access"',
      '+ types.access: {"asksCause":"none","asksPrevention":"none","autoCloseMs":259200000,"defaultPriority":"medium","id"…',
    ],
  ],
  [
    'a promise, without the versions that follow from it',
    'high: 90m',
    'high: 2h',
    ['~ policies.plain.promises.resolution.high.targetMs: 5400000 → 7200000'],
  ],
  ['nothing where only the writing changed', 'name: IT', 'name: { zh-CN: IT, en: IT }', []],
  ['nothing where a default is written out', 'id: it,', 'id: it, threads: open,', []],
]

describe('diffDesks', () => {
  for (const [fact, from, to, expected] of rows) {
    it(`shows ${fact}`, () => {
      expect(linesOf(from, to)).to.deep.equal(expected)
    })
  }

  it('shows a person who is gone', () => {
    const after = deskOf(SMALL)
    const before = {
      ...after,
      people: [...after.people, { id: 'zoe', deskId: 'small', name: 'Zoe', identities: [] }],
    }
    expect(diffDesks(before, after).map(formatDeskChange)).to.deep.equal([
      '- people.zoe: {"id":"zoe","identities":{},"name":"Zoe"}',
    ])
  })

  it('shows that two rules changed places', () => {
    const rules = (ids: string[]) =>
      `${SMALL}routing:\n${ids.map((id) => `  - { id: ${id}, anyOf: [${id}], priority: low }\n`).join('')}`
    expect(
      diffDesks(deskOf(rules(['a', 'b'])), deskOf(rules(['b', 'a']))).map(formatDeskChange),
    ).to.deep.equal(['~ routing.a.place: 1 → 2', '~ routing.b.place: 2 → 1'])
  })

  it('finds nothing between a desk and itself, whatever the program learned about its people', () => {
    const desk = deskOf(SAMPLE_TEXT)
    const learned = desk.people.map((person) => ({
      ...person,
      lastPlatform: 'slack',
      identities: person.identities.map((identity) => ({ ...identity, conversation: 'D0' })),
    }))
    expect(diffDesks(desk, { ...desk, people: learned })).to.deep.equal([])
  })
})
