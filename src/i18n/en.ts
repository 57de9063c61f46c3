import { CARDS } from './en/cards.js'
import { CHAT } from './en/chat.js'
import { ERRORS } from './en/errors.js'
import { MESSENGERS } from './en/messengers.js'
import { WORDS } from './en/words.js'

/** English: the catalogue whose keys and placeholders every other one must have. */
export const EN = { ...WORDS, ...CARDS, ...CHAT, ...ERRORS, ...MESSENGERS } as const
