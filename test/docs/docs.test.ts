import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { errorsPage } from '../../scripts/errors-doc.js'
import { CHECKPOINTS } from '../../src/lib/crash.js'
import { readiness } from '../../src/readiness.js'
import { allPages, anchorsOf, codeOf, linksOf, ROOT, readPage, tableUnder } from './pages.js'

const pages = allPages()
const READMES = ['README.md', 'README.zh-CN.md'] as const
const run = promisify(execFile)

/** `[page, what is wrong]` for everything that `wrong` finds on any page. */
const complaints = (wrong: (page: (typeof pages)[number]) => string[]): string[] =>
  pages.flatMap((page) => wrong(page).map((what) => `${page.path}: ${what}`))

describe('documents', () => {
  it('link to files and headings that exist', () => {
    const isDead = (from: string, link: string): boolean => {
      const [target = '', anchor] = link.split('#')
      const path = target === '' ? from : normalize(join(dirname(from), decodeURIComponent(target)))
      if (!existsSync(join(ROOT, path))) return true
      return anchor !== undefined && !anchorsOf(readPage(path)).includes(decodeURIComponent(anchor))
    }
    const relativeLinks = (page: (typeof pages)[number]) =>
      linksOf(page).filter((link) => !/^[a-z]+:/.test(link))
    expect(pages.flatMap(relativeLinks).length).to.be.greaterThan(20)
    expect(complaints((page) => relativeLinks(page).filter((link) => isDead(page.path, link)))).to.deep.equal(
      [],
    )
  })

  it('name files and folders of the repository that exist', () => {
    const ours = /^(?:\.ci|bench|desks|docs|manifests|scripts|src|test)\/[\w./-]*$/
    const named = (page: (typeof pages)[number]) =>
      codeOf(page)
        .flatMap((code) => code.split(/\s+/))
        .filter((word) => ours.test(word))
    expect(pages.flatMap(named).length).to.be.greaterThan(50)
    expect(complaints((page) => named(page).filter((path) => !existsSync(join(ROOT, path))))).to.deep.equal(
      [],
    )
  })

  it('name scripts of package.json that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    const named = (page: (typeof pages)[number]) =>
      codeOf(page).flatMap((code) => [
        ...[...code.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name ?? ''),
        ...(/\bnpm test\b/.test(code) ? ['test'] : []),
      ])
    expect(pages.flatMap(named)).to.include.members(['demo', 'test', 'check', 'build'])
    expect(complaints((page) => named(page).filter((name) => !(name in scripts)))).to.deep.equal([])
  })

  it('name commands of the program that exist', async function () {
    this.timeout(120_000)
    const top = await commandsOf()
    const under = new Map([['desk', await commandsOf('desk')]])
    const exists = ([command = '', sub]: string[]): boolean => {
      const subs = under.get(command)
      return top.includes(command) && (subs === undefined || sub === undefined || subs.includes(sub))
    }
    const named = (page: (typeof pages)[number]) =>
      codeOf(page)
        .flatMap((code) => [...code.matchAll(/(?:\bpaidan|src\/cli\.ts|dist\/cli\.js) ([a-z][\w -]*)/g)])
        .map(([, words]) => (words ?? '').split(' ').filter((word) => /^[a-z-]+$/.test(word)))
    expect(pages.flatMap(named).map(([command]) => command)).to.include.members(['serve', 'desk'])
    expect(
      complaints((page) =>
        named(page)
          .filter((words) => !exists(words))
          .map((words) => words.join(' ')),
      ),
    ).to.deep.equal([])
  })

  it('name no host of a package registry', () => {
    expect(
      complaints(({ text }) => text.match(/\b(?:registry\.npmjs|pypi|deb\.debian)\.org\b/g) ?? []),
    ).to.deep.equal([])
  })
})

/** What the program's own help lists. */
async function commandsOf(...path: string[]): Promise<string[]> {
  const cli = join(ROOT, 'src', 'cli.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', cli, ...path, '--help'], { cwd: ROOT })
  const [, list = ''] = stdout.split(/^Commands:$/m)
  return [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name ?? '')
}

describe('README', () => {
  for (const path of READMES) {
    const readme = readPage(path)

    it(`${path} has at most 150 lines`, () => {
      expect(readme.text.trimEnd().split('\n').length).to.be.at.most(150)
    })

    it(`${path} tells of every variable that the program reads, and of no other`, () => {
      const config = readFileSync(join(ROOT, 'src', 'config.ts'), 'utf8')
      const read = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name)
      const told = tableUnder(readme, /config|配置/i).map(([name]) => name?.replaceAll('`', ''))
      expect(read).to.include('MONGODB_URI')
      expect(told).to.have.members(read)
    })

    it(`${path} has every folder of the sources on its map`, () => {
      const folders = readdirSync(join(ROOT, 'src')).filter((name) =>
        statSync(join(ROOT, 'src', name)).isDirectory(),
      )
      const told = tableUnder(readme, /map|地图|目录/i).map(([name]) => name?.replaceAll('`', ''))
      expect(told).to.include.members(folders.map((name) => `src/${name}/`))
    })
  }

  it('has the same tables and code blocks in both languages', () => {
    const shape = (path: string) => ({
      blocks: [...readPage(path).text.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, block]) =>
        (block ?? '').replace(/ +#.*$/gm, ''),
      ),
      cells: [...readPage(path).text.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell]) => cell),
    })
    expect(shape(READMES[1])).to.deep.equal(shape(READMES[0]))
  })
})

describe('docs/errors.md', () => {
  it('is what the table of codes and the catalogues say: else run npx tsx scripts/errors-doc.ts --write', () => {
    expect(readPage('docs/errors.md').text).to.equal(errorsPage())
  })
})

describe('docs/operations.md', () => {
  const { text } = readPage('docs/operations.md')

  it('explains every number in /readyz', async () => {
    const checks = readiness({
      database: { db: { command: async () => ({}) } },
      deskId: 'desk',
      inbox: { counts: async () => ({ waiting: 0, aside: 0 }) },
      delivery: { lag: async () => ({ outbox: 0, cards: 0, aside: 0 }) },
      sweep: { aside: () => [] },
      scheduler: { finishedAt: async () => undefined },
      now: () => new Date(0),
    } as never)
    const told: string[] = []
    for (const [name, check] of Object.entries(checks)) {
      const facts = Object.keys((await check()).facts).map((fact) => `\`${name}.${fact}\``)
      told.push(...(facts.length > 0 ? facts : [`\`${name}\``]))
    }
    expect(told).to.include('`inbox.aside`')
    expect(told.filter((one) => !text.includes(one))).to.deep.equal([])
  })
})

describe('docs/architecture.md', () => {
  it('says where each checkpoint is', () => {
    const { text } = readPage('docs/architecture.md')
    expect(CHECKPOINTS.filter((name) => !text.includes(`\`${name}\``))).to.deep.equal([])
  })
})

describe('docs/adr', () => {
  it('numbers its records without a gap, each with context, decision and consequences', () => {
    const records = pages.filter(({ path }) => /^docs\/adr\/\d/.test(path))
    expect(records.map(({ path }) => Number(path.slice(9, 13)))).to.deep.equal(records.map((_, i) => i + 1))
    for (const { path, text } of records) {
      const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)
      expect(headings, path).to.deep.equal(['Context', 'Decision', 'Consequences'])
    }
  })
})
