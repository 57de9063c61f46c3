import { App, HTTPReceiver, LogLevel } from '@slack/bolt'

// Bolt as its documentation starts it, with a listener that does nothing: what the SDK itself costs.
const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  logLevel: LogLevel.ERROR,
})
const app = new App({
  receiver,
  authorize: async () => ({
    botToken: process.env.SLACK_BOT_TOKEN ?? '',
    botId: 'B0BENCHBOT',
    botUserId: 'U0BENCHBOT',
  }),
  logLevel: LogLevel.ERROR,
  convoStore: false,
})
app.message(async () => undefined)
await app.start({ port: Number(process.env.PORT), host: '127.0.0.1' })
