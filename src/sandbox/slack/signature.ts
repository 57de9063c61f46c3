import { createHmac } from 'node:crypto'

/**
 * The two headers by which Slack proves who sent a body.
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signatureHeaders(signingSecret: string, rawBody: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${rawBody}`).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` }
}
