import { setTimeout as wait } from 'node:timers/promises'
import { type Platform, type Run, type Said, type Story, unique } from './run.js'

export interface Saying {
  kind: 'answer' | 'reply' | 'note'
  story: Story
  platform: Platform
  on: { userId: string; place: string; thread?: string }
}

/** Says something; at times it comes twice, or what follows overtakes it on its way. */
export async function say(run: Run, saying: Saying, mayBeOvertaken = true): Promise<void> {
  const { world, dice, said, log } = run
  const { kind, story, platform, on } = saying
  const { weather, ...client } = world.on[platform]
  const text = unique(run, kind)
  const isOvertaken = mayBeOvertaken && dice.oneIn(4)
  if (isOvertaken) weather.holdBack()
  else if (dice.oneIn(4)) weather.twice('next')
  const messageId = await client.say(on, asWritten(kind, text))
  const { userId, place } = on
  const it: Said = { text, story, kind, on: { platform, place, userId, messageId } }
  said.push(it)
  log.push(`${kind} ${text} on ${platform}${isOvertaken ? ', overtaken' : ''}`)
  if (!isOvertaken) return
  const more = () => say(run, saying, false)
  const back = () => takeBack(run, it)
  await dice.pick(platform === 'feishu' ? [more, back] : [more, back, () => change(run, it)])()
  await arrived(run, platform)
}

/** A note begins with its sign. */
const asWritten = (kind: Said['kind'], text: string): string => (kind === 'note' ? `// ${text}` : text)

/** What is on its way has arrived: time must not leap meanwhile. Where all is away it waits, whatever comes. */
export async function arrived({ world, away }: Run, platform: Platform): Promise<void> {
  if (away !== platform) await world.on[platform].idle()
}

export async function change(run: Run, it: Said): Promise<void> {
  const { on, kind } = it
  if (on.platform === 'feishu') return
  // messengers tell edits apart by their time
  await wait(2)
  const text = unique(run, kind)
  run.log.push(`edit ${it.text} to ${text}`)
  it.text = text
  await run.world.on[on.platform].edit(on, asWritten(kind, text))
}

export async function takeBack({ world, log }: Run, it: Said): Promise<void> {
  it.gone = true
  log.push(`remove ${it.text}`)
  await world.on[it.on.platform].remove(it.on)
}
