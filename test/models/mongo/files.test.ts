import { expect } from 'chai'
import { createFiles, MAX_FILE_BYTES, safeName } from '../../../src/models/mongo/files.js'
import { freshDatabase } from '../../support/fresh-database.js'

/** The smallest PNG there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('kept files', () => {
  const database = freshDatabase()
  const files = () => createFiles(database())

  it('come back byte by byte', async () => {
    const kept = await files().save('acme', 'shot.png', PNG)
    expect(kept).to.deep.include({ name: 'shot.png', bytes: PNG.length, mediaType: 'image/png' })
    expect((await files().bytes('acme', kept.id))?.equals(PNG)).to.equal(true)
    const read = await files().read('acme', kept.id)
    expect(read?.file).to.deep.equal(kept)
    const chunks: Buffer[] = []
    for await (const chunk of read?.stream ?? []) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).equals(PNG)).to.equal(true)
  })

  it('come back whole when they are as large as may be', async () => {
    const bytes = Buffer.alloc(MAX_FILE_BYTES, 7)
    const kept = await files().save('acme', 'big.bin', bytes)
    expect(kept.bytes).to.equal(10 * 1024 * 1024)
    expect((await files().bytes('acme', kept.id))?.equals(bytes)).to.equal(true)
  }).timeout(30_000)

  it('are what their bytes are, whatever they are called', async () => {
    const type = async (name: string, bytes: Buffer) => (await files().save('acme', name, bytes)).mediaType
    expect(await type('invoice.pdf', PNG)).to.equal('image/png')
    expect(await type('photo.png', Buffer.from('<script>alert(1)</script>'))).to.equal(
      'application/octet-stream',
    )
    expect(await type('program.txt', Buffer.from('%PDF-1.7\n%âãÏÓ\n'))).to.equal('application/pdf')
    expect(await type('nothing', Buffer.alloc(0))).to.equal('application/octet-stream')
    expect(await type('cut.png', PNG.subarray(0, 9))).to.be.a('string')
  })

  it('are not there for another desk, nor under another id', async () => {
    const kept = await files().save('acme', 'shot.png', PNG)
    expect(await files().read('umbrella', kept.id)).to.equal(undefined)
    expect(await files().bytes('umbrella', kept.id)).to.equal(undefined)
    expect(await files().bytes('acme', 'nothing')).to.equal(undefined)
    expect(await files().bytes('acme', `../acme/${kept.id}`)).to.equal(undefined)
  })

  describe('have a name that', () => {
    for (const [given, expected] of [
      ['report.pdf', 'report.pdf'],
      ['工单 截图.png', '工单 截图.png'],
      ['../../etc/passwd', 'passwd'],
      ['C:\\Windows\\system.ini', 'system.ini'],
      ['a/b\\c/..', 'file'],
      ['..', 'file'],
      ['...', 'file'],
      ['', 'file'],
      ['   ', 'file'],
      ['/', 'file'],
      ['a\u0000b\r\nc\tt.txt', 'abct.txt'],
      ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
      ['\u2066x\u2069\u200B.txt', 'x.txt'],
      ['broken\uD800.txt', 'broken.txt'],
    ] as const) {
      it(`is ${JSON.stringify(expected)} for ${JSON.stringify(given)}`, () => {
        expect(safeName(given)).to.equal(expected)
      })
    }

    it('is at most 120 characters, and keeps its ending', () => {
      const name = safeName(`${'长'.repeat(300)}.docx`)
      expect([...name]).to.have.length.at.most(120)
      expect(name.endsWith('.docx')).to.equal(true)
      expect([...safeName('x'.repeat(500))]).to.have.length.at.most(120)
      expect([...safeName(`a.${'x'.repeat(500)}`)]).to.have.length.at.most(120)
    })

    it('can stand in a header', () => {
      for (const name of ['\uD800\uDC00😀.png', 'a"b.txt', 'ü'.repeat(200)]) {
        expect(() => encodeURIComponent(safeName(name))).to.not.throw()
      }
    })
  })
})
