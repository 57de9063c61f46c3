import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Config, readConfig } from '../src/config.js'
import { runPaidan } from './support/cli.js'

const GOOD = { MONGODB_URI: 'mongodb://user:hunter22@127.0.0.1/desk' }
const FEISHU = {
  FEISHU_APP_ID: 'cli_0123456789abcdef',
  FEISHU_APP_SECRET: 'the-app-secret',
  FEISHU_ENCRYPT_KEY: 'the-key',
  FEISHU_VERIFICATION_TOKEN: 'the-token',
}
const TEAMS = { TEAMS_APP_ID: 'app-id', TEAMS_APP_PASSWORD: 'app-password', TEAMS_TENANT_ID: 'tenant-id' }
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_SIGNING_SECRET: 'a-long-secret' }

describe('the configuration', () => {
  const configOf = (env: NodeJS.ProcessEnv): Config => {
    const read = readConfig(env)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.config
  }
  const problemsOf = (env: NodeJS.ProcessEnv) => {
    const read = readConfig(env)
    return read.ok ? [] : read.problems
  }
  const names = (env: NodeJS.ProcessEnv) => problemsOf(env).map(({ name }) => name)

  it('has defaults for everything but the database', () => {
    expect(configOf(GOOD)).to.deep.include({
      mongodbUri: GOOD.MONGODB_URI,
      port: 3000,
      host: '0.0.0.0',
      publicUrl: 'http://127.0.0.1:3000',
      logLevel: 'info',
    })
    expect(configOf(GOOD)).to.not.have.any.keys('slack', 'crashAt')
  })

  it('takes what is given', () => {
    const env = {
      ...GOOD,
      PORT: '8081',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'https://desk.example',
      LOG_LEVEL: 'debug',
    }
    expect(configOf(env)).to.deep.include({
      port: 8081,
      host: '127.0.0.1',
      publicUrl: 'https://desk.example',
      logLevel: 'debug',
    })
    expect(configOf({ ...GOOD, PORT: '8081', HOST: '127.0.0.1' }).publicUrl).to.equal('http://127.0.0.1:8081')
  })

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(configOf({ ...GOOD, PORT: '', SLACK_BOT_TOKEN: '' })).to.include({ port: 3000 })
    expect(names({ MONGODB_URI: '' })).to.deep.equal(['MONGODB_URI'])
  })

  it('names everything that is wrong at once', () => {
    const env = {
      MONGODB_URI: 'postgres://x',
      PORT: 'http',
      PUBLIC_URL: 'desk',
      LOG_LEVEL: 'loud',
      SLACK_SIGNING_SECRET: 'short',
      SLACK_API_URL: 'ftp://x',
      PAIDAN_CRASH_AT: 'anywhere',
    }
    expect(names(env)).to.have.members([...Object.keys(env), 'SLACK_BOT_TOKEN'])
  })

  it('never repeats a value', () => {
    const env = {
      MONGODB_URI: 'value-of-uri',
      PORT: 'value-of-port',
      HOST: 'value-of-host',
      PUBLIC_URL: 'value-of-url',
      LOG_LEVEL: 'value-of-level',
      SLACK_BOT_TOKEN: 'value-of-token',
      SLACK_SIGNING_SECRET: 'value',
      SLACK_API_URL: 'value-of-api',
      PAIDAN_CRASH_AT: 'value-of-crash',
    }
    expect(JSON.stringify(problemsOf(env))).to.not.include('value')
  })

  describe('of Slack', () => {
    it('is off while none of its variables is set', () => {
      expect(configOf(GOOD).slack).to.equal(undefined)
    })

    it('is on when all it needs is there', () => {
      expect(configOf({ ...GOOD, ...SLACK }).slack).to.deep.equal({
        botToken: 'xoxb-1-abc',
        signingSecret: 'a-long-secret',
      })
      expect(
        configOf({ ...GOOD, ...SLACK, SLACK_API_URL: 'http://127.0.0.1:1/api/' }).slack?.apiUrl,
      ).to.equal('http://127.0.0.1:1/api/')
    })

    it('is a mistake when only a part is', () => {
      expect(names({ ...GOOD, SLACK_API_URL: 'http://127.0.0.1:1/' })).to.have.members([
        'SLACK_BOT_TOKEN',
        'SLACK_SIGNING_SECRET',
      ])
      expect(names({ ...GOOD, SLACK_BOT_TOKEN: SLACK.SLACK_BOT_TOKEN })).to.deep.equal([
        'SLACK_SIGNING_SECRET',
      ])
      expect(names({ ...GOOD, ...SLACK, SLACK_BOT_TOKEN: 'xoxp-1-abc' })).to.deep.equal(['SLACK_BOT_TOKEN'])
    })
  })

  describe('of Feishu', () => {
    it('is off while none of its variables is set', () => {
      expect(configOf(GOOD).feishu).to.equal(undefined)
    })

    it('takes webhooks, unless told otherwise, and needs what checks them', () => {
      expect(configOf({ ...GOOD, ...FEISHU }).feishu).to.deep.equal({
        appId: 'cli_0123456789abcdef',
        appSecret: 'the-app-secret',
        encryptKey: 'the-key',
        verificationToken: 'the-token',
        mode: 'webhook',
      })
      const { FEISHU_APP_ID, FEISHU_APP_SECRET } = FEISHU
      expect(names({ ...GOOD, FEISHU_APP_ID, FEISHU_APP_SECRET })).to.have.members([
        'FEISHU_ENCRYPT_KEY',
        'FEISHU_VERIFICATION_TOKEN',
      ])
    })

    it('needs neither for the long connection', () => {
      const { FEISHU_APP_ID, FEISHU_APP_SECRET } = FEISHU
      const env = { ...GOOD, FEISHU_APP_ID, FEISHU_APP_SECRET, FEISHU_MODE: 'websocket' }
      expect(configOf(env).feishu).to.include({ mode: 'websocket' })
    })

    for (const [given, domain] of [
      ['feishu', 'https://open.feishu.cn'],
      ['lark', 'https://open.larksuite.com'],
      ['http://127.0.0.1:1/feishu', 'http://127.0.0.1:1/feishu'],
    ] as const) {
      it(`has its domain from “${given}”`, () => {
        expect(configOf({ ...GOOD, ...FEISHU, FEISHU_DOMAIN: given }).feishu?.domain).to.equal(domain)
      })
    }

    it('is a mistake when a value is no such thing', () => {
      const wrong = { FEISHU_APP_ID: 'cli_x', FEISHU_DOMAIN: 'mars', FEISHU_MODE: 'pigeon' }
      expect(names({ ...GOOD, ...FEISHU, ...wrong })).to.have.members(Object.keys(wrong))
    })
  })

  describe('of Teams', () => {
    it('is off while none of its variables is set', () => {
      expect(configOf(GOOD).teams).to.equal(undefined)
    })

    it('is on when all it needs is there', () => {
      expect(configOf({ ...GOOD, ...TEAMS }).teams).to.deep.equal({
        auth: { kind: 'app', appId: 'app-id', appPassword: 'app-password', tenantId: 'tenant-id' },
      })
      expect(names({ ...GOOD, TEAMS_APP_ID: 'app-id' })).to.have.members([
        'TEAMS_APP_PASSWORD',
        'TEAMS_TENANT_ID',
      ])
    })

    it('lists further origins of the service', () => {
      const env = { ...GOOD, ...TEAMS, TEAMS_SERVICE_URLS: 'http://127.0.0.1:1, https://smba.example' }
      expect(configOf(env).teams?.serviceUrls).to.deep.equal(['http://127.0.0.1:1', 'https://smba.example'])
      expect(names({ ...env, TEAMS_SERVICE_URLS: 'nowhere' })).to.deep.equal(['TEAMS_SERVICE_URLS'])
    })

    it('knows that only mentions arrive where that is said', () => {
      const env = { ...GOOD, ...TEAMS }
      expect(configOf(env).teams).to.not.have.property('hearsThreads')
      expect(configOf({ ...env, TEAMS_THREADS: 'mentions' }).teams?.hearsThreads).to.equal(false)
      expect(names({ ...env, TEAMS_THREADS: 'some' })).to.deep.equal(['TEAMS_THREADS'])
    })

    it('checks nobody only on this very machine', () => {
      const env = { ...GOOD, TEAMS_AUTH: 'anonymous' }
      expect(configOf({ ...env, HOST: '127.0.0.1' }).teams?.auth).to.deep.equal({ kind: 'anonymous' })
      expect(names(env)).to.deep.equal(['TEAMS_AUTH'])
      expect(names({ ...env, HOST: '10.0.0.7' })).to.deep.equal(['TEAMS_AUTH'])
    })
  })

  describe('in files', () => {
    let folder: string
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'paidan-'))
    })
    afterEach(() => rmSync(folder, { recursive: true }))
    const holding = (text: string) => {
      const path = join(folder, 'secret')
      writeFileSync(path, text)
      return path
    }

    it('is read without the line’s end', () => {
      const path = holding(`${GOOD.MONGODB_URI}\n`)
      expect(configOf({ MONGODB_URI_FILE: path }).mongodbUri).to.equal(GOOD.MONGODB_URI)
    })

    it('yields to the variable itself, and stands in for an empty one', () => {
      const path = holding('xoxb-from-file')
      const env = { ...GOOD, ...SLACK, SLACK_BOT_TOKEN_FILE: path }
      expect(configOf(env).slack?.botToken).to.equal('xoxb-1-abc')
      expect(configOf({ ...env, SLACK_BOT_TOKEN: '' }).slack?.botToken).to.equal('xoxb-from-file')
    })

    it('turns a messenger on as well', () => {
      const path = holding('xoxb-from-file')
      expect(names({ ...GOOD, SLACK_BOT_TOKEN: '', SLACK_BOT_TOKEN_FILE: path })).to.deep.equal([
        'SLACK_SIGNING_SECRET',
      ])
    })

    it('is named when its file cannot be read, once and without its path', () => {
      const env = { MONGODB_URI_FILE: join(folder, 'absent') }
      expect(names(env)).to.deep.equal(['MONGODB_URI_FILE'])
      expect(JSON.stringify(problemsOf(env))).to.not.include('absent')
    })
  })

  describe('of crashes', () => {
    it('names a checkpoint and the n-th time', () => {
      expect(configOf({ ...GOOD, PAIDAN_CRASH_AT: 'after_commit' }).crashAt).to.deep.equal({
        checkpoint: 'after_commit',
        nth: 1,
      })
      expect(configOf({ ...GOOD, PAIDAN_CRASH_AT: 'after_post#3' }).crashAt).to.deep.equal({
        checkpoint: 'after_post',
        nth: 3,
      })
      expect(names({ ...GOOD, PAIDAN_CRASH_AT: 'after_post#0' })).to.deep.equal(['PAIDAN_CRASH_AT'])
    })

    it('is refused in production', () => {
      const env = { ...GOOD, PAIDAN_CRASH_AT: 'after_commit', NODE_ENV: 'production' }
      expect(names(env)).to.deep.equal(['PAIDAN_CRASH_AT'])
      expect(names({ ...GOOD, NODE_ENV: 'production' })).to.deep.equal([])
    })
  })

  it('that is wrong ends the program with 78 and one line for each mistake', async () => {
    const { code, out, err } = await runPaidan(['serve'], {
      PORT: 'http',
      SLACK_BOT_TOKEN: 'xoxb-secret-one',
    })
    expect(code).to.equal(78)
    expect(out).to.equal('')
    const lines = err.trim().split('\n')
    expect(lines.map((line) => line.split(':')[0])).to.have.members([
      'MONGODB_URI',
      'PORT',
      'SLACK_SIGNING_SECRET',
    ])
    expect(err).to.not.include('secret-one')
  }).timeout(30_000)
})
