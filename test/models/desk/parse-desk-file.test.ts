import { expect } from 'chai'
import fc from 'fast-check'
import { formatProblem } from '../../../src/models/desk/desk-problem.js'
import { parseDeskFile } from '../../../src/models/desk/parse-desk-file.js'
import { deskOf, problemsOf, SAMPLE_TEXT, SMALL } from './sample-desk.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** SMALL with one thing changed, and what is found; § marks the places in the text where it is found. */
const mistakes: [string, string, string, string][] = [
  [
    'an unknown calendar, with the nearest one',
    'calendar: berlin',
    'calendar: §berln',
    'teams[0].calendar: expected the id of a calendar, found "berln" (did you mean "berlin"?)',
  ],
  [
    'an unknown key, with the nearest one',
    'members: [bob]',
    '§membres: [bob]',
    'teams[0].membres: expected a known key, found "membres" (did you mean "members"?)',
  ],
  [
    'an unknown key that resembles none, with what there is',
    'promises:\n',
    'promises:\n      §x: 1\n',
    'policies[0].promises.x: expected a known key, found "x" (known here: first_response, resolution)',
  ],
  [
    'an unknown section',
    'ladders:',
    '§laders: 1\nladders:',
    'laders: expected a known key, found "laders" (did you mean "ladders"?)',
  ],
  [
    'a lead who is not among the people',
    'leads: [ann]',
    'leads: [§an]',
    'teams[0].leads[0]: expected the id of a person, found "an" (did you mean "ann"?)',
  ],
  [
    'a member who is not among the people',
    'members: [bob]',
    'members: [bob, §zoe]',
    'teams[0].members[1]: expected the id of a person, found "zoe"',
  ],
  [
    'an unknown manager',
    'manager: ann',
    'manager: §ceo',
    'people[1].manager: expected the id of a person, found "ceo"',
  ],
  [
    'an unknown team',
    'team: it,',
    'team: §itt,',
    'types[0].team: expected the id of a team, found "itt" (did you mean "it"?)',
  ],
  [
    'an unknown policy',
    'policy: plain',
    'policy: §plan',
    'types[0].policy: expected the id of a policy, found "plan" (did you mean "plain"?)',
  ],
  [
    'an unknown ladder',
    'ladder: up',
    'ladder: §upp',
    'policies[0].ladder: expected the id of a ladder, found "upp" (did you mean "up"?)',
  ],
  [
    'an unknown default type',
    'zone: Europe/Berlin }\npeople',
    'zone: Europe/Berlin, defaultType: §genral }\npeople',
    'desk.defaultType: expected the id of a type, found "genral" (did you mean "general"?)',
  ],
  [
    'a priority without a promise',
    '{ urgent: { within: 1d, counts: always }, high: 90m, ',
    '§{ urgent: { within: 1d, counts: always }, ',
    'policies[0].promises.resolution.high: expected a duration like 4h, or { within: 4h, counts: always }, found nothing',
  ],
  [
    'a duration that is none',
    'high: 90m',
    'high: §90 minutes',
    'policies[0].promises.resolution.high: expected a duration like 4h, or { within: 4h, counts: always }, found "90 minutes"',
  ],
  [
    'a promise of no time',
    'high: 90m',
    'high: §0m',
    'policies[0].promises.resolution.high: expected a duration longer than nothing, found "0m"',
  ],
  [
    'a way of counting that is none',
    'counts: always',
    'counts: §allways',
    'policies[0].promises.resolution.urgent.counts: expected team or always, found "allways"',
  ],
  [
    'a policy without promises',
    'resolution: { urgent: { within: 1d, counts: always }, high: 90m, medium: 1.5h, low: 2d }',
    '§{}',
    'policies[0].promises: expected first_response, resolution, or both, found none',
  ],
  [
    'an id given twice',
    'calendars:',
    '  - { id: §ann, name: Annie }\ncalendars:',
    'people[2].id: expected an id that no other person has, found "ann"',
  ],
  [
    'an id with other characters',
    'ladders:',
    'ladders:\n  - { id: §"u p", levels: [{ after: 0m, tell: [lead] }] }',
    'ladders[0].id: expected an id of letters, digits, - and _ (at most 64), found "u p"',
  ],
  [
    'an id that objects have a member of',
    'types:',
    'types:\n  - { id: §constructor, name: C, team: it, policy: plain }',
    'types[0].id: expected an id that is not a word of the language itself, found "constructor"',
  ],
  [
    'one identity for two people',
    'U0BOB',
    '§U0ANN',
    'people[1].identities.slack: expected an identity of their own, found "U0ANN" ("ann" has it already)',
  ],
  [
    'one e-mail address for two people, whatever its case',
    'bob@small.example',
    '§Ann@Small.example',
    'people[1].email: expected an e-mail address of their own, found "Ann@Small.example" ("ann" has it already)',
  ],
  [
    'what is no e-mail address',
    'bob@small.example',
    '§bob',
    'people[1].email: expected an e-mail address, found "bob"',
  ],
  [
    'managers in a circle',
    'id: ann, name: Ann',
    'id: ann, manager: §bob, name: Ann',
    'people[0].manager: expected managers that end somewhere, found "bob" (ann → bob → ann)',
  ],
  [
    'somebody who manages themselves',
    'manager: ann',
    'manager: §bob',
    'people[1].manager: expected managers that end somewhere, found "bob" (bob → bob)',
  ],
  [
    'a name in one language only',
    'name: IT',
    'name: §{ en: IT }',
    'teams[0].name.zh-CN: expected a text, found nothing',
  ],
  ['a number for a name', 'name: Ann', 'name: §12', 'people[0].name: expected a text, found 12'],
  [
    'a team without a lead',
    'leads: [ann]',
    'leads: §[]',
    'teams[0].leads: expected at least one lead, found an empty list',
  ],
  [
    'a list that is none',
    'leads: [ann]',
    'leads: §ann',
    'teams[0].leads: expected a list of ids of people, found "ann"',
  ],
  [
    'a missing section',
    'ladders:\n  - { id: up, levels: [{ after: 0m, tell: [assignee] }] }\n',
    '',
    'ladders: expected a list of ladders, found nothing',
  ],
  [
    'an empty section, at its key',
    'ladders:\n  - { id: up, levels: [{ after: 0m, tell: [assignee] }] }\n',
    '§ladders:\n',
    'ladders: expected a list of ladders, found nothing',
  ],
  [
    'an unknown zone',
    'zone: Europe/Berlin }',
    'zone: §Europe/Berln }',
    'desk.zone: expected an IANA name like Asia/Shanghai or America/New_York, found "Europe/Berln" (unknown time zone)',
  ],
  [
    'an unknown recipient',
    'tell: [assignee]',
    'tell: [§boss]',
    'ladders[0].levels[0].tell[0]: expected assignee, lead, lead_manager, found "boss"',
  ],
  [
    'levels out of order',
    'tell: [assignee] }',
    'tell: [assignee] }, { after: §0m, tell: [lead] }',
    'ladders[0].levels[1].after: expected later than the level before, found "0m"',
  ],
  [
    'rounds without a distance',
    'tell: [assignee] }',
    'tell: [assignee], rounds: §3 }',
    'ladders[0].levels[0].rounds: expected every: beside more than one round, found 3',
  ],
  [
    'a rule that decides nothing',
    'ladders:',
    'routing: [§{ id: r, anyOf: [x] }]\nladders:',
    'routing[0]: expected type, priority or team, found a rule that decides nothing',
  ],
  [
    'an unknown type and an unknown team in a rule',
    'ladders:',
    'routing: [{ id: r, anyOf: [x], team: §i, type: §generic }]\nladders:',
    'routing[0].team: expected the id of a team, found "i" (did you mean "it"?)\n' +
      'routing[0].type: expected the id of a type, found "generic" (did you mean "general"?)',
  ],
  [
    'a key given twice',
    'leads: [ann]',
    'leads: [bob], §leads: [ann]',
    'teams[0].leads: expected each key once, found "leads"',
  ],
  [
    'an alias and its anchor',
    'leads: [ann], members: [bob]',
    'leads: &all §[ann], members: §*all',
    'teams[0].leads: expected a value written out, found the anchor &all\n' +
      'teams[0].members: expected a value written out, found the alias *all',
  ],
  [
    'a tag of another language',
    'leads: [ann]',
    'leads: §!!js/function [ann]',
    'teams[0].leads: expected valid YAML, found "!!js/function [ann], members:…" (Unresolved tag: tag:yaml.org,2002:js/function)',
  ],
  [
    'a day that the calendar does not have',
    'weekly: {',
    'holidays: [§2026-02-30], weekly: {',
    'calendars[0].holidays[0]: expected a date like 2026-02-14, or a range like 2026-02-15/2026-02-23, found "2026-02-30"',
  ],
]

