import { api } from './api.js'
import { refresh } from './live.js'
import { change } from './store.js'

/** Pushes the program's clock forward. Resolves when the server has seen to what is due, or could not. */
export async function pushClock(how: { advanceMs: number } | { advance: 'working_day' }): Promise<void> {
  change({ movingClock: true })
  await api.advance(how).catch(() => undefined)
  change({ movingClock: false })
  refresh()
}
