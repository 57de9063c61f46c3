// Packs the app for upload:  node manifests/teams/pack.mjs --app-id <GUID> --domain desk.example.com [--out paidan-teams.zip]
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { zipSync } from 'fflate'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i
const NOBODY = '00000000-0000-0000-0000-000000000000'
const FILES = ['color.png', 'outline.png', 'zh-cn.json']
const read = (name) => readFileSync(new URL(name, import.meta.url))

/** The manifest for one app and the domain that serves it. */
export function manifestFor(appId, domain) {
  const text = read('manifest.json').toString()
  const made = JSON.parse(text.replaceAll(NOBODY, appId).replaceAll('desk.example.com', domain))
  return { ...made, validDomains: [domain] }
}

/** The zip file's bytes. The entries bear one fixed date, so that the same input gives the same file. */
export function packed(appId, domain) {
  const manifest = Buffer.from(`${JSON.stringify(manifestFor(appId, domain), null, 2)}\n`)
  const entries = [['manifest.json', manifest], ...FILES.map((name) => [name, read(name)])]
  const files = Object.fromEntries(entries.map(([name, bytes]) => [name, new Uint8Array(bytes)]))
  return zipSync(files, { mtime: new Date('2020-01-01T00:00:00Z'), level: 9 })
}

function main() {
  const options = { 'app-id': { type: 'string' }, domain: { type: 'string' }, out: { type: 'string' } }
  const { values } = parseArgs({ options })
  const { 'app-id': appId = '', domain = '', out = 'paidan-teams.zip' } = values
  const wrong = [
    ...(GUID.test(appId) ? [] : ['--app-id: the GUID of the app registration']),
    ...(DOMAIN.test(domain) ? [] : ['--domain: the host of PUBLIC_URL, without https://']),
  ]
  if (wrong.length > 0) {
    process.stderr.write(`${wrong.join('\n')}\n`)
    process.exitCode = 64
    return
  }
  writeFileSync(out, packed(appId, domain))
  process.stdout.write(`${out}\n`)
}

if (import.meta.url === `file://${process.argv[1]}`) main()
