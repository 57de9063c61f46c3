import { expect } from 'chai'
import { AppError } from '../../src/lib/errors.js'
import { redacted } from '../../src/lib/logger.js'
import { runNode } from '../support/cli.js'

const text = (value: unknown): string => JSON.stringify(redacted(value))

describe('what is logged', () => {
  it('keeps ids, codes and numbers', () => {
    const fields = {
      ticketId: 't1',
      number: '2026110001',
      ms: 1.5,
      ok: true,
      at: new Date(0),
      none: null,
      list: [1, 'a'],
    }
    expect(redacted(fields)).to.deep.equal(fields)
  })

  it('loses secrets by their name, however deep', () => {
    for (const name of [
      'token',
      'botToken',
      'SLACK_SIGNING_SECRET',
      'password',
      'Authorization',
      'cookie',
      'x-slack-signature',
    ]) {
      expect(text({ a: [{ [name]: 'sesame' }] })).to.equal(`{"a":[{"${name}":"[redacted]"}]}`)
    }
  })

  it('loses people’s words by their name', () => {
    for (const name of ['text', 'body', 'title', 'excerpt', 'email']) {
      expect(text({ event: { [name]: 'My wife is ill' } })).to.not.include('wife')
    }
  })

  it('loses secrets and addresses inside texts', () => {
    for (const [said, left] of [
      ['failed with xoxb-123-abc-DEF', 'failed with [redacted]'],
      ['failed with xoxe.xoxp-1-Mi0y', 'failed with [redacted]'],
      ['app xapp-1-A01-99-abcdef!', 'app [redacted]!'],
      ['Authorization: Bearer abc.def-ghi=', 'Authorization: [redacted]'],
      ['at mongodb://root:hunter22@db.example:27017/x', 'at [redacted]db.example:27017/x'],
      ['at mongodb+srv://root:hunter22@db.example/x', 'at [redacted]db.example/x'],
      ['dup key: { email: "ann.lee+x@acme.example.com" }', 'dup key: { email: "[redacted]" }'],
    ]) {
      expect(redacted(said)).to.equal(left)
    }
  })

  it('has errors as plain data, with their causes, and nothing of those in clear', () => {
    const cause = new Error('connect to mongodb://root:hunter22@db failed', {
      cause: Object.assign(new Error('token xoxb-1-secret was refused'), { code: 'invalid_auth' }),
    })
    const logged = redacted({ error: new AppError('database.unavailable', {}, cause) }) as {
      error: { name: string; code: string; stack: string; cause: { cause: { code: string } } }
    }
    expect(logged.error).to.include({ name: 'AppError', code: 'database.unavailable' })
    expect(logged.error.stack).to.include('logger.test')
    expect(logged.error.cause.cause.code).to.equal('invalid_auth')
    expect(JSON.stringify(logged)).to.not.include('hunter22').and.to.not.include('xoxb-')
  })

  it('says nothing of what an error carries beside its message', () => {
    const error = Object.assign(new Error('failed'), {
      keyValue: { email: 'ann@acme.example' },
      request: { body: 'words' },
    })
    expect(text({ error })).to.not.include('acme').and.to.not.include('words')
  })

  it('is cut where it is long, deep, wide or in circles', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(text(circle)).to.include('[deep]')
    expect((redacted('x'.repeat(9999)) as string).length).to.equal(2000)
    expect(redacted(Array.from({ length: 99 }, (_, i) => i))).to.have.length(50)
    expect(redacted({ bytes: Buffer.from('My wife is ill') })).to.deep.equal({ bytes: '[bytes]' })
  })

  it('is one line of JSON each, with the fields of its children', async () => {
    const script = `
      import { createLogger } from './src/lib/logger.js'
      const log = createLogger('info')
      log.child({ ticketId: 't1', token: 'sesame' }).info('hello\\nworld', { eventKey: 'e1', text: 'words' })
      log.debug('not this')
      log.error('bad', { error: new Error('xoxb-1-a') })
      createLogger('silent').error('nor this')`
    const { out, code } = await runNode(['--input-type=module', '--eval', script])
    expect(code).to.equal(0)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).to.have.length(2)
    expect(lines[0]).to.include({
      level: 'info',
      message: 'hello\nworld',
      ticketId: 't1',
      eventKey: 'e1',
      token: '[redacted]',
      text: '[redacted]',
    })
    expect(lines[0]?.timestamp).to.be.a('string')
    expect(out).to.not.include('sesame').and.to.not.include('words').and.to.not.include('xoxb')
  }).timeout(30_000)
})
