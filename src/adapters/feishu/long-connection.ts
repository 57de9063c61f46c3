import { type EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk'
import { backoffMs } from '../../lib/backoff.js'
import type { Logger } from '../../lib/logger.js'
import type { Handled } from './handle.js'
import { createHttp } from './http.js'
import { SILENT } from './sdk-logger.js'

export interface LongConnectionDeps {
  appId: string
  appSecret: string
  domain: string
  handle: (body: unknown) => Promise<Handled>
  logger: Logger
  callMs: number
  /** For how long Feishu may be silent after we have asked whether it is there, in seconds. */
  pongS?: number
}
/** Events and clicks without an address of ours: we call Feishu, and it sends them down that line. */
export interface LongConnection {
  start(): void
  stop(): void
}

type SdkHttp = NonNullable<ConstructorParameters<typeof WSClient>[0]['httpInstance']>

const HANDSHAKE_MS = 10_000
/** Without it a line that died quietly would be noticed by nobody. */
const PONG_S = 10
const APP_ID = /^cli_[0-9a-fA-F]{16}$/

export function createLongConnection(deps: LongConnectionDeps): LongConnection {
  const { appId, appSecret, domain, logger } = deps
  if (!APP_ID.test(appId))
    throw new Error('the long connection needs an app id of the form cli_ and 16 digits')
  let client: WSClient | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0

  /** The only thing the SDK wants of its dispatcher. What is thrown here is sent again. */
  async function invoke(body: unknown): Promise<unknown> {
    const handled = await deps.handle(body)
    if (handled.kind === 'again') throw new Error('not taken')
    return handled.body ?? {}
  }

  /** The SDK gives up for good when Feishu refuses a connection; it may be allowed later. */
  function again(): void {
    logger.error('feishu cannot be connected', { failures })
    client?.close({ force: true })
    timer = setTimeout(connect, backoffMs(failures++, { baseMs: 5000 }))
    timer.unref()
  }

  function connect(): void {
    client = new WSClient({
      appId,
      appSecret,
      domain,
      httpInstance: createHttp(deps.callMs) as SdkHttp,
      logger: SILENT,
      handshakeTimeoutMs: HANDSHAKE_MS,
      wsConfig: { pingTimeout: deps.pongS ?? PONG_S },
      onReady: () => {
        failures = 0
        logger.info('feishu is connected')
      },
      onReconnecting: () => logger.warn('feishu is being connected again'),
      onReconnected: () => logger.info('feishu is connected again'),
      onError: again,
    })
    const eventDispatcher = { invoke } as unknown as EventDispatcher
    void client.start({ eventDispatcher }).catch(again)
  }

  return {
    start() {
      if (client === undefined) connect()
    },
    stop() {
      clearTimeout(timer)
      client?.close({ force: true })
      client = undefined
    },
  }
}
