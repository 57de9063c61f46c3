import { monotonicMs, now } from '../../lib/now.js'
import { acts } from './acts.js'
import { api } from './api.js'
import { press } from './press.js'
import { pushClock } from './push-clock.js'
import { dmOf, type Place, type Post, type Scene } from './scene.js'
import { seatsOf } from './seats.js'
import { change, changeClient, clientOf, onPageChange, pageState, setDraft } from './store.js'
import {
  type Actor,
  type Cast,
  castOf,
  type Progress,
  STEPS,
  type Step,
  speaksFor,
  storyProgress,
  toldAbout,
  toldIn,
  under,
} from './story.js'
import { fillForm, formOf } from './story-form.js'
import { STORY_WORDS } from './story-words.js'

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
  const { scene, storySinceMs } = pageState()
  const card = scene && cast ? storyProgress(scene, cast, storySinceMs).requesterCard : undefined
  const ending = card?.actions.find((action) => ['withdraw', 'confirm'].includes(action.verb))
  const place = scene && cast && dmOf(scene, cast.employee.userId)
  if (cast && place && card && ending) await press(cast.employee, place.id, card, ending)
  const sinceMs = now().getTime()
  localStorage.setItem('paidan.story.ms', String(sinceMs))
  change({ storySinceMs: sinceMs, story: { playing: false } })
}

function theCast(): Cast | undefined {
  const { about } = pageState()
  return about && castOf(about)
}

type Director = { progress(): Progress; play(step: Step): Promise<void> }

