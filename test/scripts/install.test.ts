import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { installDependencies } from '../../scripts/lib/install.mjs'
import { checkNodeVersion } from '../../scripts/lib/node-version.mjs'
import { rejectionOf } from './rejection.js'
import { temporaryFolder } from './spawned.js'

/** A repository whose one dependency is a folder of its own, so that npm needs no network for it. */
function makeRepository(folder: string): void {
  mkdirSync(join(folder, 'packages', 'leaf'), { recursive: true })
  const leaf = { name: 'leaf', version: '1.0.0' }
  writeFileSync(join(folder, 'packages', 'leaf', 'package.json'), JSON.stringify(leaf))
  const root = { name: 'tree', version: '1.0.0', dependencies: { leaf: 'file:packages/leaf' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root))
  const packages = {
    '': root,
    'node_modules/leaf': { resolved: 'packages/leaf', link: true },
    'packages/leaf': { version: '1.0.0' },
  }
  writeLock(folder, { name: 'tree', version: '1.0.0', lockfileVersion: 3, requires: true, packages })
}

function writeLock(folder: string, lock: object): void {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
}

describe('installDependencies', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()
  const installedAt = () => statSync(join(folder(), 'node_modules', '.package-lock.json')).mtimeMs

  before(() => makeRepository(folder()))

  it('installs what the lock file names', async () => {
    await installDependencies(folder())
    expect(existsSync(join(folder(), 'node_modules', 'leaf', 'package.json'))).to.equal(true)
  })

  it('does nothing the second time', async () => {
    const before = installedAt()
    await installDependencies(folder())
    expect(installedAt()).to.equal(before)
  })

  it('accepts what somebody installed by hand', async () => {
    const before = installedAt()
    rmSync(join(folder(), 'node_modules', '.paidan-lock'))
    await installDependencies(folder())
    expect(installedAt()).to.equal(before)
  })

  it('says why it cannot install, and tries again the next time', async () => {
    writeLock(folder(), {
      name: 'tree',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'tree' } },
    })
    for (let attempt = 0; attempt < 2; attempt++) {
      expect((await rejectionOf(installDependencies(folder()))).message).to.contain('npm ci ended with')
    }
  })
})

describe('checkNodeVersion', () => {
  const rows: [string, boolean][] = [
    ['18.20.8', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.1.0', true],
  ]
  for (const [version, accepted] of rows) {
    it(`${accepted ? 'accepts' : 'refuses'} Node ${version}`, () => {
      if (accepted) expect(() => checkNodeVersion(version)).not.to.throw()
      else expect(() => checkNodeVersion(version)).to.throw('Paidan needs Node 20.19')
    })
  }
})
