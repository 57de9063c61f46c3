import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Logger } from '../../lib/logger.js'
import { DEFAULT_RETRY_AFTER_MS } from './errors.js'
import { sdkLogger } from './sdk-logger.js'

export const CALL_TIMEOUT_MS = 8000

export interface ClientSettings {
  botToken: string
  apiUrl?: string
  logger: Logger
  /** How long a call may take, in milliseconds. */
  callMs?: number
}

/**
 * Options for one client. Always a fresh object, never `headers`: the SDK writes the token into the headers it is given
 * and changes options it shares. No retries of its own, since those post twice; the outbox repeats what must be repeated.
 */
export function clientOptions({ apiUrl, logger, callMs }: ClientSettings): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    timeout: callMs ?? CALL_TIMEOUT_MS,
    rejectRateLimitedCalls: true,
    logger: sdkLogger(logger),
    fetch: fetchNamingTheWait,
  }
}

/** A Web API client. */
export function createWebClient(settings: ClientSettings): WebClient {
  return new WebClient(settings.botToken, clientOptions(settings))
}

/** `fetch`, giving a 429 that names no wait one: without it the SDK throws an error that cannot be told from others. */
export async function fetchNamingTheWait(
  url: string | URL,
  init?: Parameters<typeof fetch>[1],
): Promise<Response> {
  const signal = init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS)
  const response = await fetch(url, { ...init, signal })
  if (response.status !== 429 || /^\d+$/.test(response.headers.get('retry-after') ?? '')) return response
  await response.body?.cancel()
  return new Response(null, {
    status: 429,
    headers: { 'retry-after': String(DEFAULT_RETRY_AFTER_MS / 1000) },
  })
}
