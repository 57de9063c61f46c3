import { randomBytes } from 'node:crypto'
import { now } from './now.js'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id of 26 characters that sorts by the time it was made (Crockford base 32: 48 bits of ms, 80 random bits). */
export function newId(): string {
  let time = now().getTime()
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = ALPHABET[time % 32] + head
    time = Math.floor(time / 32)
  }
  let tail = ''
  for (const byte of randomBytes(16)) tail += ALPHABET[byte % 32]
  return head + tail
}

/** A hexadecimal secret of `bytes` random bytes. */
export function newSecret(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
