import { readMarkup } from '../../adapters/slack/entities.js'

/** Bold, italic, struck and code: a pair of marks on one line, each at the edge of a word, with words between. */
const STYLES =
  /(?<![\p{L}\p{N}])([*_~`])(?![\s\u200B])((?:(?!\1)[^\n])*?(?![\s\u200B])[^\n])\1(?![\p{L}\p{N}])/gu
const NAMES: Readonly<Record<string, string>> = { '*': 'bold', _: 'italic', '~': 'struck', '`': 'code' }

/** What Slack shows of a text, and what in it is more than words: entities, styles and quotations. */
export function readSlack(source: string): { shown: string; marks: string[] } {
  const { shown, entities } = readMarkup(source)
  const styles = [...source.matchAll(STYLES)].map(([, mark = '']) => NAMES[mark] ?? '')
  const quoted = /^>/m.test(source) ? ['quote'] : []
  const fenced = /```[\s\S]*```/.test(source) ? ['code block'] : []
  return {
    shown: shown.replaceAll('\u200B', ''),
    marks: [...entities, ...styles, ...fenced, ...quoted],
  }
}
