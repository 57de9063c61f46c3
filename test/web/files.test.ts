import { expect } from 'chai'
import { createFiles } from '../../src/models/mongo/files.js'
import { createWebServer } from '../../src/web/server.js'
import { freshDatabase } from '../support/fresh-database.js'
import { SILENT } from '../support/services.js'

describe('files over HTTP', () => {
  const database = freshDatabase()
  const asked: string[] = []
  const server = () => {
    const files = createFiles(database())
    return createWebServer({
      checks: {},
      accepting: () => true,
      logger: SILENT,
      readFile: async (id) => {
        asked.push(id)
        const found = await files.read('acme', id)
        return found && { name: found.file.name, bytes: found.file.bytes, stream: found.stream }
      },
    })
  }
  const save = (name: string, bytes: Buffer) => createFiles(database()).save('acme', name, bytes)

  it('are downloads, and nothing a browser shows or runs', async () => {
    const bytes = Buffer.from('<script>alert(1)</script>')
    const { id } = await save('page.html', bytes)
    const answer = await server().inject(`/files/${id}`)
    expect(answer.statusCode).to.equal(200)
    expect(answer.rawPayload.equals(bytes)).to.equal(true)
    expect(answer.headers).to.deep.include({
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
      'content-disposition': "attachment; filename*=UTF-8''page.html",
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    })
  })

  it('come whole, however large', async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024, 'abc')
    const { id } = await save('big.bin', bytes)
    const answer = await server().inject(`/files/${id}`)
    expect(answer.rawPayload.equals(bytes)).to.equal(true)
  })

  it('keep any name within its header', async () => {
    for (const [name, encoded] of [
      ['截图 1.png', '%E6%88%AA%E5%9B%BE%201.png'],
      ['a"b;c\\d.txt', 'd.txt'],
      ["it's (1)*.txt", 'it%27s%20%281%29%2A.txt'],
      ['x\r\nset-cookie: y', 'xset-cookie%3A%20y'],
    ] as const) {
      const { id } = await save(name, Buffer.from('x'))
      const answer = await server().inject(`/files/${id}`)
      expect(answer.headers['content-disposition']).to.equal(`attachment; filename*=UTF-8''${encoded}`)
      expect(answer.headers).to.not.have.property('set-cookie')
    }
  })

  it('are not there under an unknown id', async () => {
    const answer = await server().inject(`/files/${'0'.repeat(26)}`)
    expect([answer.statusCode, answer.body]).to.deep.equal([404, ''])
  })

  it('are not even looked for under what is no id', async () => {
    asked.length = 0
    for (const id of [
      'x',
      '..',
      '%2e%2e%2fetc',
      '0'.repeat(27),
      '0'.repeat(25),
      `${'0'.repeat(25)}A`,
      '%24ne',
      '',
    ]) {
      expect((await server().inject(`/files/${id}`)).statusCode, id).to.equal(404)
    }
    expect(asked).to.deep.equal([])
  })
})
