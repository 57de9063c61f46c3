import type { Trouble } from '../support/clients/client.js'
import { CHEN, guestOf, HE, LIU, PLATFORMS, TEAM } from '../support/three.js'
import { until } from '../support/world.js'
import { cardOf, type Run, type Said, type Story, unique } from './run.js'
import { arrived, change, say, takeBack } from './sayings.js'

const AGENT = { slack: LIU.slack, teams: CHEN.teams, feishu: HE.feishu } as const
const TROUBLES: readonly Trouble[] = ['429', '500', 'cut_before', 'cut_after_accept']
const OUTAGE_MS = 30_000
const LONG = 'three hours'

/** Does one thing that the dice choose; what cannot be done now is left out. */
export async function act(run: Run): Promise<void> {
  const { dice } = run
  const acts = [open, reply, reply, reply, note, answer, answer, claim, edit, remove, trouble, trouble, pass]
  const chosen =
    run.stories.length === 0 ? open : dice.oneIn(12) ? kill : dice.oneIn(10) ? outage : dice.pick(acts)
  await chosen(run)
}

async function open(run: Run): Promise<void> {
  const { world, dice, stories, said, log } = run
  if (stories.length >= 4) return
  const platform = dice.pick(PLATFORMS)
  const client = world.on[platform]
  const requester = guestOf(platform, stories.length)
  const direct = await client.direct(requester)
  const word = unique(run, 'case')
  if (dice.oneIn(2)) client.weather.twice('next')
  const firstId = await client.say({ userId: requester, place: direct }, `The ${word} is broken`)
  const story: Story = { platform, requester, direct, word, firstId }
  stories.push(story)
  const on = { platform, place: direct, userId: requester, messageId: firstId }
  said.push({ text: word, story, kind: 'request', on })
  log.push(`open ${word} on ${platform}`)
  // on a messenger that is away it may take until that is over
  await whenThere(() => PLATFORMS.some((one) => cardOf(world.on[one], story)))
}

/** Waits a while for something that an outage may keep away. */
async function whenThere(look: () => boolean): Promise<void> {
  await until('it is there', look, 4000).catch(() => undefined)
}

async function claim({ world, dice, stories, log }: Run): Promise<void> {
  if (stories.length === 0) return
  const story = dice.pick(stories)
  const platform = dice.pick(PLATFORMS)
  const card = cardOf(world.on[platform], story)
  const ticketCard = card?.words.includes('claim') ? card : undefined
  if (!ticketCard) return
  const on = { userId: AGENT[platform], place: TEAM[platform], messageId: ticketCard.messageId }
  // refused, or lost on the way: what came of it is in the books
  await world.on[platform].press(on, 'claim').catch(() => undefined)
  log.push(`claim ${story.word} on ${platform}`)
}

async function inThread(run: Run, kind: 'reply' | 'note'): Promise<void> {
  const { world, dice, stories } = run
  if (stories.length === 0) return
  const story = dice.pick(stories)
  const platform = dice.pick(PLATFORMS)
  const client = world.on[platform]
  const card = cardOf(client, story)
  if (!card) return
  // Teams lets nobody look for a post: what a server posted as it died stays a card that nobody knows
  if (platform === 'teams' && !(await run.isCard(card.messageId))) return
  const on = { userId: AGENT[platform], place: TEAM[platform], thread: card.messageId }
  await say(run, { kind, story, platform, on })
}
const reply = (run: Run): Promise<void> => inThread(run, 'reply')
const note = (run: Run): Promise<void> => inThread(run, 'note')

async function answer(run: Run): Promise<void> {
  const { dice, stories, log } = run
  if (stories.length === 0) return
  const story = dice.pick(stories)
  const { platform, requester: userId, direct: place, firstId } = story
  // where there are no threads, words that come late open a ticket of their own
  if (platform === 'teams' && log.includes(LONG)) return
  const thread = platform === 'teams' ? {} : { thread: firstId }
  await say(run, { kind: 'answer', story, platform, on: { userId, place, ...thread } })
}

/** What was said and may still be changed: not the first message, which is the ticket itself. */
function changeable({ said, dice }: Run): Said | undefined {
  const open = said.filter((one) => !one.gone && one.kind !== 'request')
  return open.length === 0 ? undefined : dice.pick(open)
}

async function edit(run: Run): Promise<void> {
  const chosen = changeable(run)
  // Feishu tells nobody of an edit
  if (!chosen || chosen.on.platform === 'feishu') return
  const { dice, world } = run
  const { platform } = chosen.on
  const isOvertaken = dice.oneIn(3)
  if (isOvertaken) world.on[platform].weather.holdBack()
  await change(run, chosen)
  if (!isOvertaken) return
  await dice.pick([change, takeBack])(run, chosen)
  await arrived(run, platform)
}

async function remove(run: Run): Promise<void> {
  const chosen = changeable(run)
  if (chosen) await takeBack(run, chosen)
}

async function trouble({ world, dice, log }: Run): Promise<void> {
  const platform = dice.pick(PLATFORMS)
  const how = dice.pick(TROUBLES)
  const call = dice.pick(['post', 'update'] as const)
  const times = how === '429' ? 3 : 1
  world.on[platform].weather.fail(call, how, times)
  log.push(`${how} on ${platform} ${call}`)
}

async function outage(run: Run): Promise<void> {
  const { world, dice, log } = run
  const platform = dice.pick(PLATFORMS)
  log.push(`${platform} away`)
  run.away = platform
  world.on[platform].weather.down()
  for (let n = dice.below(3); n >= 0; n -= 1)
    await dice
      .pick([reply, note, answer])(run)
      .catch(() => undefined)
  await world.advance(OUTAGE_MS)
  world.on[platform].weather.up()
  delete run.away
  log.push(`${platform} back`)
}

/** Time goes by: promises come due. */
async function pass({ world, log, taken }: Run): Promise<void> {
  log.push(LONG)
  await taken()
  await world.advance(3 * 3_600_000)
}

async function kill({ world, log }: Run): Promise<void> {
  log.push('kill')
  const server = world.servers.at(-1)
  server?.kill('SIGKILL')
  await server?.exited
  // what the dead one had under way is anybody's then
  await world.advance(OUTAGE_MS)
  await world.serve()
  // Teams sends again under a later time: an edit that comes after it must be the later one
  await world.idle()
}
