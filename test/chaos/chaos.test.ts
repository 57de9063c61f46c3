import { randomBytes } from 'node:crypto'
import { withDatabase } from '../../scripts/lib/provide-mongod.mjs'
import { testServerUri } from '../support/mongod.js'
import { chaos } from './chaos.js'

const given = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
const FIRST = given('PAIDAN_CHAOS_SEED', 1)
const SEEDS = given('PAIDAN_CHAOS_SEEDS', 20)
const ACTS = given('PAIDAN_CHAOS_ACTS', 10)
/** A run waits most of its time. */
const AT_ONCE = 3

/** Longer runs: `npm run soak`. */
describe('three messengers in chaos', function () {
  this.timeout(600_000)
  const seeds = Array.from({ length: SEEDS }, (_, n) => FIRST + n)
  const runs = new Map<number, Promise<void>>()

  before(async () => {
    const uri = await testServerUri()
    const start = async (seed: number) => {
      const name = `paidan_chaos_${randomBytes(6).toString('hex')}`
      await chaos(withDatabase(uri, name), seed, ACTS)
    }
    const lanes = Array.from({ length: AT_ONCE }, () => Promise.resolve())
    for (const [n, seed] of seeds.entries()) {
      const lane = n % AT_ONCE
      const run = (lanes[lane] ?? Promise.resolve()).then(() => start(seed))
      runs.set(seed, run)
      // its own test says what went wrong; the next in its lane goes on
      lanes[lane] = run.catch(() => undefined)
    }
  })

  for (const seed of seeds) {
    it(`show what the database says, once each, after seed ${seed}`, () => runs.get(seed))
  }
})
