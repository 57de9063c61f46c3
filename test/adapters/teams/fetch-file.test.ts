import { expect } from 'chai'
import { fetchFile } from '../../../src/adapters/teams/fetch-file.js'
import { startTrap } from './trap.js'

const tokens = { get: async () => 'our-token', drop: () => undefined }

describe('a file of Teams that leads elsewhere', () => {
  it('is followed to the public internet only, and our token stays with the service', async () => {
    const inside = await startTrap()
    const service = await startTrap((_, response) => response.writeHead(302, { location: inside.url }).end())
    const file = { id: 'f', name: 'x', bytes: 0, locator: service.url }
    const isService = (address: string): boolean => address.startsWith(service.url)
    expect(await fetchFile({ tokens, isService }, file, 100)).to.deep.equal({
      kind: 'rejected',
      reason: 'address',
    })
    expect(service.got[0]?.headers).to.include({ authorization: 'Bearer our-token' })
    expect(inside.got).to.deep.equal([])
    for (const { server } of [inside, service]) server.close()
  })

  it('is given up when it leads round and round', async () => {
    const service = await startTrap((request, response) =>
      response.writeHead(302, { location: request.url ?? '' }).end(),
    )
    const file = { id: 'f', name: 'x', bytes: 0, locator: service.url }
    expect(await fetchFile({ tokens, isService: () => true }, file, 100)).to.deep.equal({
      kind: 'rejected',
      reason: 'too_many_steps',
    })
    expect(service.got).to.have.length(4)
    service.server.close()
  })
})
