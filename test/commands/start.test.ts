import { expect } from 'chai'
import { runNode } from '../support/cli.js'

/** At the end, which of the heavy packages were loaded stands on standard error. */
const TELL = `data:text/javascript,${encodeURIComponent(`
import { Module } from 'node:module'
const names = ['mongoose', 'fastify', '@slack/bolt', 'agenda', 'yaml']
process.on('exit', () => {
  const files = Object.keys(Module._cache)
  const loaded = names.filter((name) => files.some((file) => file.includes('/node_modules/' + name + '/')))
  process.stderr.write('\\nloaded: ' + loaded.join(' '))
})
`)}`

describe('paidan', function () {
  this.timeout(60_000)
  const TABLE: [args: string[], loaded: string[]][] = [
    [['--help'], []],
    [['aside', '--help'], []],
    [['desk', 'check', 'desks/sample/desk.yaml'], ['yaml']],
    [
      ['desk', 'export'],
      ['mongoose', 'yaml'],
    ],
  ]
  for (const [args, expected] of TABLE) {
    it(`${args.join(' ')} loads ${expected.join(', ') || 'nothing heavy'}`, async () => {
      const ended = await runNode(['--import', TELL, 'src/cli.ts', ...args], {
        MONGODB_URI: 'mongodb://127.0.0.1:9/x',
      })
      const loaded = /^loaded: (.*)$/m.exec(ended.err)?.[1]?.split(' ').filter(Boolean)
      expect(loaded).to.deep.equal(expected)
    })
  }
})
