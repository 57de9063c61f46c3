import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** A text as the platform encrypts it: base64 of a random block and AES-256-CBC under the key's SHA-256. */
export function encrypted(text: string, encryptKey: string): string {
  const key = createHash('sha256').update(encryptKey).digest()
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}

/** The headers with which the platform signs a body; `at` in whole seconds. */
export function signatureHeaders(encryptKey: string, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const signature = createHash('sha256').update(`${timestamp}${nonce}${encryptKey}${body}`).digest('hex')
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature,
  }
}
