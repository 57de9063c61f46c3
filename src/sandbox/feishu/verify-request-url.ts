import { parseFields } from './fields.js'
import { mintSecret } from './ids.js'
import { pushToWebhook } from './push.js'
import type { Workspace } from './workspace.js'

/** Sends the url_verification challenge, as the developer console does. Returns whether the app echoed it in time. */
export async function verifyRequestUrl({ app, addresses, now }: Workspace): Promise<boolean> {
  const challenge = mintSecret(16)
  const text = JSON.stringify({ challenge, token: app.verificationToken, type: 'url_verification' })
  const target = { requestUrl: addresses.requestUrl, encryptKey: app.encryptKey ?? '', now }
  const answer = await pushToWebhook(text, target)
  return answer.status === 200 && parseFields(answer.body)?.challenge === challenge
}
