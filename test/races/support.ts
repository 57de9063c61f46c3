import { type Front, startFront } from '../support/front.js'
import { type WithWorld, withWorld } from '../support/with-world.js'
import type { WorldOptions } from '../support/world.js'

export interface TwoInstances extends WithWorld {
  /** Ends what serves, and starts two instances anew; whatever Slack sends goes to each of them in turn. */
  restart(): Promise<void>
}

/** A world in which two instances share one database. Slack's own limits are off: these tests are about ours. */
export function twoInstances(options: WorldOptions = {}): TwoInstances {
  const here = withWorld(options)
  let front: Front | undefined
  before(async function () {
    this.timeout(60_000)
    front = await startFront()
    here.world.emulator.setRateLimits(false)
  })
  after(() => front?.close())
  return {
    get world() {
      return here.world
    },
    get books() {
      return here.books
    },
    async restart() {
      const { servers, emulator } = here.world
      await Promise.all(servers.map((server) => server.stop()))
      const pair = await Promise.all([here.world.launch(), here.world.launch()])
      await Promise.all(pair.map((server) => server.ready()))
      front?.spread(pair)
      if (front) emulator.configure({ requestUrl: front.requestUrl })
    },
  }
}

/** Does `act` for each item, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  act: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  const rest = items.entries()
  const work = async () => {
    for (const [index, item] of rest) await act(item, index)
  }
  await Promise.all(Array.from({ length: width }, work))
}
