import MarkdownIt from 'markdown-it'

/** What a card's text may be formatted with: no HTML of the sender's own, no pictures, no tables. */
const CARD = new MarkdownIt({ html: false, linkify: false, breaks: true })
CARD.disable(['image', 'table', 'code', 'html_block', 'html_inline', 'heading', 'lheading', 'hr'])
CARD.set({ maxNesting: 20 })
CARD.renderer.rules.link_open = (tokens, i, options, _env, self) => {
  tokens[i]?.attrSet('target', '_blank')
  tokens[i]?.attrSet('rel', 'noreferrer noopener')
  return self.renderToken(tokens, i, options)
}

/** A card's text as HTML that is safe to show. */
export function cardHtml(text: string): string {
  return CARD.render(text).trim()
}

const MESSAGE = new MarkdownIt({ html: false, linkify: false, breaks: true })
MESSAGE.disable(['image'])

/** A bot's message as HTML that is safe to show. */
export function messageHtml(text: string): string {
  return MESSAGE.render(text).trim()
}
