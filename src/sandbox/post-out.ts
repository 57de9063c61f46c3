import { monotonicMs } from '../lib/now.js'

export type Answer = { status: number; ms: number; body: string; timedOut: boolean }
export type HttpAnswer = Answer & { headers: Headers }

/**
 * Posts a body and waits for the whole answer, `deadlineMs` of real time at most.
 * Returns status 0 when there was no connection or no answer in time; never throws.
 */
export async function postOut(
  url: string,
  body: string,
  headers: Record<string, string>,
  deadlineMs: number,
): Promise<HttpAnswer> {
  const startMs = monotonicMs()
  const signal = AbortSignal.timeout(deadlineMs)
  try {
    const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' })
    const text = await response.text()
    const ms = monotonicMs() - startMs
    return { status: response.status, ms, headers: response.headers, body: text, timedOut: false }
  } catch {
    const ms = monotonicMs() - startMs
    return { status: 0, ms, headers: new Headers(), body: '', timedOut: signal.aborted }
  }
}
