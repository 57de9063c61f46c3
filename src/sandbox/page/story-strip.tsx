import { type MouseEvent, type ReactNode, useMemo } from 'react'
import { Icon } from './icons.js'
import { placeName, platformName } from './platform-names.js'
import { playStory, STEP_S, startOver, stopStory } from './play.js'
import { placeOf, type Scene } from './scene.js'
import { usePage } from './store.js'
import { type Cast, castOf, type Progress, STEPS, type Step, storyProgress } from './story.js'
import { STORY_WORDS } from './story-words.js'
import { type Lang, say } from './texts.js'

/** Six steps from a message to a confirmed answer; each lights up when it has really happened. */
export function StoryStrip(): ReactNode {
  const lang = usePage((state) => state.lang)
  const scene = usePage((state) => state.scene)
  const about = usePage((state) => state.about)
  const since = usePage((state) => state.storySinceMs)
  const { playing, failed } = usePage((state) => state.story)
  const cast = useMemo(() => about && castOf(about), [about])
  const progress = useMemo(() => scene && cast && storyProgress(scene, cast, since), [scene, cast, since])
  if (!scene || !cast || !progress) return null
  const started = STEPS.some((step) => progress.done[step])
  return (
    <section className="story" aria-label={say(lang, 'story.title')}>
      {playing ? (
        <button type="button" className="btn btn-primary" onClick={once(stopStory)}>
          <Icon name="stop" size={14} /> {say(lang, 'story.stop')}
        </button>
      ) : (
        <button
          type="button"
          className="btn btn-primary"
          disabled={progress.next === undefined}
          onClick={once(() => void playStory())}
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
          ? whatToDo(lang, progress, cast, scene)
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

/** The second click of a double one is not meant for what stands there by then. */
function once(run: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) run()
  }
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

function whatToDo(lang: Lang, { next }: Progress, cast: Cast, scene: Scene): string {
  if (!next) return say(lang, 'story.done')
  const { employee, agent, lead } = cast
  return say(lang, `story.${next}.do`, {
    employee: employee.name,
    employeeOn: platformName(employee.platform, lang),
    agent: agent.name,
    agentOn: platformName(agent.platform, lang),
    lead: lead.name,
    leadOn: platformName(lead.platform, lang),
    channel: placeName(agent.platform, placeOf(scene, cast.channel)?.name ?? cast.team[lang]),
    words: STORY_WORDS[employee.locale].raise,
  })
}
