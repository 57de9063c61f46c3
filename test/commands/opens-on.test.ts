import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { PLATFORMS } from '../../src/commands/desk.js'
import { opensOnOf } from '../../src/commands/opens-on.js'
import { parseDeskFile } from '../../src/models/desk/parse-desk-file.js'
import { glimpseDesk } from '../../src/sandbox/desk-glimpse.js'
import { nextWorkingMorning } from '../../src/sandbox/working-day.js'

const TEXT = readFileSync('desks/sample/desk.yaml', 'utf8')

describe('the next working morning of the sample desk’s first team', () => {
  const parsed = parseDeskFile(TEXT, { platforms: PLATFORMS })
  const team = glimpseDesk(TEXT).teams[0]
  const TABLE: [name: string, from: string, to: string][] = [
    ['is the next day', '2026-11-25T15:00:00+08:00', '2026-11-26T10:00:00+08:00'],
    ['leaves out the weekend', '2026-11-27T15:00:00+08:00', '2026-11-30T10:00:00+08:00'],
    ['leaves out a public holiday', '2026-09-30T15:00:00+08:00', '2026-10-08T10:00:00+08:00'],
    ['may be a make-up Saturday', '2026-10-09T15:00:00+08:00', '2026-10-10T10:00:00+08:00'],
  ]
  for (const [name, from, to] of TABLE) {
    it(name, () => {
      if (!parsed.ok || !team) throw new Error('no desk')
      expect(nextWorkingMorning(team, new Date(from), opensOnOf(parsed.desk))).to.deep.equal(new Date(to))
    })
  }

  it('is told of no team that the desk does not have', () => {
    if (!parsed.ok) throw new Error('no desk')
    expect(opensOnOf(parsed.desk)('nobody', '2026-11-25')).to.equal(undefined)
  })
})
