import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { createLogger } from '../../src/lib/logger.js'
import { clockOffsetMs, setClockOffset } from '../../src/lib/now.js'
import { type Sandbox, startSandbox } from '../../src/sandbox/main.js'

const SERVER = fileURLToPath(new URL('../support/stand-in-server.mjs', import.meta.url))
const HOUR_MS = 3_600_000

describe('the sandbox', function () {
  this.timeout(60_000)
  let folder: string
  let sandbox: Sandbox
  let origin: string

  const start = (): Promise<Sandbox> =>
    startSandbox({
      port: 0,
      dataDir: folder,
      mongodbUri: 'mongodb://127.0.0.1:9/none',
      deskFile: 'desks/sample/desk.yaml',
      log: createLogger('silent'),
      env: { PATH: process.env.PATH, STAND_IN: JSON.stringify({ countFile: join(folder, 'starts') }) },
      serverArgs: (offsetMs) => [SERVER, String(offsetMs)],
    })
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paidan-sandbox-'))
    sandbox = await start()
    origin = new URL(sandbox.url).origin
    await sandbox.server.whenUp(30_000)
  })
  after(async () => {
    await sandbox?.close()
    setClockOffset(0)
    rmSync(folder, { recursive: true, force: true })
  })

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  it('serves a page that may load and call nothing but the sandbox itself', async () => {
    const response = await fetch(sandbox.url)
    const html = await response.text()
    expect(response.headers.get('content-security-policy'))
      .to.contain("default-src 'none'")
      .and.not.contain('unsafe')
    const addresses = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url]) => url)
    expect(
      addresses.filter((url) => !url?.startsWith('/sandbox/assets/') && !url?.startsWith('data:')),
    ).to.deep.equal([])
    for (const url of addresses.filter((each) => each?.startsWith('/'))) {
      const asset = await fetch(origin + url)
      expect(asset.status, url).to.equal(200)
      expect(asset.headers.get('cache-control')).to.contain('immutable')
    }
  })

  it('bundles the page once for the same sources', async () => {
    const name = /page-\w+\.js/.exec(await (await fetch(sandbox.url)).text())?.[0] ?? ''
    const cached = join(folder, 'page', name)
    writeFileSync(cached, '// from the cache')
    await sandbox.close()
    sandbox = await start()
    origin = new URL(sandbox.url).origin
    await sandbox.server.whenUp(30_000)
    expect(await (await fetch(`${origin}/sandbox/assets/${name}`)).text()).to.equal('// from the cache')
  })

  it('refuses requests of other sites, and under other names', async () => {
    const foreign = await post('/sandbox/clock', { advanceMs: HOUR_MS }, { origin: 'https://bad.example' })
    expect(foreign.status).to.equal(403)
    expect(await statusUnder('bad.example')).to.equal(403)
    expect(await statusUnder('localhost')).to.equal(200)
    expect(clockOffsetMs()).to.equal(0)
  })

  function statusUnder(host: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const asked = request(`${origin}/sandbox/about`, { headers: { host } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.on('error', reject).end()
    })
  }

  it('moves the clock forward, the server’s with it', async () => {
    const moved = (await (await post('/sandbox/clock', { advanceMs: HOUR_MS })).json()) as Record<
      string,
      unknown
    >
    expect(moved).to.include({ clockOffsetMs: HOUR_MS, swept: true })
    const server = (await (await fetch(sandbox.server.url)).json()) as Record<string, unknown>
    expect(server.clockOffsetMs).to.equal(HOUR_MS)
    expect(clockOffsetMs()).to.equal(HOUR_MS)
  })

  for (const body of [
    { advanceMs: -1 },
    { advanceMs: 0 },
    { advanceMs: 1.5 },
    { advanceMs: 1e15 },
    { advance: 'year' },
    {},
    null,
  ]) {
    it(`does not move the clock by ${JSON.stringify(body)}`, async () => {
      const before = clockOffsetMs()
      expect((await post('/sandbox/clock', body)).status).to.equal(400)
      expect(clockOffsetMs()).to.equal(before)
    })
  }

  it('keeps what was uploaded, and takes nothing for strangers', async () => {
    const base64 = Buffer.from('a picture').toString('base64')
    const uploaded = await post('/sandbox/upload', { userId: 'U0WANGXM01', name: 'a.png', base64 })
    const { id } = (await uploaded.json()) as { id: string }
    const back = await fetch(`${origin}/sandbox/slack/files/${id}`)
    expect(await back.text()).to.equal('a picture')
    expect((await post('/sandbox/upload', { userId: 'U0NOBODY01', name: 'a', base64 })).status).to.equal(404)
    expect((await post('/sandbox/upload', { name: 'a' })).status).to.equal(400)
  })

  it('passes the server’s own files on', async () => {
    const answer = await fetch(`${origin}/files/some-id`)
    expect(await answer.json()).to.have.property('pid')
  })

  it('offers every person at each messenger they have an account on', async () => {
    const about = (await (await fetch(`${origin}/sandbox/about`)).json()) as {
      platforms: string[]
      people: { id: string; accounts: Record<string, string> }[]
    }
    expect(about.platforms).to.deep.equal(['slack', 'teams', 'feishu'])
    const zhao = about.people.find((person) => person.id === 'zhao')
    expect(Object.keys(zhao?.accounts ?? {})).to.deep.equal(['slack', 'teams', 'feishu'])
    for (const [platform, account] of Object.entries(zhao?.accounts ?? {})) {
      const answer = await fetch(`${origin}/sandbox/view/${platform}/${account}`)
      const view = (await answer.json()) as { conversations: { kind: string }[] }
      const kinds = view.conversations.map((conversation) => conversation.kind)
      expect(kinds, platform).to.include('channel')
      expect(
        kinds.filter((kind) => kind === 'im' || kind === 'direct'),
        platform,
      ).to.have.length(1)
    }
    const stranger = await fetch(`${origin}/sandbox/view/feishu/${zhao?.accounts.slack}`)
    expect(stranger.status).to.equal(404)
  })

  it('has everybody in Feishu open their chat with the bot once the program is up to hear it', async () => {
    const opened = async (): Promise<string[]> => {
      const answer = await fetch(`${origin}/sandbox/feishu/calls?since=0`)
      const { deliveries } = (await answer.json()) as { deliveries: { type: string; outcome: string }[] }
      return deliveries
        .filter(({ type }) => type === 'im.chat.access_event.bot_p2p_chat_entered_v1')
        .map(({ outcome }) => outcome)
    }
    const { people } = (await (await fetch(`${origin}/sandbox/about`)).json()) as {
      people: { accounts: Record<string, string> }[]
    }
    const onFeishu = people.filter(({ accounts }) => accounts.feishu !== undefined)
    while ((await opened()).length < onFeishu.length) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await opened()).to.deep.equal(onFeishu.map(() => 'acknowledged'))
  })

  it('takes all messengers down at once, and brings them back', async () => {
    const down = async (): Promise<number[]> => {
      const faults = ['slack', 'teams', 'feishu'].map((name) => fetch(`${origin}/sandbox/${name}/faults`))
      const views = await Promise.all((await Promise.all(faults)).map((answer) => answer.json()))
      return views.map((view) => (view as { downMsLeft: number }).downMsLeft)
    }
    expect((await post('/sandbox/faults/down', { ms: 60_000 })).status).to.equal(200)
    expect((await down()).every((ms) => ms > 1000)).to.equal(true)
    expect((await post('/sandbox/faults/down', { ms: 0 })).status).to.equal(200)
    expect(await down()).to.deep.equal([0, 0, 0])
    expect((await post('/sandbox/faults/down', { ms: 'long' })).status).to.equal(400)
  })

  it('keeps what stands in Teams and Feishu over a restart', async () => {
    const wang = 'ou_wang0000000000000000000000000001'
    const emma = '5a3c1e00-0000-4000-8000-000000000002'
    const said = async (platform: string, userId: string): Promise<string> =>
      (await fetch(`${origin}/sandbox/view/${platform}/${userId}`)).text()
    const direct = async (platform: string, userId: string): Promise<string> => {
      const { conversations } = JSON.parse(await said(platform, userId)) as {
        conversations: { id: string; kind: string }[]
      }
      return conversations.find((each) => each.kind === 'direct')?.id ?? ''
    }
    for (const [platform, userId] of [
      ['feishu', wang],
      ['teams', emma],
    ] as const) {
      const conversation = await direct(platform, userId)
      const body = { userId, conversation, text: `kept on ${platform}` }
      const sent = await post(`/sandbox/${platform}/gestures/postMessage`, body)
      expect(await sent.json(), platform).to.include({ ok: true })
    }
    await sandbox.close()
    sandbox = await start()
    origin = new URL(sandbox.url).origin
    expect(await said('feishu', wang)).to.contain('kept on feishu')
    expect(await said('teams', emma)).to.contain('kept on teams')
  })

  it('has people, channels, clock and files again after a restart, and the same secrets', async () => {
    const about = async (): Promise<unknown> => {
      const {
        people,
        teams,
        clockOffsetMs: ahead,
      } = (await (await fetch(`${origin}/sandbox/about`)).json()) as Record<string, unknown>
      return { people, teams, ahead }
    }
    const posted = await post('/sandbox/slack/gestures/postMessage', {
      userId: 'U0WANGXM01',
      channel: 'C0GENERAL1',
      text: 'before the restart',
      files: [{ name: 'b.txt', base64: Buffer.from('kept').toString('base64') }],
    })
    expect(await posted.json()).to.include({ ok: true })
    const before = await about()
    const secrets = readFileSync(join(folder, 'secrets.json'), 'utf8')
    await sandbox.close()
    setClockOffset(0)
    sandbox = await start()
    origin = new URL(sandbox.url).origin
    expect(await about()).to.deep.equal(before)
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).to.equal(secrets)
    const state = (await (await fetch(`${origin}/sandbox/slack/state`)).json()) as {
      state: { messages: Record<string, { text: string; files?: { id: string }[] }[]> }
    }
    const message = state.state.messages.C0GENERAL1?.find((each) => each.text === 'before the restart')
    const file = await fetch(`${origin}/sandbox/slack/files/${message?.files?.[0]?.id}`)
    expect(await file.text()).to.equal('kept')
  })

  it('starts empty, and keeps what it could not read aside', async () => {
    await sandbox.close()
    writeFileSync(join(folder, 'sandbox.json'), '{"half a')
    sandbox = await start()
    origin = new URL(sandbox.url).origin
    expect(clockOffsetMs()).to.equal(0)
    expect(readFileSync(join(folder, 'sandbox.json.unreadable'), 'utf8')).to.equal('{"half a')
  })
})
