import { expect } from 'chai'
import { upload } from '../../../src/adapters/teams/upload.js'
import { storageAddresses } from '../../../src/adapters/teams/verify.js'
import { startTrap, type Trap } from './trap.js'

describe('an upload to somebody’s storage', () => {
  const open: Trap[] = []
  const trap = async (...given: Parameters<typeof startTrap>): Promise<Trap> => {
    const made = await startTrap(...given)
    open.push(made)
    return made
  }
  afterEach(() => {
    for (const { server } of open.splice(0)) server.close()
  })

  it('is one piece, whose range is named, without a token of ours', async () => {
    const { url, got } = await trap()
    expect(await upload(url, Buffer.from('nine char'))).to.deep.equal({ kind: 'sent', value: undefined })
    expect(got).to.have.length(1)
    expect(got[0]).to.include({ method: 'PUT', body: 'nine char' })
    expect(got[0]?.headers).to.include({ 'content-range': 'bytes 0-8/9', 'content-length': '9' })
    expect(got[0]?.headers).to.not.have.property('authorization')
  })

  it('follows nobody elsewhere', async () => {
    const elsewhere = await trap()
    const { url } = await trap((_, response) => response.writeHead(307, { location: elsewhere.url }).end())
    expect(await upload(url, Buffer.from('x'))).to.include({ kind: 'rejected' })
    expect(elsewhere.got).to.deep.equal([])
  })

  const REFUSED: [status: number, kind: string][] = [
    [202, 'rejected'],
    [204, 'rejected'],
    [403, 'gone'],
    [404, 'gone'],
    [409, 'rejected'],
    [416, 'rejected'],
    [429, 'rate_limited'],
    [503, 'transient'],
  ]
  for (const [status, kind] of REFUSED) {
    it(`has not succeeded with ${status}`, async () => {
      const { url } = await trap((_, response) => response.writeHead(status).end())
      expect(await upload(url, Buffer.from('x'))).to.include({ kind })
    })
  }

  const isStorage = storageAddresses(['http://127.0.0.1:3999/teams/'])
  for (const [address, allowed] of [
    ['https://acme-my.sharepoint.com/personal/mei/_api/v2.0/drive/items/1/uploadSession?guid=1', true],
    ['https://acme.sharepoint.cn/x', true],
    ['https://acme-my.sharepoint-df.com/x', true],
    ['https://acme-my.sharepoint.us/x', true],
    ['http://127.0.0.1:3999/teams/upload/1', true],
    ['http://127.0.0.1:4000/teams/upload/1', false],
    ['https://smba.trafficmanager.net/teams/', false],
    ['https://sharepoint.com/x', false],
    ['https://a.b.sharepoint.com/x', false],
    ['https://sharepoint.com.evil.example/x', false],
  ] as const) {
    it(`${allowed ? 'may' : 'may not'} go to ${address}`, () => {
      expect(isStorage(address)).to.equal(allowed)
    })
  }
})
