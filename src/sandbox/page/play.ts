import { monotonicMs, now } from '../../lib/now.js'
import type { SlackMessage, SlackState, SlackView } from '../slack/types.js'
import { acts, elementKey } from './acts.js'
import { api } from './api.js'
import { choicesOf, object, string } from './block-fields.js'
import { pushClock } from './push-clock.js'
import { change, changeClient, clientOf, onPageChange, pageState, setDraft, setInput } from './store.js'
import { type Cast, castOf, type Progress, STEPS, type Step, storyProgress } from './story.js'
import { STORY_WORDS } from './story-words.js'
import { langOf } from './texts.js'
import { actionsOf, dmOf } from './tickets.js'

/** How long a step may take to come true (real time). */
export const STEP_S = 15
const HOURS_AT_MOST = 12
const HOUR_MS = 3_600_000

class Stopped extends Error {}
class NotTrue extends Error {}

let run = 0

/** Ends what is being played; what has happened stays. */
export function stopStory(): void {
  run += 1
  change({ spot: '', story: { playing: false } })
}

/** Plays the steps that have not come true yet, at a pace that can be followed. */
export async function playStory(): Promise<void> {
  run += 1
  const cast = theCast()
  if (!cast) return
  const director = createDirector(cast, run)
  change({ story: { playing: true }, columns: [cast.employee, cast.agent, cast.lead] })
  for (const [i, step] of STEPS.entries()) {
    try {
      if (!director.progress().done[step]) await director.play(step)
    } catch (error) {
      if (error instanceof Stopped) return
      change({ spot: '', story: { playing: false, failed: i } })
      return
    }
  }
  change({ spot: '', story: { playing: false } })
}

/** A new story: an open ticket of the old one is withdrawn, so that the next message opens a ticket of its own. */
export async function startOver(): Promise<void> {
  stopStory()
  const cast = theCast()
  const { slack, storySince } = pageState()
  const card = slack && cast ? storyProgress(slack, cast, storySince).requesterCard : undefined
  const ending = card && actionsOf(card).find((action) => ['withdraw', 'confirm'].includes(action.verb))
  if (cast && slack && card && ending) {
    const place = { channel: dmOf(slack, cast.employee) ?? '', messageTs: card.ts }
    await acts.click(cast.employee, place, ending.blockId, ending.actionId)
  }
  const since = (now().getTime() / 1000).toFixed(6)
  localStorage.setItem('paidan.story', since)
  change({ storySince: since, story: { playing: false } })
}

function theCast(): Cast | undefined {
  const { about, slack } = pageState()
  return about && slack && castOf(about, slack.channels)
}

type Director = { progress(): Progress; play(step: Step): Promise<void> }

