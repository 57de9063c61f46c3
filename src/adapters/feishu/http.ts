import axios, { type AxiosInstance, type AxiosResponse } from 'axios'

export const CALL_TIMEOUT_MS = 8000

/** What our instance hands back when a call asks for the headers too. */
export interface WithHeaders {
  data: unknown
  headers: Record<string, unknown>
}

/**
 * The HTTP client the SDK works with. Its own has no timeout and follows whatever proxy the environment names; and it
 * expects bodies, not responses, unless a call asks for headers (`$return_headers`).
 */
export function createHttp(timeoutMs: number): AxiosInstance {
  const http = axios.create({
    timeout: timeoutMs,
    proxy: false,
    maxRedirects: 0,
    // several values of one name stand as `a=1&a=2`
    paramsSerializer: { indexes: null },
  })
  http.interceptors.response.use((response) => bodyOf(response))
  return http
}

/** Typed as a response, since an interceptor must be; what comes back is the body. */
function bodyOf(response: AxiosResponse): AxiosResponse {
  const { $return_headers: wantsHeaders } = response.config as { $return_headers?: boolean }
  if (wantsHeaders !== true) return response.data
  const both: WithHeaders = { data: response.data, headers: { ...response.headers } }
  return both as unknown as AxiosResponse
}
