import type { WebClient } from '@slack/web-api'
import type { InboundFile, Outcome } from '../../delivery/messenger.js'
import { ofStatus, toFailure } from './errors.js'
import { ASK_PREFIX } from './parse-files.js'
import { CALL_TIMEOUT_MS } from './web-client.js'

export interface Fetching {
  client: WebClient
  botToken: string
  /** Where the token may go besides Slack's own hosts: the origin of a stand-in for Slack. */
  apiUrl: string | undefined
}
const BYTES_PER_MS = 100

/** The bytes of a file that somebody sent; `rejected` when there are more than `maxBytes`. */
export async function fetchFile(
  { client, botToken, apiUrl }: Fetching,
  file: InboundFile,
  maxBytes: number,
): Promise<Outcome<Buffer>> {
  try {
    const url = await addressOf(client, file)
    // The token goes to Slack only, whatever address an event names.
    if (url === undefined || !isSlackHost(url, apiUrl))
      return { kind: 'rejected', reason: 'not_hosted_by_slack' }
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      redirect: 'error',
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS + Math.ceil(maxBytes / BYTES_PER_MS)),
    })
    if (!response.ok) {
      await response.body?.cancel()
      return ofStatus(response.status, 'harmless')
    }
    return await readUpTo(response, maxBytes, file)
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}

async function addressOf(client: WebClient, { locator }: InboundFile): Promise<URL | undefined> {
  let address = locator
  if (locator.startsWith(ASK_PREFIX)) {
    const { file } = await client.files.info({ file: locator.slice(ASK_PREFIX.length) })
    address = file?.url_private_download ?? file?.url_private ?? ''
  }
  return URL.canParse(address) ? new URL(address) : undefined
}

function isSlackHost({ protocol, hostname, origin }: URL, apiUrl: string | undefined): boolean {
  if (apiUrl !== undefined && origin === new URL(apiUrl).origin) return true
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'))
}

async function readUpTo(response: Response, maxBytes: number, file: InboundFile): Promise<Outcome<Buffer>> {
  // Without the scope Slack answers 200 with its sign-in page.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
  if (isPage && !/\.html?$/i.test(file.name)) {
    await response.body?.cancel()
    return { kind: 'rejected', reason: 'sign_in_page' }
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return { kind: 'rejected', reason: 'too_large' }
    chunks.push(chunk)
  }
  return { kind: 'sent', value: Buffer.concat(chunks) }
}
