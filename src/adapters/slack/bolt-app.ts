import { App, type Receiver } from '@slack/bolt'
import type { Listeners } from './listeners.js'
import type { Self } from './parsed.js'
import { sdkLogger } from './sdk-logger.js'
import { type ClientSettings, clientOptions } from './web-client.js'

const ANY = /.*/s

/**
 * Bolt with listeners that take every interaction. It is given no token, or it would ask Slack who we are at boot and
 * remember a failure for ever; `authorize` answers from memory, so that no outage can lose an interaction.
 */
export function createBoltApp(
  settings: ClientSettings,
  receiver: Receiver,
  listeners: Listeners,
  self: () => Self,
): App {
  const { botToken, logger } = settings
  const app = new App({
    receiver,
    authorize: async () => ({ botToken, ...self() }),
    logger: sdkLogger(logger),
    clientOptions: clientOptions(settings),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
  })
  // The receiver logs what is thrown here, once, and acknowledges.
  app.error(async (error) => {
    throw error
  })
  // One listener a kind: a second one that matched would acknowledge a second time.
  app.action(ANY, ({ body, ack }) => listeners.onAction(body, () => ack()))
  app.view(ANY, ({ body, ack }) => listeners.onSubmit(body, (response) => ack(response)))
  app.view({ type: 'view_closed', callback_id: ANY }, ({ ack }) => ack())
  app.options(ANY, ({ ack }) => ack({ options: [] }))
  app.command(ANY, ({ body, ack }) => listeners.onUnknown(body, ack))
  app.shortcut(ANY, ({ body, ack }) => listeners.onUnknown(body, () => ack()))
  return app
}