function createDirector(cast: Cast, own: number): Director {
  const { employee, agent, lead: chief } = cast
  const scene = (): Scene => {
    const { scene: seen } = pageState()
    if (!seen) throw new NotTrue()
    return seen
  }
  const progress = (): Progress => storyProgress(scene(), cast, pageState().storySinceMs)
  function dm(actor: { userId: string }): Place {
    const found = dmOf(scene(), actor.userId)
    if (!found) throw new NotTrue()
    return found
  }

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
    const column = pageState().columns.findIndex((seat) => seat.userId === userId)
    change({ spot, narrow: column < 0 ? pageState().narrow : column })
    await pause(150)
    document
      .querySelector('.is-spot')
      ?.scrollIntoView({ block: 'center', behavior: still() ? 'instant' : 'smooth' })
    await pause(750)
  }
  async function open({ userId }: Actor, conversation: string, root?: string): Promise<void> {
    const threads = clientOf(pageState(), userId).threads
    changeClient(userId, {
      conversation,
      ...(root === undefined ? {} : { threads: { ...threads, [root]: true } }),
    })
    await pause(400)
  }
  async function write(actor: Actor, conversation: string, text: string, root?: string): Promise<void> {
    const place = root === undefined ? conversation : `${conversation}:${root}`
    await point(actor.userId, `${actor.userId} ${place}`)
    // What the person at the page has typed there comes back afterwards.
    const kept = clientOf(pageState(), actor.userId).drafts[place] ?? { text: '', files: [] }
    const points = [...text]
    try {
      for (let end = 2; end < points.length + 2; end += 2) {
        setDraft(actor.userId, place, { text: points.slice(0, end).join(''), files: [] })
        await pause(25)
      }
      await pause(350)
    } finally {
      setDraft(actor.userId, place, kept)
    }
    change({ spot: '' })
    await acts.post(actor, conversation, { text, ...(root === undefined ? {} : { root }) })
  }
  async function pressOn(actor: Actor, conversation: string, post: Post, verb: string): Promise<void> {
    const action = post.actions.find((each) => each.verb === verb)
    if (!action) throw new NotTrue()
    await point(actor.userId, `${actor.userId} ${action.spot}`)
    void acts.markRead(actor, conversation)
    await press(actor, conversation, post, action)
    change({ spot: '' })
  }

  async function raise(): Promise<void> {
    const place = dm(employee).id
    await open(employee, place)
    await write(employee, place, STORY_WORDS[employee.locale].raise)
    await until(() => progress().done.raise || newTicketInstead())
    const instead = newTicketInstead()
    if (!progress().done.raise && instead) await pressOn(employee, place, instead, 'new_ticket')
    await until(() => progress().done.raise)
  }
  /** The bot took it for part of another ticket, and says how to say otherwise. */
  function newTicketInstead(): Post | undefined {
    return dm(employee).posts.findLast(
      (post) =>
        post.atMs > pageState().storySinceMs && post.actions.some((action) => action.verb === 'new_ticket'),
    )
  }
  async function claim(): Promise<void> {
    const card = await until(() => progress().teamCard)
    await open(agent, cast.channel)
    await pressOn(agent, cast.channel, card, 'claim')
    await until(() => progress().done.claim)
  }
  async function talk(): Promise<void> {
    const { teamCard, opening, requesterCard } = progress()
    if (!teamCard || !opening || !requesterCard) throw new NotTrue()
    const place = dm(employee)
    // Where a messenger has no threads there, one answers in the conversation itself.
    const root = requesterCard.root === undefined ? undefined : opening.id
    await open(agent, cast.channel, teamCard.id)
    await write(agent, cast.channel, STORY_WORDS[agent.locale].ask, teamCard.id)
    await open(employee, place.id, root)
    await until(() => under(dm(employee), opening).some((post) => speaksFor(post, agent.name)))
    await pause(900)
    await write(employee, place.id, STORY_WORDS[employee.locale].answer, root)
    await until(() => progress().done.talk)
  }
  async function nudge(): Promise<void> {
    await pause(600)
    const { requesterCard } = progress()
    if (!requesterCard) throw new NotTrue()
    await pressOn(employee, dm(employee).id, requesterCard, 'urge')
    await until(() => progress().done.nudge)
  }
  async function lead(): Promise<void> {
    const place = dmOf(scene(), chief.userId)
    if (place) await open(chief, place.id)
    for (let hour = 0; hour < HOURS_AT_MOST && !progress().done.lead; hour += 1) {
      await point(undefined, 'clock')
      await pushClock({ advanceMs: HOUR_MS })
      // What fell due is said a moment later; a push too many would let it be said again.
      for (let look = 0; look < 6 && !progress().done.lead; look += 1) {
        await pause(250)
        change({ scene: await api.scene() })
      }
    }
    await until(() => progress().done.lead)
    showLeadWhereTold()
    await point(chief.userId, '')
    await pause(1500)
    await takeNote()
  }
  /** The lead says that they see to it, where their messenger offers it: the next level is not told then. */
  async function takeNote(): Promise<void> {
    const { number } = progress()
    const seat = pageState().columns.find(
      (each) => each.personId === chief.personId && cast.leadAccounts.includes(each.userId),
    )
    const place = seat && dmOf(scene(), seat.userId)
    const post = place?.posts.findLast(
      (each) => toldIn(each, number) && each.actions.some((action) => action.verb === 'ack'),
    )
    if (!seat || !place || !post) return
    await pressOn({ ...chief, ...seat }, place.id, post, 'ack')
    await pause(1200)
  }
  /** The program chose the messenger; the lead is shown at that one. */
  function showLeadWhereTold(): void {
    const { about, columns } = pageState()
    const { number } = progress()
    const told = cast.leadAccounts.find((account) => toldAbout(dmOf(scene(), account), number))
    if (told === undefined || told === chief.userId || !about) return
    const seat = seatsOf(about, chief.personId).find((each) => each.userId === told)
    if (seat) change({ columns: columns.map((each) => (each.userId === chief.userId ? seat : each)) })
  }
  async function resolve(): Promise<void> {
    const { teamCard } = progress()
    if (!teamCard) throw new NotTrue()
    const confirmable = (): Post | undefined => {
      const card = progress().requesterCard
      return card?.actions.some((action) => action.verb === 'confirm') ? card : undefined
    }
    if (!confirmable()) {
      await open(agent, cast.channel)
      await pressOn(agent, cast.channel, teamCard, 'resolve')
      const form = await until(() => formOf(agent.userId))
      await pause(500)
      await fillForm(form, STORY_WORDS[agent.locale], { pause, point })
    }
    const card = await until(confirmable)
    await pause(900)
    await pressOn(employee, dm(employee).id, card, 'confirm')
    await until(() => progress().done.resolve)
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

/** Whether somebody has asked their machine for no motion. */
function still(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
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
