import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { createOpenApi, type OpenApi } from '../../../src/adapters/feishu/open-api.js'

/** A server that answers as told and keeps what it was sent. */
interface Wire {
  url: string
  requests: { url: string; method: string; authorization: string | undefined }[]
  close(): Promise<void>
}
async function startWire(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Wire> {
  const requests: Wire['requests'] = []
  let tokens = 0
  const server: Server = createServer((request, response) => {
    const { url = '', method = '', headers } = request
    requests.push({ url, method, authorization: headers.authorization })
    request.resume().on('end', () => {
      if (!url.includes('tenant_access_token')) return answer(request, response)
      tokens += 1
      json(response, 200, { code: 0, msg: 'ok', tenant_access_token: `t-${tokens}`, expire: 7200 })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

describe('the open API and a server that misbehaves', () => {
  let wire: Wire
  afterEach(() => wire.close())
  const at = (url: string, callMs = 5000): OpenApi =>
    createOpenApi({ appId: 'cli_1', appSecret: 'an-app-secret', domain: url, callMs })
  const ask = { method: 'GET', path: '/bot/v3/info' } as const
  async function thrownBy(work: Promise<unknown>): Promise<Record<string, unknown>> {
    try {
      await work
    } catch (error) {
      return error as Record<string, unknown>
    }
    throw new Error('nothing was thrown')
  }

  it('takes a code that is not nought as the failure it is, though the status is 200', async () => {
    wire = await startWire((_request, response) =>
      json(response, 200, { code: 230001, msg: 'x' }, { 'x-ogw-ratelimit-reset': '3' }),
    )
    expect(await thrownBy(at(wire.url).call(ask))).to.include({ code: 230001, status: 200, waitMs: 3000 })
  })

  it('reads the code and the wait of an HTTP error', async () => {
    wire = await startWire((_request, response) =>
      json(response, 429, { code: 99991400 }, { 'x-ogw-ratelimit-reset': '9' }),
    )
    expect(await thrownBy(at(wire.url).call(ask))).to.include({ code: 99991400, status: 429, waitMs: 9000 })
  })

  it('takes no page for an answer', async () => {
    wire = await startWire((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>')
    })
    expect(await thrownBy(at(wire.url).call(ask))).to.include({ message: 'unreadable answer' })
  })

  it('follows no redirection, which would carry the token elsewhere', async () => {
    wire = await startWire((_request, response) => {
      response.writeHead(302, { location: `${wire.url}/elsewhere` }).end()
    })
    expect(await thrownBy(at(wire.url).call(ask))).to.include({ status: 302 })
    expect(wire.requests.map(({ url }) => url)).to.not.include('/elsewhere')
  })

  it('gives up a call that takes too long', async () => {
    wire = await startWire(() => undefined)
    expect(await thrownBy(at(wire.url, 60).call(ask))).to.include({ code: 'ECONNABORTED' })
  })

  it('gets one fresh token for calls that were refused together, and repeats each once', async () => {
    wire = await startWire((request, response) => {
      const isOld = request.headers.authorization === 'Bearer t-1'
      json(response, isOld ? 400 : 200, isOld ? { code: 99991663 } : { code: 0, data: { ok: true } })
    })
    const api = at(wire.url)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => api.call(ask)))
    expect(answers).to.deep.equal(Array(5).fill({ ok: true }))
    expect(wire.requests.filter(({ url }) => url.includes('token'))).to.have.length(2)
    expect(wire.requests.filter(({ url }) => url.includes('bot'))).to.have.length(10)
  })

  it('does not ask for ever when every token is refused', async () => {
    wire = await startWire((_request, response) => json(response, 400, { code: 99991663 }))
    expect(await thrownBy(at(wire.url).call(ask))).to.include({ code: 99991663 })
    expect(wire.requests.filter(({ url }) => url.includes('token'))).to.have.length(2)
  })

  it('keeps the token of one address from another, which clients of the SDK do not', async () => {
    wire = await startWire((_request, response) => json(response, 200, { code: 0 }))
    await at(wire.url).call(ask)
    await at(wire.url).call(ask)
    expect(wire.requests.map(({ authorization }) => authorization)).to.deep.equal([
      undefined,
      'Bearer t-1',
      undefined,
      'Bearer t-2',
    ])
  })

  it('goes through no proxy, whatever the environment names', async () => {
    wire = await startWire((_request, response) => json(response, 200, { code: 0, data: { ok: true } }))
    const before = { ...process.env }
    try {
      for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'all_proxy', 'ALL_PROXY'])
        process.env[name] = 'http://127.0.0.1:9'
      for (const name of ['no_proxy', 'NO_PROXY']) delete process.env[name]
      expect(await at(wire.url).call(ask)).to.deep.equal({ ok: true })
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
      Object.assign(process.env, before)
    }
  })

  it('says nothing by itself: the SDK would log the request with its token', async () => {
    wire = await startWire((_request, response) => json(response, 400, { code: 230001, msg: 'no' }))
    const script = `
      const { createOpenApi } = await import('./src/adapters/feishu/open-api.js')
      const api = createOpenApi({ appId: 'cli_1', appSecret: 'an-app-secret', domain: process.argv[1] })
      await api.call({ method: 'POST', path: '/x', data: { text: 'words' } }).catch(() => undefined)
      process.exit(0)`
    const args = ['--import', 'tsx', '--input-type=module', '-e', script, wire.url]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: process.cwd() })
    expect(wire.requests.map(({ url }) => url)).to.include('/open-apis/x')
    expect(stdout + stderr).to.equal('')
  })

  it('does not read more of a file than it may', async () => {
    wire = await startWire((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(100))
    })
    const api = at(wire.url)
    expect(await api.download('/x', {}, 99)).to.equal('too_large')
    expect(await api.download('/x', {}, 100)).to.deep.equal(Buffer.alloc(100))
  })

  it('understands the refusal of a download, which comes as bytes', async () => {
    wire = await startWire((_request, response) => json(response, 400, { code: 234003 }))
    expect(await thrownBy(at(wire.url).download('/x', {}, 9999))).to.include({ code: 234003 })
  })

  it('throws nothing that holds a token, the secret or the request', async () => {
    wire = await startWire((_request, response) => json(response, 500, {}))
    const error = await thrownBy(
      at(wire.url).call({ method: 'POST', path: '/x', data: { text: 'people’s words' } }),
    )
    const { inspect } = await import('node:util')
    expect(inspect(error, { depth: 9, showHidden: true })).to.not.match(/t-1|an-app-secret|people’s words/)
  })
})
