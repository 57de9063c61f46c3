import { folded } from '../../lib/text.js'
import { commandIn, type TextCommand } from './commands.js'
import { onlyThanksOrGreeting } from './say-nothing-more.js'

/** What somebody's words are before any ticket is looked at. */
export type Understanding =
  /** Nothing but thanks or an acknowledgement. */
  | { kind: 'thanks' }
  /** Nothing but a greeting. */
  | { kind: 'greeting' }
  | ({ kind: 'command' } & TextCommand)
  | { kind: 'text' }

/** @returns what the text is; everything that says more than thanks, a greeting or a command is `text`. Never throws. */
export function understand(text: string): Understanding {
  const plain = folded(withoutMentions(text))
  const command = commandIn(plain)
  if (command !== undefined) return { kind: 'command', ...command }
  const said = onlyThanksOrGreeting(plain) ?? onlyThanksOrGreeting(withoutName(text, plain))
  return said === undefined ? { kind: 'text' } : { kind: said }
}

/** Invisible characters come along with copied text and from some keyboards; they say nothing. */
function withoutMentions(text: string): string {
  return text
    .replace(/@\{[^{}\s]{1,128}\}/gu, ' ')
    .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '')
}

const ADDRESSED =
  /^\s*(thanks|thank you|many thanks|thx|cheers|谢谢|多谢|感谢|辛苦了|收到|好的)[,，\s]+(\S+(?: \S+)?)\s*$/iu
const NAME =
  /^\p{Lu}\p{Ll}{1,20}(?:[ -]\p{Lu}\p{Ll}{1,20})?(?:[\s!！.。~～]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)*$/u

/** "Thanks Chen!", "谢谢 Li Lei": one or two capitalised words after thanks are whom it goes to. */
function withoutName(text: string, plain: string): string {
  const [, thanks, name] = ADDRESSED.exec(text) ?? []
  return thanks !== undefined && name !== undefined && NAME.test(name) ? folded(thanks) : plain
}
