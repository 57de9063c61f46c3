import { createHash, randomInt } from 'node:crypto'

/** How long a code may be typed in, in ms. */
export const LINK_CODE_MS = 10 * 60_000

/** Letters and digits that nobody takes for one another. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
const DIGITS = '23456789'
const HALF = 5

/**
 * What is taken for a code, folded: one of ours, or one typed wrongly. It has a digit, so that "link broken" is no code,
 * and neither is a word with a number that is no code's (`office365`).
 */
export const LINK_CODE = /^(?=.*[0-9])(?:[a-z0-9]{3,8}-[a-z0-9]{3,8}|[abcdefghjkmnpqrstvwxyz2-9]{8,12})$/u

/** A new code, as it is shown: `K7MPQ-4XTRD`, 48 random bits at least. */
export function newLinkCode(): string {
  const letters = Array.from({ length: 2 * HALF }, () => ALPHABET[randomInt(ALPHABET.length)])
  if (!letters.some((letter) => letter !== undefined && DIGITS.includes(letter)))
    letters[randomInt(letters.length)] = DIGITS[randomInt(DIGITS.length)]
  const code = letters.join('')
  return `${code.slice(0, HALF)}-${code.slice(HALF)}`
}

/** What is stored of a code: it cannot be read back, and how it was typed (case, hyphen) does not matter. */
export function linkCodeHash(deskId: string, code: string): string {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return createHash('sha256').update(`link\u0000${deskId}\u0000${plain}`).digest('hex')
}
