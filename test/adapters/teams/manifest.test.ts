import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppManifestUtils } from '@microsoft/app-manifest'
import { expect } from 'chai'
import { unzipSync } from 'fflate'

const FOLDER = new URL('../../../manifests/teams/', import.meta.url)
const PACK = fileURLToPath(new URL('pack.mjs', FOLDER))
const APP_ID = '7b9e2d14-6c3f-4a58-b1e7-0d2c4f6a8e10'
const DOMAIN = 'desk.acme.example'

interface Manifest {
  id: string
  manifestVersion: string
  validDomains: string[]
  bots: { botId: string; supportsFiles: boolean; commandLists: { commands: unknown[] }[] }[]
  icons: { color: string; outline: string }
  webApplicationInfo: { id: string }
  authorization: { permissions: { resourceSpecific: { name: string; type: string }[] } }
  localizationInfo: { additionalLanguages: { file: string }[] }
}

type Checked = Parameters<typeof AppManifestUtils.validateAgainstSchema>[0]
/** By the schema that the package carries: the older functions of the same package ask the internet for it. */
function problemsOf(manifest: object): Promise<string[]> {
  return AppManifestUtils.validateAgainstSchema(manifest as Checked)
}

describe('the app for Teams', () => {
  let files: Record<string, Uint8Array>
  let manifest: Manifest

  before(() => {
    const folder = mkdtempSync(join(tmpdir(), 'paidan-manifest-'))
    const out = join(folder, 'app.zip')
    execFileSync(process.execPath, [PACK, '--app-id', APP_ID, '--domain', DOMAIN, '--out', out])
    files = unzipSync(readFileSync(out))
    rmSync(folder, { recursive: true })
    manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()) as Manifest
  })

  it('is valid by Microsoft’s schema, which objects to what it does not know', async () => {
    expect(await problemsOf(manifest)).to.deep.equal([])
    expect(await problemsOf({ ...manifest, moon: true })).to.not.deep.equal([])
  })

  it('is of the version that knows shared channels', () => {
    expect(manifest.manifestVersion).to.equal('1.25')
  })

  it('names the app and its domain wherever they belong', () => {
    expect([manifest.id, manifest.bots[0]?.botId, manifest.webApplicationInfo.id]).to.deep.equal([
      APP_ID,
      APP_ID,
      APP_ID,
    ])
    expect(manifest.validDomains).to.deep.equal([DOMAIN])
    expect(JSON.stringify(manifest)).to.not.match(/00000000-0000|example\.com/)
  })

  it('asks to read what is written in threads without a mention, and who is in the team', () => {
    expect(manifest.authorization.permissions.resourceSpecific).to.deep.equal([
      { name: 'ChannelMessage.Read.Group', type: 'Application' },
      { name: 'TeamMember.Read.Group', type: 'Application' },
    ])
  })

  it('takes files in personal chats', () => {
    expect(manifest.bots[0]?.supportsFiles).to.equal(true)
  })

  const ICONS: [name: 'color' | 'outline', side: number][] = [
    ['color', 192],
    ['outline', 32],
  ]
  for (const [name, side] of ICONS) {
    it(`has a PNG of ${side} pixels as its ${name} icon`, () => {
      const png = Buffer.from(files[manifest.icons[name]] ?? [])
      expect(png.subarray(0, 8).toString('latin1')).to.equal('\x89PNG\r\n\x1a\n')
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([side, side])
    })
  }

  it('has an outline in white on nothing, as Teams wants it', () => {
    // colour type 6: with transparency
    expect(files['outline.png']?.[25]).to.equal(6)
  })

  it('holds every file that it names, and translates every command', () => {
    const [chinese] = manifest.localizationInfo.additionalLanguages
    const texts = JSON.parse(Buffer.from(files[chinese?.file ?? ''] ?? []).toString()) as Record<
      string,
      string
    >
    manifest.bots[0]?.commandLists[0]?.commands.forEach((_command, i) => {
      for (const part of ['title', 'description']) {
        expect(texts[`bots[0].commandLists[0].commands[${i}].${part}`]).to.be.a('string')
      }
    })
    expect(texts['name.short']).to.be.a('string')
  })

  it('says what is missing instead of packing half of it', () => {
    try {
      execFileSync(process.execPath, [PACK, '--app-id', 'x'], { stdio: 'pipe' })
      expect.fail('it packed')
    } catch (error) {
      expect(String((error as { stderr?: unknown }).stderr)).to.match(/--app-id[\s\S]*--domain/)
      expect((error as { status?: unknown }).status).to.equal(64)
    }
  })
})
