import { expect } from 'chai'
import type { Logger } from '../../src/lib/logger.js'
import type { Check } from '../../src/web/health.js'
import { createWebServer } from '../../src/web/server.js'
import { SILENT } from '../support/services.js'

const FINE: Check = { ok: true, facts: { waiting: 3, text: 'x' } }

describe('the health of the server', () => {
  function server(checks: Record<string, () => Promise<Check>>, accepting = true, logger: Logger = SILENT) {
    return createWebServer({ checks, accepting: () => accepting, readFile: async () => undefined, logger })
  }

  it('is alive as long as it answers, whatever it depends on', async () => {
    const answer = await server({ database: () => Promise.reject(new Error('away')) }).inject('/livez')
    expect(answer.statusCode).to.equal(200)
    expect(answer.json()).to.deep.equal({ ok: true })
  })

  it('is ready when every check is fine', async () => {
    const answer = await server({ database: async () => FINE, inbox: async () => FINE }).inject('/readyz')
    expect(answer.statusCode).to.equal(200)
    expect(answer.json()).to.deep.equal({ ready: true, checks: { database: FINE, inbox: FINE } })
  })

  it('is not ready when one is not, or fails in whatever way', async () => {
    const failing: Record<string, () => Promise<Check>> = {
      notFine: async () => ({ ok: false, facts: { oldestMs: 9 } }),
      rejects: () => Promise.reject(new Error('secret details')),
      throws: () => {
        throw new Error('secret details')
      },
    }
    for (const [name, check] of Object.entries(failing)) {
      const answer = await server({ database: async () => FINE, [name]: check }).inject('/readyz')
      expect(answer.statusCode, name).to.equal(503)
      expect(answer.json().checks[name].ok).to.equal(false)
      expect(answer.json().checks.database.ok).to.equal(true)
      expect(answer.body).to.not.include('secret')
    }
  })

  it('does not wait for a check that hangs', async () => {
    const began = performance.now()
    const answer = await server({ database: async () => FINE, hangs: () => new Promise(() => {}) }).inject(
      '/readyz',
    )
    expect(answer.statusCode).to.equal(503)
    expect(answer.json().checks).to.deep.equal({ database: FINE, hangs: { ok: false, facts: {} } })
    expect(performance.now() - began).to.be.at.least(1900)
  })

  it('is not ready from the moment it begins to stop', async () => {
    const answer = await server({ database: async () => FINE }, false).inject('/readyz')
    expect(answer.statusCode).to.equal(503)
    expect(answer.json().ready).to.equal(false)
  })

  it('is told to Prometheus in numbers', async () => {
    const answer = await server({
      inbox: async () => FINE,
      broken: () => Promise.reject(new Error('x')),
    }).inject('/metrics')
    expect(answer.statusCode).to.equal(200)
    expect(answer.headers['content-type']).to.include('text/plain')
    expect(answer.body).to.include('paidan_fact{check="inbox",fact="ok"} 1')
    expect(answer.body).to.include('paidan_fact{check="inbox",fact="waiting"} 3')
    expect(answer.body).to.include('paidan_fact{check="broken",fact="ok"} 0')
    expect(answer.body).to.not.include('fact="text"')
    expect(answer.body).to.include('process_cpu_seconds_total')
  })

  describe('stands what comes', () => {
    it('unknown paths and methods', async () => {
      const web = server({})
      for (const url of ['/', '/nothing', '/livez/x', '/%00', '/../etc/passwd']) {
        const answer = await web.inject(url)
        expect(answer.statusCode, url).to.equal(404)
        expect(answer.body).to.equal('')
      }
      expect((await web.inject({ method: 'POST', url: '/livez', payload: {} })).statusCode).to.equal(404)
    })

    it('bodies that are too large or malformed', async () => {
      const web = server({})
      web.post('/echo', async (request) => request.body)
      const json = { 'content-type': 'application/json' }
      const large = await web.inject({
        method: 'POST',
        url: '/echo',
        headers: json,
        payload: `"${'x'.repeat(1024 * 1024)}"`,
      })
      expect([large.statusCode, large.body]).to.deep.equal([413, ''])
      const broken = await web.inject({ method: 'POST', url: '/echo', headers: json, payload: '{"a":' })
      expect([broken.statusCode, broken.body]).to.deep.equal([400, ''])
    })

    it('bugs: the caller learns nothing of them, the log does', async () => {
      const logged: unknown[] = []
      const web = server({}, true, { ...SILENT, error: (_, fields) => logged.push(fields) })
      web.get('/bug', async () => {
        throw new Error('secret details')
      })
      const answer = await web.inject('/bug')
      expect([answer.statusCode, answer.body]).to.deep.equal([500, ''])
      expect(logged).to.have.length(1)
    })
  })
})
