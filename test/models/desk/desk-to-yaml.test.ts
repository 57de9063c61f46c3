import { expect } from 'chai'
import fc from 'fast-check'
import type { Desk, LadderLevel } from '../../../src/models/desk/desk.js'
import { deskToYaml } from '../../../src/models/desk/desk-to-yaml.js'
import { deskOf, SAMPLE_TEXT, SMALL } from './sample-desk.js'

const MINUTE_MS = 60_000
const NASTY = [
  'no',
  'null',
  '12',
  '1e3',
  '- x',
  'a: b',
  '# x',
  '"',
  "'",
  '|',
  'ß\u00a0—',
  '王：小明',
  '*a',
  '&a',
  '!x',
  '{',
  '2026-01-01',
  '0x1f',
  'y',
  '~',
  '@{U}',
  '\u202e',
  'a\tb',
]

describe('deskToYaml', () => {
  for (const [name, text] of [
    ['the sample', SAMPLE_TEXT],
    ['the smallest desk', SMALL],
  ] as const) {
    it(`writes ${name} so that it reads as the same desk`, () => {
      const { desk, people } = deskOf(text)
      const written = deskToYaml(desk, people)
      expect(deskOf(written)).to.deep.equal({ desk, people })
      expect(deskToYaml(desk, people)).to.equal(written)
    })
  }

  it('keeps overrides, make-up days like a weekday, and calendars without an end', () => {
    const text = SMALL.replace(
      "weekly: { mon-fri: ['08:30-12:00', '13:00-17:00'] }",
      `weekly: { mon: ['08:30-12:00'], fri-sun: ['13:00-24:00'] }
    holidays: [2026-12-24/2026-12-26, 2026-12-31/2027-01-01]
    workdays: [2026-02-14, { date: 2026-02-15, like: sun }]
    overrides: { 2026-12-23: ['08:30-10:00'], 2026-12-30: [] }
    validThrough: 2027-06-30`,
    )
      .replace('{ id: berlin, zone', 'id: berlin\n    zone')
      .replace('zone: Europe/Berlin, weekly', 'zone: Europe/Berlin\n    weekly')
      .replace('validThrough: 2027-06-30 }', 'validThrough: 2027-06-30')
    const read = deskOf(text)
    expect(read.desk.calendars.berlin?.holidays).to.have.length(5)
    expect(deskOf(deskToYaml(read.desk, read.people))).to.deep.equal(read)
  })

  it('writes any name, word, address and duration so that it reads as the same', () => {
    const { desk, people } = deskOf(SMALL)
    const word = fc.oneof(
      fc.constantFrom(...NASTY),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => text.trim() || 'x'),
    )
    const durationMs = fc.oneof(
      fc.integer({ min: 1, max: 60 * 24 * 300 }).map((minutes) => minutes * MINUTE_MS),
      fc.integer({ min: 1, max: 9 * 24 }).map((hours) => hours * 60 * MINUTE_MS),
    )
    const level: fc.Arbitrary<LadderLevel> = fc.record({
      afterMs: durationMs,
      tell: fc.uniqueArray(fc.constantFrom('assignee' as const, 'lead' as const, 'lead_manager' as const), {
        minLength: 1,
      }),
      everyMs: durationMs,
      rounds: fc.integer({ min: 1, max: 1000 }),
    })
    fc.assert(
      fc.property(
        word,
        fc.uniqueArray(word, { minLength: 1 }),
        durationMs,
        level,
        (name, anyOf, targetMs, only) => {
          const changed: Desk = {
            ...desk,
            name: { en: name, 'zh-CN': 'x' },
            routing: [{ id: 'r', anyOf, priority: 'low' }],
            ladders: { up: { id: 'up', levels: [only] } },
            policies: {
              plain: {
                ...(desk.policies.plain ?? expect.fail('the desk has the policy')),
                promises: {
                  first_response: {
                    urgent: { targetMs, counts: 'team' },
                    high: { targetMs, counts: 'always' },
                    medium: { targetMs: 1, counts: 'team' },
                    low: { targetMs: 59_999, counts: 'always' },
                  },
                },
              },
            },
          }
          const named = people.map((person) => ({ ...person, department: name }))
          const read = deskOf(deskToYaml(changed, named))
          expect(read.people).to.deep.equal(named)
          expect(read.desk.name).to.deep.equal(changed.name)
          expect(read.desk.routing).to.deep.equal(changed.routing)
          expect(read.desk.ladders).to.deep.equal(changed.ladders)
          expect(read.desk.policies.plain?.promises.first_response?.urgent.targetMs).to.equal(targetMs)
          expect(read.desk.policies.plain?.promises.first_response?.high.targetMs).to.equal(targetMs)
          expect(read.desk.policies.plain?.promises.first_response?.low.targetMs).to.equal(59_999)
        },
      ),
    )
  })

  it('writes no alias where two parts are one object', () => {
    const { desk, people } = deskOf(SMALL)
    const { it: team } = desk.teams
    if (team === undefined) throw new Error('the desk has the team')
    const twin = { ...team, id: 'twin', channels: {} }
    const twins: Desk = { ...desk, teams: { it: team, twin } }
    const written = deskToYaml(twins, people)
    expect(written).not.to.match(/[&*]a\d/)
    expect(deskOf(written).desk.teams).to.deep.equal(twins.teams)
  })
})
