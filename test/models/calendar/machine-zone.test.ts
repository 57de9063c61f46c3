import { execFile } from 'node:child_process'
import { expect } from 'chai'

const FILES = [
  'add-working-time',
  'daylight-saving',
  'explain-spans',
  'opening-hours',
  'calendar-data',
  'china-days',
  'schema',
]

interface Outcome {
  stats: { passes: number; failures: number }
  failures: { fullTitle: string }[]
}

/** Runs the table tests in a process of their own, because days once computed are remembered. */
function runUnder(zone: string): Promise<Outcome> {
  const files = FILES.map((name) => `test/models/calendar/${name}.test.ts`)
  const args = [
    'node_modules/mocha/bin/mocha.js',
    '--no-config',
    '-n',
    'import=tsx',
    '--reporter',
    'json',
    ...files,
  ]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env: { ...process.env, TZ: zone } }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(new Error(`no report under ${zone}: ${stderr}`, { cause: error }))
      }
    })
  })
}

describe('the calendar tables', () => {
  for (const zone of ['UTC', 'America/Sao_Paulo', 'Asia/Shanghai']) {
    it(`hold on a machine in ${zone}`, async () => {
      const { stats, failures } = await runUnder(zone)
      expect(failures.map(({ fullTitle }) => fullTitle)).to.deep.equal([])
      expect(stats.passes).to.be.greaterThan(100)
    }).timeout(120_000)
  }
})
