import { type Answer, postOut } from '../post-out.js'
import { encrypted, signatureHeaders } from './crypt.js'
import { mintSecret } from './ids.js'

/** The platform's rule for every request to an app: an answer within three seconds of real time. */
export const ANSWER_DEADLINE_MS = 3000

type Target = { requestUrl: string; encryptKey: string; now: () => Date }

/** Posts one body to the app's request address: encrypted and signed when the app has an encrypt key. Never throws. */
export function pushToWebhook(text: string, { requestUrl, encryptKey, now }: Target): Promise<Answer> {
  const isPlain = encryptKey === ''
  const body = isPlain ? text : JSON.stringify({ encrypt: encrypted(text, encryptKey) })
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': mintSecret(16),
    ...(isPlain ? {} : signatureHeaders(encryptKey, body, now())),
  }
  return postOut(requestUrl, body, headers, ANSWER_DEADLINE_MS)
}
