import { expect } from 'chai'
import { now } from '../../src/lib/now.js'
import { createDesks } from '../../src/models/mongo/desks.js'
import { createPeople } from '../../src/models/mongo/people.js'
import { deskOf, SMALL } from '../models/desk/sample-desk.js'
import { runPaidan } from '../support/cli.js'
import { freshDatabase } from '../support/fresh-database.js'

const AT = new Date('2026-11-02T01:02:03.456Z')

describe('paidan aside', function () {
  this.timeout(60_000)
  const database = freshDatabase()
  const aside = (...args: string[]) => runPaidan(['aside', ...args], { MONGODB_URI: database.uri() })
  const given = async () => {
    const set = deskOf(SMALL)
    await createPeople(database(), now).list(set.desk.id, set.people)
    await createDesks(database()).save(set.desk)
    await database().inbox.insertMany(
      ['one', 'two'].map((id) => ({
        _id: id,
        deskId: set.desk.id,
        keys: [id],
        conversation: 'slack:D1',
        order: id,
        event: { kind: 'message', text: 'private words' },
        receivedAt: AT,
        readyAt: AT,
        state: 'aside',
        asideAt: AT,
        attempts: 12,
        reason: 'internal.bug',
      })),
    )
  }
  const undone = async () => (await database().inbox.find({ state: 'new' }).toArray()).map(({ _id }) => _id)

  it('lists what there is, without a word of it', async () => {
    await given()
    const { code, err, out } = await aside()
    expect([code, err]).to.deep.equal([0, ''])
    const [head, first, ...rest] = out.trimEnd().split('\n')
    expect(head).to.match(/^SET ASIDE +IN +WHAT +TICKET +CONVERSATION +REASON +ID$/)
    expect(first?.split(/ +/)).to.deep.equal([
      '2026-11-02T01:02:03Z',
      'inbox',
      'message',
      '-',
      'slack:D1',
      'internal.bug',
      'one',
    ])
    expect(rest).to.have.length(1)
    expect(out).to.not.contain('private')
  })

  it('makes due again what is named, and then the rest', async () => {
    await given()
    expect(await aside('retry', 'two')).to.deep.equal({ code: 0, err: '', out: 'due again: 1\n' })
    expect(await undone()).to.deep.equal(['two'])
    expect(await aside('retry', '--all')).to.deep.equal({ code: 0, err: '', out: 'due again: 1\n' })
    expect(await undone()).to.have.members(['one', 'two'])
    expect(await aside()).to.deep.equal({ code: 0, err: '', out: 'nothing is set aside\n' })
    expect(await aside('retry', '--all')).to.deep.equal({ code: 1, err: 'nothing is set aside\n', out: '' })
  })

  it('changes nothing where an id is unknown, or where it is not clear what is meant', async () => {
    await given()
    const unknown = await aside('retry', 'one', 'tow')
    expect(unknown).to.deep.equal({ code: 1, err: 'tow: is not set aside\n', out: '' })
    const nothing = await aside('retry')
    expect([nothing.code, nothing.err]).to.deep.equal([
      1,
      'which ones? Give ids as `paidan aside` lists them, or --all\n',
    ])
    const both = await aside('retry', 'one', '--all')
    expect([both.code, both.err]).to.deep.equal([1, 'either ids or --all, not both\n'])
    expect(await undone()).to.deep.equal([])
  })

  it('says so where there is no desk yet, and where the database does not answer', async () => {
    expect(await aside()).to.deep.equal({
      code: 1,
      err: 'no desk is set up in this database yet\n',
      out: '',
    })
    const away = await runPaidan(['aside'], {
      MONGODB_URI: 'mongodb://127.0.0.1:9/x?serverSelectionTimeoutMS=200',
    })
    expect([away.code, away.err]).to.deep.equal([
      1,
      'The database does not answer: look at MONGODB_URI and whether mongod runs.\n',
    ])
  })
})
