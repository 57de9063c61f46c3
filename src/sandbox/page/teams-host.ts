import { AdaptiveCard, HostConfig } from 'adaptivecards'
import { cardHtml } from './teams-markdown.js'

/** Colours by the page's own variables, so that they follow light and dark. */
const ink = (colour: string, subtle = 'var(--ink-2)') => ({ default: colour, subtle })
const FOREGROUND = {
  default: ink('var(--ink)'),
  accent: ink('var(--tm)', 'var(--tm)'),
  attention: ink('var(--bad)', 'var(--bad)'),
  good: ink('var(--good)', 'var(--good)'),
  warning: ink('var(--warn)', 'var(--warn)'),
  light: ink('var(--ink-2)'),
  dark: ink('var(--ink)'),
}
const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors: FOREGROUND })

/** How cards look in this messenger; never more than six buttons side by side. */
export const TEAMS_HOST = new HostConfig({
  fontFamily: 'inherit',
  supportsInteractivity: true,
  fontSizes: { small: 12, default: 13.5, medium: 14.5, large: 17, extraLarge: 20 },
  fontWeights: { lighter: 400, default: 400, bolder: 700 },
  lineHeights: { small: 17, default: 20, medium: 20, large: 23, extraLarge: 27 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 10 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: style('transparent'),
    emphasis: style('var(--paper-2)'),
    accent: style('var(--mention)'),
    good: style('var(--good-soft)'),
    attention: style('var(--bad-soft)'),
    warning: style('var(--warn-soft)'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 6,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 8 },
  },
  factSet: {
    title: { weight: 'bolder', maxWidth: 130, wrap: true },
    value: { wrap: true },
    spacing: 10,
  },
})

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = cardHtml(text)
  result.didProcess = true
}
