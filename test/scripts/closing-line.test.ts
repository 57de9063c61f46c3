import { join } from 'node:path'
import { expect } from 'chai'
import { fixture, spawnNode } from './spawned.js'

const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js')
/** A mocha of its own: what the one that runs this test was told must not reach it. */
const env = { PAIDAN_TEST_RESULT: undefined, MOCHA_OPTIONS: undefined }

async function outcome(args: string[]): Promise<{ code: number | null; lines: string[]; output: string }> {
  const program = spawnNode(args, env)
  const code = await program.ended
  return { code, lines: program.stdout().trimEnd().split('\n'), output: program.output() }
}

describe("mocha's reporter", function () {
  this.timeout(60_000)
  const rows: [string, string, number][] = [
    ['passes.cjs', '1 passed, 0 failed', 0],
    ['passes-and-fails.cjs', '1 passed, 1 failed', 1],
    ['fails-in-a-hook.cjs', '0 passed, 1 failed', 1],
  ]
  for (const [file, closing, code] of rows) {
    it(`closes ${file} with "${closing}" and the exit status ${code}`, async () => {
      const run = await outcome([mocha, fixture(file)])
      expect(run.lines.at(-1)).to.equal(closing)
      expect(run.code).to.equal(code)
    })
  }

  it('shows a failure with its file, its place and the error behind it', async () => {
    const { output } = await outcome([mocha, fixture('passes-and-fails.cjs')])
    expect(output).to.contain('in test/scripts/fixtures/passes-and-fails.cjs')
    expect(output).to.contain('Error: on purpose')
    expect(output).to.match(/passes-and-fails\.cjs:4:/)
    expect(output).to.contain('caused by Error: the reason behind it')
  })
})

describe('runMocha', function () {
  this.timeout(60_000)
  const rows: [string, string[], { passed: number; failed: number }, RegExp][] = [
    ['counts what passed and failed', ['passes-and-fails.cjs'], { passed: 1, failed: 1 }, /on purpose/],
    [
      'counts a mocha that dies as a failure',
      ['dies.cjs'],
      { passed: 1, failed: 1 },
      /before its end \(exit 0\)/,
    ],
    ['counts an error outside a test', ['throws-later.cjs'], { passed: 0, failed: 1 }, /on purpose/],
    ['counts a file that does not load', ['does-not-load.cjs'], { passed: 0, failed: 1 }, /on purpose/],
    [
      'counts a run without tests as a failure',
      ['passes.cjs', '-g', 'nothing'],
      { passed: 0, failed: 1 },
      /no test ran/,
    ],
  ]
  for (const [name, [file = '', ...args], counts, said] of rows) {
    it(name, async () => {
      const run = await outcome([fixture('run-mocha.mjs'), fixture(file), ...args])
      expect(JSON.parse(run.lines.at(-1) ?? '')).to.deep.equal(counts)
      expect(run.output).to.match(said)
      expect(run.output, 'the closing line is for the caller to print').not.to.match(
        /\d+ passed, \d+ failed$/m,
      )
    })
  }
})
