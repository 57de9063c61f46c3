import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { now } from '../../src/lib/now.js'
import { createDesks } from '../../src/models/mongo/desks.js'
import { createPeople } from '../../src/models/mongo/people.js'
import { deskOf, SAMPLE_TEXT, SMALL } from '../models/desk/sample-desk.js'
import { runPaidan } from '../support/cli.js'
import { freshDatabase } from '../support/fresh-database.js'

const FIVE_MISTAKES = `desk: { id: small, name: Small, zone: Europe/Berlim }
people:
  - { id: ann, name: Ann, email: ann-at-small, identities: { slack: U0ANN } }
  - { id: bob, name: Bob, email: bob@small.example, manager: ana, identities: { slack: U0BOB } }
calendars:
  - { id: berlin, zone: Europe/Berlin, weekly: { mon-fri: ['08:30-12:00', '13:00-17:00'] } }
teams:
  - { id: it, name: IT, leads: [ann], members: [bob], calendar: berlim, channels: { slack: C0IT } }
types:
  - { id: general, name: General, team: it, policy: plain, colour: red }
policies:
  - id: plain
    ladder: up
    promises:
      resolution: { urgent: { within: 1d, counts: always }, high: 90m, medium: 1.5h, low: 2d }
ladders:
  - { id: up, levels: [{ after: 0m, tell: [assignee] }] }
`

describe('paidan desk', function () {
  this.timeout(60_000)
  const database = freshDatabase()
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'paidan-'))
  })
  after(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const desk = (...args: string[]) => runPaidan(['desk', ...args], { MONGODB_URI: database.uri() })
  const given = async (text: string) => {
    const set = deskOf(text)
    await createPeople(database(), now).list(set.desk.id, set.people)
    await createDesks(database()).save(set.desk)
  }
  const stored = async () => ({
    desks: await database().desks.find().toArray(),
    people: await database().people.find().sort({ _id: 1 }).toArray(),
  })

  it('applies a file, shows what it changes from then on, and says when nothing does', async () => {
    const first = await desk('apply', file('small.yaml', SMALL))
    expect(first).to.include({ code: 0, err: '' })
    expect(first.out).to.equal('+ desk small: 1 teams, 2 people\n')
    const again = await desk('apply', file('small.yaml', SMALL))
    expect(again).to.deep.equal({ code: 0, err: '', out: 'nothing changes\n' })
    const changed = await desk(
      'apply',
      file('changed.yaml', SMALL.replace('name: Bob', 'name: Bobby').replace('high: 90m', 'high: 2h')),
    )
    expect(changed).to.include({ code: 0, err: '' })
    expect(changed.out).to.match(/Bobby/).and.to.match(/high/)
    const { desks, people } = await stored()
    expect(desks).to.have.length(1)
    expect(people.map(({ name }) => name)).to.deep.equal(['Ann', 'Bobby'])
  })

  it('only shows it where that is asked', async () => {
    await given(SMALL)
    const before = await stored()
    const shown = await desk(
      'apply',
      '--dry-run',
      file('changed.yaml', SMALL.replace('name: Bob', 'name: Bobby')),
    )
    expect(shown.out).to.include('Bobby')
    expect(await stored()).to.deep.equal(before)
  })

  it('lists five mistakes in five lines, each placed, and leaves the running desk alone', async () => {
    await given(SMALL)
    const before = await stored()
    const path = file('wrong.yaml', FIVE_MISTAKES)
    for (const command of ['apply', 'check']) {
      const { code, out, err } = await desk(command, path)
      expect([code, out]).to.deep.equal([1, ''])
      const lines = err.trim().split('\n')
      expect(lines).to.have.length(5)
      const places = lines.map((line) => /^(.+?):(\d+):\d+ (\S+): expected .+, found .+/.exec(line))
      expect(places.map((place) => [place?.[1], Number(place?.[2]), place?.[3]])).to.deep.equal([
        [path, 1, 'desk.zone'],
        [path, 3, 'people[0].email'],
        [path, 4, 'people[1].manager'],
        [path, 8, 'teams[0].calendar'],
        [path, 10, 'types[0].colour'],
      ])
    }
    expect(await stored()).to.deep.equal(before)
  })

  it('checks a good file without a database', async () => {
    const { code, out } = await runPaidan(['desk', 'check', file('small.yaml', SMALL)])
    expect([code, out]).to.deep.equal([0, `${join(folder, 'small.yaml')}: 1 teams, 2 people, no problems\n`])
  })

  it('refuses another desk in the same database', async () => {
    await given(SMALL)
    const before = await stored()
    const other = await desk('apply', file('other.yaml', SMALL.replace('id: small', 'id: large')))
    expect([other.code, other.out]).to.deep.equal([1, ''])
    expect(other.err).to.include('desk.id').and.to.include('small')
    expect(await stored()).to.deep.equal(before)
  })

  it('exports what it applied: the same again changes nothing', async () => {
    await given(SAMPLE_TEXT)
    const exported = await desk('export')
    expect(exported).to.include({ code: 0, err: '' })
    const again = await desk('apply', file('exported.yaml', exported.out))
    expect(again).to.deep.equal({ code: 0, err: '', out: 'nothing changes\n' })
    expect((await desk('export')).out).to.equal(exported.out)
  })

  it('takes an e-mail in whatever case it is written', async () => {
    const upper = file('upper.yaml', SMALL.replace('ann@small.example', 'Ann@Small.Example'))
    await desk('apply', upper)
    expect((await stored()).people[0]?.email).to.equal('ann@small.example')
    expect((await desk('apply', upper)).out).to.equal('nothing changes\n')
  })

  it('says in one line what is wrong around it', async () => {
    const absent = await desk('apply', join(folder, 'absent.yaml'))
    expect([absent.code, absent.out, absent.err]).to.deep.equal([
      1,
      '',
      `${join(folder, 'absent.yaml')}: cannot be read\n`,
    ])
    const empty = await desk('export')
    expect([empty.code, empty.out, empty.err]).to.deep.equal([
      1,
      '',
      'no desk is set up in this database yet\n',
    ])
    const nowhere = await runPaidan(['desk', 'export'])
    expect([nowhere.code, nowhere.out]).to.deep.equal([78, ''])
    expect(nowhere.err.trim().split('\n')).to.have.length(1)
  })

  it('says in one line that the database is away', async () => {
    const away = { MONGODB_URI: 'mongodb://user:hunter22@127.0.0.1:9/x' }
    const { code, out, err } = await runPaidan(['desk', 'apply', file('small.yaml', SMALL)], away)
    expect([code, out]).to.deep.equal([1, ''])
    expect(err.trim().split('\n')).to.have.length(1)
    expect(err).to.include('MONGODB_URI').and.to.not.include('hunter22')
  })

  it('prints the schema of a desk file', async () => {
    const { code, out } = await runPaidan(['desk', 'schema'])
    expect(code).to.equal(0)
    expect(JSON.parse(out)).to.have.property('properties')
  })
})