function createDirector(cast: Cast, own: number): Director {
  const state = (): SlackState => {
    const { slack } = pageState()
    if (!slack) throw new NotTrue()
    return slack
  }
  const progress = (): Progress => storyProgress(state(), cast, pageState().storySince)
  const dm = (userId: string): string => dmOf(state(), userId) ?? ''
  const wordsFor = (userId: string) => STORY_WORDS[langOf(state().users[userId]?.locale ?? 'en')]

  async function pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms))
    if (own !== run) throw new Stopped()
  }
  /** Resolves to what `look` finds as soon as it finds something. */
  async function until<T>(look: () => T | undefined | false): Promise<T> {
    const deadlineMs = monotonicMs() + STEP_S * 1000
    for (;;) {
      if (own !== run) throw new Stopped()
      const found = look()
      if (found) return found
      const leftMs = deadlineMs - monotonicMs()
      if (leftMs <= 0) throw new NotTrue()
      await nextChange(leftMs)
    }
  }
  async function point(userId: string | undefined, spot: string): Promise<void> {
    const narrow = userId === undefined ? pageState().narrow : pageState().columns.indexOf(userId)
    change({ spot, narrow })
    await pause(150)
    document.querySelector('.is-spot')?.scrollIntoView({ block: 'center', behavior: 'smooth' })
    await pause(750)
  }
  async function open(userId: string, channel: string, threadTs?: string): Promise<void> {
    const threads = clientOf(pageState(), userId).threads
    changeClient(userId, {
      conversation: channel,
      ...(threadTs === undefined ? {} : { threads: { ...threads, [threadTs]: true } }),
    })
    await pause(400)
  }
  async function write(userId: string, channel: string, text: string, threadTs?: string): Promise<void> {
    const place = threadTs === undefined ? channel : `${channel}:${threadTs}`
    await point(userId, `${userId} ${place}`)
    const points = [...text]
    for (let end = 2; end < points.length + 2; end += 2) {
      setDraft(userId, place, { text: points.slice(0, end).join(''), files: [] })
      await pause(25)
    }
    await pause(350)
    setDraft(userId, place, { text: '', files: [] })
    await acts.post(userId, channel, { text, ...(threadTs === undefined ? {} : { threadTs }) })
  }
  async function press(userId: string, channel: string, message: SlackMessage, verb: string): Promise<void> {
    const action = actionsOf(message).find((each) => each.verb === verb)
    if (!action) throw new NotTrue()
    const place = { channel, messageTs: message.ts }
    await point(userId, elementKey(userId, place, action.blockId, action.actionId))
    void acts.markRead(userId, channel)
    await acts.click(userId, place, action.blockId, action.actionId, action.value)
    change({ spot: '' })
  }

  async function raise(): Promise<void> {
    const place = dm(cast.employee)
    await open(cast.employee, place)
    await write(cast.employee, place, wordsFor(cast.employee).raise)
    await until(() => progress().done.raise || newTicketInstead())
    const instead = newTicketInstead()
    if (!progress().done.raise && instead) await press(cast.employee, place, instead, 'new_ticket')
    await until(() => progress().done.raise)
  }
  /** The bot took it for part of another ticket, and says how to say otherwise. */
  function newTicketInstead(): SlackMessage | undefined {
    const { messages, ephemerals } = state()
    const place = dm(cast.employee)
    const all = [...(messages[place] ?? []), ...ephemerals.filter((each) => each.channel === place)]
    return all.findLast(
      (message) =>
        message.ts > pageState().storySince &&
        actionsOf(message).some((action) => action.verb === 'new_ticket'),
    )
  }
  async function claim(): Promise<void> {
    const card = await until(() => progress().teamCard)
    await open(cast.agent, cast.channel)
    await press(cast.agent, cast.channel, card, 'claim')
    await until(() => progress().done.claim)
  }
  async function talk(): Promise<void> {
    const { teamCard, opening } = progress()
    if (!teamCard || !opening) throw new NotTrue()
    const place = dm(cast.employee)
    await open(cast.agent, cast.channel, teamCard.ts)
    await write(cast.agent, cast.channel, wordsFor(cast.agent).ask, teamCard.ts)
    await open(cast.employee, place, opening.ts)
    await until(() =>
      (state().messages[place] ?? []).some((each) => each.thread_ts === opening.ts && each.username),
    )
    await pause(900)
    await write(cast.employee, place, wordsFor(cast.employee).answer, opening.ts)
    await until(() => progress().done.talk)
  }
  async function nudge(): Promise<void> {
    await pause(600)
    const { requesterCard } = progress()
    if (!requesterCard) throw new NotTrue()
    await press(cast.employee, dm(cast.employee), requesterCard, 'urge')
    await until(() => progress().done.nudge)
  }
  async function lead(): Promise<void> {
    await open(cast.lead, dm(cast.lead))
    for (let hour = 0; hour < HOURS_AT_MOST && !progress().done.lead; hour += 1) {
      await point(undefined, 'clock')
      await pushClock({ advanceMs: HOUR_MS })
      // What fell due is said a moment later; a push too many would let it be said again.
      for (let look = 0; look < 6 && !progress().done.lead; look += 1) {
        await pause(250)
        change({ slack: await api.state() })
      }
    }
    await until(() => progress().done.lead)
    await point(cast.lead, '')
    await pause(1500)
  }
  async function resolve(): Promise<void> {
    const { teamCard } = progress()
    if (!teamCard) throw new NotTrue()
    const requesterCard = (): SlackMessage | undefined => progress().requesterCard
    const offers = (card: SlackMessage | undefined, verb: string): boolean =>
      card !== undefined && actionsOf(card).some((action) => action.verb === verb)
    if (!offers(requesterCard(), 'confirm')) {
      await press(cast.agent, cast.channel, teamCard, 'resolve')
      const view = await until(() => state().views[state().modals[cast.agent]?.at(-1) ?? ''])
      await fillIn(view)
    }
    const card = await until(() => (offers(requesterCard(), 'confirm') ? requesterCard() : undefined))
    await pause(900)
    await press(cast.employee, dm(cast.employee), card, 'confirm')
    await until(() => progress().done.resolve)
  }
  /** Types into every question that must be answered. */
  async function fillIn(view: SlackView): Promise<void> {
    await pause(500)
    const words = wordsFor(cast.agent)
    for (const block of view.blocks) {
      const element = object(block.element)
      const blockId = string(block.block_id) ?? ''
      if (block.type !== 'input' || !element || (block.optional === true && blockId !== 'resolution'))
        continue
      const actionId = string(element.action_id) ?? ''
      const first = choicesOf(element)[0]?.choices[0]?.value
      const value = first ?? (blockId === 'resolution' ? words.resolution : words.other)
      setInput(view.id, blockId, actionId, value)
      await pause(700)
    }
    await point(cast.agent, `${cast.agent} ${view.id}`)
    await acts.submitView(cast.agent, view.id, pageState().forms[view.id] ?? {})
    change({ spot: '' })
  }

  const play: Record<Step, () => Promise<void>> = { raise, claim, talk, nudge, lead, resolve }
  return {
    progress,
    async play(step) {
      await play[step]()
      await pause(700)
    },
  }
}

/** Resolves at the page's next change, or after `ms`. */
function nextChange(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      forget()
      resolve()
    }
    const timer = setTimeout(done, ms)
    const forget = onPageChange(done)
  })
}
