import { type ReactNode, useMemo } from 'react'
import type { SlackState } from '../slack/types.js'
import { Icon } from './icons.js'
import { playStory, STEP_S, startOver, stopStory } from './play.js'
import { usePage } from './store.js'
import { type Cast, castOf, type Progress, STEPS, type Step, storyProgress } from './story.js'
import { STORY_WORDS } from './story-words.js'
import { type Lang, langOf, say } from './texts.js'

/** Six steps from a message to a confirmed answer; each lights up when it has really happened. */
export function StoryStrip(): ReactNode {
  const lang = usePage((state) => state.lang)
  const slack = usePage((state) => state.slack)
  const about = usePage((state) => state.about)
  const since = usePage((state) => state.storySince)
  const { playing, failed } = usePage((state) => state.story)
  const cast = useMemo(() => about && slack && castOf(about, slack.channels), [about, slack])
  const progress = useMemo(() => slack && cast && storyProgress(slack, cast, since), [slack, cast, since])
  if (!slack || !cast || !progress) return null
  const started = STEPS.some((step) => progress.done[step])
  return (
    <section className="story" aria-label={say(lang, 'story.title')}>
      {playing ? (
        <button type="button" className="btn btn-primary" onClick={stopStory}>
          <Icon name="stop" size={14} /> {say(lang, 'story.stop')}
        </button>
      ) : (
        <button
          type="button"
          className="btn btn-primary"
          disabled={progress.next === undefined}
          onClick={() => void playStory()}
        >
          <Icon name="play" size={14} /> {say(lang, 'story.play')}
        </button>
      )}
      <ol>
        {STEPS.map((step, i) => (
          <StoryStep key={step} step={step} number={i + 1} progress={progress} lang={lang} />
        ))}
      </ol>
      <p className={failed === undefined ? 'do' : 'do is-failed'} role="status">
        {failed === undefined
          ? whatToDo(lang, progress, cast, slack)
          : say(lang, 'story.failed', { s: STEP_S })}
      </p>
      {started && (
        <button type="button" className="btn" onClick={() => void startOver()}>
          <Icon name="again" size={14} /> {say(lang, 'story.over')}
        </button>
      )}
    </section>
  )
}

type StepProps = { step: Step; number: number; progress: Progress; lang: Lang }

function StoryStep({ step, number, progress, lang }: StepProps): ReactNode {
  const done = progress.done[step]
  const now = progress.next === step
  return (
    <li
      className={done ? 'is-done' : now ? 'is-now' : ''}
      aria-current={now ? 'step' : undefined}
      data-step={step}
      data-done={done}
    >
      <span className="number">{done ? <Icon name="check" size={13} /> : number}</span>
      <span className="name">{say(lang, `story.${step}`)}</span>
    </li>
  )
}

function whatToDo(lang: Lang, { next }: Progress, cast: Cast, slack: SlackState): string {
  if (!next) return say(lang, 'story.done')
  const name = (userId: string): string => slack.users[userId]?.realName ?? ''
  return say(lang, `story.${next}.do`, {
    employee: name(cast.employee),
    agent: name(cast.agent),
    lead: name(cast.lead),
    channel: cast.channelName,
    words: STORY_WORDS[langOf(slack.users[cast.employee]?.locale ?? 'en')].raise,
  })
}
