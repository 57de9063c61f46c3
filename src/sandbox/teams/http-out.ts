import { monotonicMs } from '../../lib/now.js'

export type Answer = { status: number; ms: number; body: string; timedOut: boolean }

/**
 * Posts a JSON body and waits for the whole answer, `deadlineMs` of real time at most.
 * Returns status 0 when there was no connection or no answer in time; never throws.
 */
export async function postJson(
  url: string,
  body: string,
  headers: Record<string, string>,
  deadlineMs: number,
): Promise<Answer> {
  const startMs = monotonicMs()
  const signal = AbortSignal.timeout(deadlineMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      signal,
      redirect: 'manual',
    })
    const text = await response.text()
    return { status: response.status, ms: monotonicMs() - startMs, body: text, timedOut: false }
  } catch {
    return { status: 0, ms: monotonicMs() - startMs, body: '', timedOut: signal.aborted }
  }
}
