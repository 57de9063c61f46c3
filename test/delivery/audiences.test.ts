import { expect } from 'chai'
import fc from 'fast-check'
import type { PersonId } from '../../src/models/ids.js'
import type { Command, TouchMeta } from '../../src/models/ticket/commands.js'
import { isLive, type PresentTouch, touchesOf } from '../../src/models/ticket/touches.js'
import { testDatabase } from '../support/mongod.js'
import { worlds } from './support.js'

interface Step {
  who: PersonId
  act: (typeof ACTS)[number]
  /** Which of the touches there are. */
  pick: number
}
const ACTS = [
  ...([
    'claim',
    'release',
    'reply',
    'note',
    'discuss',
    'discuss',
    'publish',
    'edit',
    'edit',
    'delete',
  ] as const),
  ...(['retract', 'answer', 'priority', 'assign', 'resolve', 'reopen', 'wait', 'move', 'nudge'] as const),
]
const steps = fc.array(
  fc.record({
    who: fc.constantFrom('bo', 'bo', 'bo', 'cy', 'lin', 'ann', 'hal'),
    act: fc.constantFrom(...ACTS),
    pick: fc.nat(20),
  }),
  { minLength: 4, maxLength: 14 },
)

describe('what reaches a requester', () => {
  const world = worlds(testDatabase())
  let words = 0

  it('never holds a note, inside talk, or a reason, whatever happens in whatever order', async function () {
    this.timeout(120_000)
    const { open, delivery, messenger, tickets } = world()
    delivery.start()
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const ticket = await open()
        /** Every text that was ever somewhere, by the touch it was a text of; reasons have none. */
        const written = new Map<string, string[]>()
        const secrets: string[] = []
        /** Words that somebody sent on as they stood then. */
        const sentOn = new Set<string>()
        const from = messenger.calls.length
        for (const step of history) {
          const touches = [...touchesOf(await tickets.history(ticket.id)).values()]
          await attempt(ticket.id, step, touches, { written, secrets, sentOn })
        }
        await delivery.idle()
        const touches = touchesOf(await tickets.history(ticket.id))
        for (const [id, texts] of written)
          if (touches.get(id)?.visibility !== 'public') secrets.push(...texts)
        const seen = messenger.calls
          .slice(from)
          .filter((call) => call.where.startsWith('D-ANN'))
          .map((call) => JSON.stringify(call))
        expect(seen.length).to.be.greaterThan(0)
        for (const secret of secrets) {
          const found = seen.filter((one) => one.includes(secret))
          if (sentOn.has(secret)) continue
          expect(found, `${secret} reached the requester`).to.deep.equal([])
        }
      }),
      { numRuns: 20, endOnFailure: true },
    )
  })

  async function attempt(
    ticketId: string,
    { who, act, pick }: Step,
    touches: readonly PresentTouch[],
    { written, secrets, sentOn }: { written: Map<string, string[]>; secrets: string[]; sentOn: Set<string> },
  ): Promise<void> {
    words += 1
    const text = `<<words ${words}>>`
    const chosen = touches[pick % Math.max(1, touches.length)]
    const by = chosen as TouchMeta | undefined
    const touch = { id: `w${words}`, text, files: [] }
    const typed = { ...touch, source: { placeId: 'team:it:slack', messageId: `src-w${words}` } }
    const reason = `<<reason ${words}>>`
    const copies = touches.filter((one) => one.from === chosen?.id && isLive(one)).map(({ id }) => id)
    // what went out is taken back before an edit makes a note of it
    const asNote = chosen?.visibility === 'internal' && pick % 3 === 0
    const command = ((): Command | undefined => {
      switch (act) {
        case 'claim':
          return { verb: 'claim' }
        case 'release':
          return { verb: 'release', reason }
        case 'reply':
        case 'note':
        case 'answer':
          return { verb: act, touch }
        case 'discuss':
          return { verb: 'discuss', touch: typed }
        case 'publish':
          return (
            chosen && {
              verb: 'publish',
              touch: { ...touch, text: chosen.text },
              from: chosen.id,
              was: chosen.visibility,
            }
          )
        case 'edit':
          return chosen && by && { verb: 'edit', touchId: chosen.id, text, by, copies, asNote }
        case 'delete':
          return chosen && by && { verb: act, touchId: chosen.id, by, copies }
        case 'retract':
          return chosen && by && { verb: act, touchId: chosen.id, by }
        case 'priority':
          return { verb: 'priority', priority: pick % 2 === 0 ? 'high' : 'low', reason }
        case 'assign':
          return { verb: 'reassign', agentId: pick % 2 === 0 ? 'cy' : 'bo', reason }
        case 'move':
          return { verb: 'reassign', teamId: pick % 2 === 0 ? 'hr' : 'it', reason }
        case 'resolve':
          return { verb: 'resolve', resolution: 'done', cause: reason, prevention: reason }
        case 'reopen':
          return { verb: 'reopen', reason: 'again' }
        case 'wait':
          return { verb: 'wait', on: pick % 2 === 0 ? 'requester' : 'nobody' }
        case 'nudge':
          return { verb: 'urge' }
        default:
          return act satisfies never
      }
    })()
    if (!command) return
    try {
      await world().does(who, ticketId, command)
    } catch {
      // refused: it did not happen
      return
    }
    secrets.push(reason)
    if (act === 'publish' && chosen) sentOn.add(chosen.text)
    if (act === 'edit' && copies.length > 0 && !asNote) sentOn.add(text)
    const id = act === 'edit' ? chosen?.id : touch.id
    if (id && act !== 'publish') written.set(id, [...(written.get(id) ?? []), text])
  }
})