function marked(text: string): { text: string; places: string[] } {
  const places: string[] = []
  let plain = ''
  for (const char of text) {
    const lines = plain.split('\n')
    if (char === '§') places.push(`${lines.length}:${(lines.at(-1) ?? '').length + 1}`)
    else plain += char
  }
  return { text: plain, places }
}

describe('parseDeskFile', () => {
  it('reads the smallest desk with what its author need not write', () => {
    const { desk, people } = deskOf(SMALL)
    expect(desk).to.deep.include({ id: 'small', locale: 'en', defaultTypeId: 'general', routing: [] })
    expect(desk.name).to.deep.equal({ en: 'Small', 'zh-CN': 'Small' })
    expect(desk.teams.it).to.deep.equal({
      id: 'it',
      name: { en: 'IT', 'zh-CN': 'IT' },
      locale: 'en',
      zone: 'Europe/Berlin',
      leads: ['ann'],
      members: ['bob'],
      calendarId: 'berlin',
      channels: { slack: 'C0IT' },
      threads: 'open',
      reasonsFor: [],
    })
    expect(desk.types.general).to.deep.include({
      defaultPriority: 'medium',
      asksCause: 'none',
      asksPrevention: 'none',
      autoCloseMs: 3 * DAY_MS,
      reopenWindowMs: 14 * DAY_MS,
    })
    expect(desk.policies.plain).to.deep.include({
      claimIsResponse: false,
      remindAt: { first_response: [0.5, 0.8], resolution: [0.8] },
    })
    expect(people).to.deep.equal([
      {
        id: 'ann',
        deskId: 'small',
        name: 'Ann',
        email: 'ann@small.example',
        identities: [{ platform: 'slack', userId: 'U0ANN' }],
      },
      {
        id: 'bob',
        deskId: 'small',
        name: 'Bob',
        email: 'bob@small.example',
        managerId: 'ann',
        identities: [{ platform: 'slack', userId: 'U0BOB' }],
      },
    ])
  })

  it('counts a day as the usual working day of the calendar, and as 24 hours around the clock', () => {
    expect(deskOf(SMALL).desk.policies.plain?.promises.resolution).to.deep.equal({
      urgent: { targetMs: DAY_MS, counts: 'always' },
      high: { targetMs: 1.5 * HOUR_MS, counts: 'team' },
      medium: { targetMs: 1.5 * HOUR_MS, counts: 'team' },
      low: { targetMs: 15 * HOUR_MS, counts: 'team' },
    })
  })

  it('lets a policy say how long its day is', () => {
    const desk = deskOf(SMALL.replace('ladder: up', 'ladder: up\n    workday: 6h')).desk
    expect(desk.policies.plain?.promises.resolution?.low.targetMs).to.equal(12 * HOUR_MS)
  })

  it('asks how long a day is where two teams with different days share a policy', () => {
    const text = SMALL.replace(
      'teams:\n',
      `  - { id: short, zone: Europe/Berlin, weekly: { mon-thu: ['09:00-15:00'], fri: ['09:00-13:00'] } }
teams:
  - { id: hr, name: HR, leads: [ann], calendar: short }
`,
    ).replace('types:\n', 'types:\n  - { id: hr, name: HR, team: hr, policy: plain }\n')
    expect(problemsOf(text)).to.deep.equal([
      'desk.yaml:15:5 policies[0].workday: expected how long one d is, like 8h, found nothing (the calendars of its teams have usual days of 7.5h and 6h)',
    ])
    expect(problemsOf(text.replace('low: 2d', 'low: 16h'))).to.deep.equal([])
    expect(problemsOf(text.replace('ladder: up', 'ladder: up\n    workday: 8h'))).to.deep.equal([])
  })

  it('reads everything of the sample', () => {
    const { desk, people } = deskOf(SAMPLE_TEXT)
    expect(Object.keys(desk.teams)).to.deep.equal(['it', 'hr'])
    expect(people).to.have.length(8)
    expect(desk.calendars.shanghai?.validThrough).to.match(/^\d{4}-12-31$/)
    const promises = desk.policies.standard?.promises
    const hours = (kind: 'first_response' | 'resolution') =>
      Object.values(promises?.[kind] ?? {}).map(({ targetMs, counts }) => [targetMs / HOUR_MS, counts])
    expect(hours('first_response')).to.deep.equal([
      [0.25, 'always'],
      [2, 'team'],
      [4, 'team'],
      [8, 'team'],
    ])
    expect(hours('resolution')).to.deep.equal([
      [4, 'always'],
      [8, 'team'],
      [24, 'team'],
      [40, 'team'],
    ])
    expect(desk.ladders.standard?.levels).to.deep.equal([
      { afterMs: 0, tell: ['assignee', 'lead'], everyMs: HOUR_MS / 2, rounds: 2 },
      { afterMs: HOUR_MS, tell: ['lead_manager'], everyMs: HOUR_MS },
    ])
  })

  it('gives a desk that is plain JSON', () => {
    const { desk, people } = deskOf(SAMPLE_TEXT)
    expect(JSON.parse(JSON.stringify({ desk, people }))).to.deep.equal({ desk, people })
  })

  it('changes the version with the content, not with its writing', () => {
    const { desk } = deskOf(SMALL)
    expect(desk.version).to.match(/^[0-9a-f]{12}$/)
    const reordered = SMALL.replace('id: it, name: IT,', 'name: { en: "IT", zh-CN: IT }, id: it,')
    expect(deskOf(`# a comment\n${reordered}`).desk).to.deep.equal(desk)
    const changed = deskOf(SMALL.replace('high: 90m', 'high: 91m')).desk
    expect(changed.version).not.to.equal(desk.version)
    expect(changed.policies.plain?.version).not.to.equal(desk.policies.plain?.version)
    const renamed = deskOf(SMALL.replace('name: IT', 'name: It')).desk
    expect(renamed.policies).to.deep.equal(desk.policies)
  })

  for (const [fact, from, to, expected] of mistakes) {
    it(`finds ${fact}`, () => {
      expect(SMALL).to.include(from)
      const { text, places } = marked(SMALL.replace(from, to))
      const lines = expected.split('\n').map((line, index) => `desk.yaml:${places[index] ?? '1:1'} ${line}`)
      expect(problemsOf(text)).to.deep.equal(lines)
    })
  }

  it('finds a channel that two teams use', () => {
    const text = SMALL.replace(
      'types:',
      '  - { id: hr, name: HR, leads: [bob], calendar: berlin, channels: { slack: C0IT } }\ntypes:',
    )
    expect(problemsOf(text)).to.deep.equal([
      'desk.yaml:9:76 teams[1].channels.slack: expected a channel of its own, found "C0IT" ("it" has it already)',
    ])
  })

  it('lists every mistake at once, in the order of the text', () => {
    const text = SMALL.replace('id: bob', 'id: ann')
      .replace('calendar: berlin', 'calendar: paris')
      .replace('team: it,', 'team: hr, colour: red,')
      .replace('high: 90m', 'high: soon')
      .replace('tell: [assignee]', 'tell: [boss]')
    const lines = problemsOf(text)
    expect(lines.map((line) => line.split(' ')[1])).to.deep.equal([
      'people[1].id:',
      'teams[0].members[0]:',
      'teams[0].calendar:',
      'types[0].team:',
      'types[0].colour:',
      'policies[0].promises.resolution.high:',
      'ladders[0].levels[0].tell[0]:',
    ])
    for (const line of lines) expect(line).to.match(/^desk\.yaml:\d+:\d+ \S+: expected .+, found .+/)
  })

  it('names an unknown messenger only when it is told which there are', () => {
    const text = SMALL.replace('{ slack: C0IT }', '{ slak: C0IT }')
    expect(problemsOf(text)).to.deep.equal([])
    const parsed = parseDeskFile(text, { platforms: ['slack', 'teams'] })
    expect(parsed.ok ? [] : parsed.problems.map((problem) => formatProblem(problem, 'x.yaml'))).to.deep.equal(
      [
        'x.yaml:8:85 teams[0].channels.slak: expected a messenger: slack, teams, found "slak" (did you mean "slack"?)',
      ],
    )
  })

  it('refuses what is no desk at all, in one line', () => {
    for (const text of ['', '# nothing', 'null', 'hello', '[1]', '12']) {
      const lines = problemsOf(text)
      expect(lines).to.have.length(1)
      expect(lines[0]).to.match(/^desk\.yaml:1:\d+: expected the keys of a desk: /)
    }
  })

  it('places what is wrong as YAML', () => {
    const lines = problemsOf(`${SMALL}\nbad: [1, 2\nworse: "x\n`)
    expect(lines.length).to.be.greaterThan(0)
    for (const line of lines)
      expect(line).to.match(/^desk\.yaml:\d+:\d+ \S+: expected valid YAML, found .+ \(.+\)$/)
  })

  it('keeps a found text on one line and shows its invisible characters', () => {
    const [line] = problemsOf(SMALL.replace('calendar: berlin', 'calendar: "a\\n\\u202e\\u0007b"'))
    expect(line).to.include('found "a\\n\\u{202e}\\u0007b"')
  })

  for (const [fact, text] of [
    [
      'aliases that multiply',
      `a: &a [x]\n${'bcdefghi'
        .split('')
        .map((k, i) => `${k}: &${k} [${`*${'abcdefgh'[i]},`.repeat(9)}]`)
        .join('\n')}`,
    ],
    ['a file of more than 1 MiB', `# ${'x'.repeat(1_048_576)}`],
    ['lists a million deep, in brackets', '['.repeat(1_000_000)],
    ['lists a half million deep, in dashes', '- '.repeat(500_000)],
    ['maps a quarter million deep', '{a: '.repeat(250_000)],
    ['keys of keys', '? '.repeat(500_000)],
    ['lists deep by their indent', Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}-`).join('\n')],
    ['more marks than a desk could have', 'a:\n'.repeat(340_000)],
  ] as const) {
    it(`refuses ${fact}`, () => {
      const lines = problemsOf(text)
      expect(lines.length).to.be.greaterThan(0)
      expect(lines.join('\n')).to.match(/at most|a value written out/)
    })
  }

  it('never throws, whatever the text', () => {
    const yamlish = fc.array(
      fc.constantFrom(
        ...'desk: |people:|teams:|types:|- |id: |x|{|}|[|]|\n|  |: |"|\'|&a |*a|!!set |? |---\n|#|null|1d|__proto__: |constructor'.split(
          '|',
        ),
      ),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          yamlish.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(parseDeskFile(text).ok).to.equal(false)
        },
      ),
    )
  })

  it('never throws, whatever stands in place of a part of a desk', () => {
    const lines = SAMPLE_TEXT.split('\n')
    const junk = fc.constantFrom(
      '',
      '-',
      'x',
      '  - id: it',
      ': :',
      '\t',
      '  []',
      '{',
      'null: ~',
      '    - 3',
      '  id: {}',
      'teams: 1',
    )
    fc.assert(
      fc.property(fc.nat(lines.length - 1), junk, (index, line) => {
        const text = lines.with(index, line).join('\n')
        const parsed = parseDeskFile(text)
        if (!parsed.ok) expect(parsed.problems.length).to.be.greaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})
