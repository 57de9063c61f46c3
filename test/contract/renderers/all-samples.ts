import type { Locale } from '../../../src/i18n/t.js'
import { FEISHU } from './feishu.js'
import type { Renderer } from './renderer.js'
import { CHAT } from './samples-of-chat.js'
import { FORMS } from './samples-of-forms.js'
import { VIEWS } from './samples-of-views.js'
import { isCard, isForm, present, type Shown } from './shown.js'
import { SLACK } from './slack.js'
import { showing, type Twist } from './story.js'
import { TEAMS } from './teams.js'

export const RENDERERS: readonly Renderer[] = [SLACK, TEAMS, FEISHU]
export const SAMPLES = { ...VIEWS, ...CHAT, ...FORMS }

/** Every sample of every view as its neutral self, with its name. */
export function everySample(locale: Locale, twist?: Twist): { name: string; shown: Shown }[] {
  return Object.entries(SAMPLES).flatMap(([view, samples]) =>
    Object.entries(samples).map(([name, make]) => ({
      name: `${view}, ${name}`,
      shown: present(make(showing(locale, twist))),
    })),
  )
}

export const kindOf = (shown: Shown): 'card' | 'form' | 'words' =>
  isForm(shown) ? 'form' : isCard(shown) ? 'card' : 'words'

export function sentBy(renderer: Renderer, shown: Shown): unknown {
  if (isForm(shown)) return renderer.form(shown)
  return isCard(shown) ? renderer.card(shown) : renderer.words(shown)
}
