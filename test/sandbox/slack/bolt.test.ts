import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { expect } from 'chai'
import { SECRET, SEED, startWorld, until, type World } from './support.js'

const plain = (text: string) => ({ type: 'plain_text' as const, text })

describe('the emulator before Bolt’s own receiver', () => {
  let world: World
  let app: App
  let heard: string[]
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false, now: () => new Date() })
    heard = []
    const receiver = new HTTPReceiver({
      signingSecret: SECRET,
      endpoints: '/slack/events',
      logLevel: LogLevel.ERROR,
    })
    app = new App({
      receiver,
      token: SEED.bot.token,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: `${world.url}/slack/api/`, retryConfig: { retries: 0 } },
    })
    const server = (await app.start(0)) as Server
    world.slack.configure({
      requestUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    })
  })
  afterEach(async () => {
    await app.stop()
    await world.close()
  })

  it('plays a whole round: message, card, click, modal, submission, command', async () => {
    app.message(async ({ message, say }) => {
      heard.push(`message ${message.subtype ?? ''}`)
      const button = { type: 'button' as const, action_id: 'resolve', text: plain('Resolve') }
      await say({ text: 'card', blocks: [{ type: 'actions', elements: [button] }] })
    })
    app.action('resolve', async ({ ack, body, client, respond }) => {
      await ack()
      heard.push('action')
      const input = {
        type: 'input' as const,
        block_id: 'b',
        label: plain('L'),
        element: { type: 'plain_text_input' as const, action_id: 'a' },
      }
      const view = {
        type: 'modal' as const,
        callback_id: 'done',
        title: plain('T'),
        submit: plain('OK'),
        blocks: [input],
      }
      await client.views.open({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view })
      await respond({ text: 'noted' })
    })
    app.view('done', async ({ ack, view }) => {
      heard.push(`view ${view.state.values.b?.a?.value}`)
      await ack()
    })
    app.command('/ticket', async ({ ack }) => {
      heard.push('command')
      await ack({ text: 'none open' })
    })
    const { gestures } = world.slack
    const channel = (await gestures.openDm({ userId: 'U0MEI' })).channel ?? ''
    await gestures.postMessage({ userId: 'U0MEI', channel, text: 'VPN' })
    await world.slack.idle()
    const posted = () => world.slack.state.messages[channel]?.find((message) => message.text === 'card')?.ts
    await until(() => posted() !== undefined)
    const clicked = await gestures.click({
      userId: 'U0MEI',
      channel,
      messageTs: posted() ?? '',
      actionId: 'resolve',
    })
    expect(clicked).to.include({ ok: true, status: 200 })
    await until(() => world.slack.view('U0MEI').modals.length > 0)
    const viewId = world.slack.view('U0MEI').modals[0]?.id ?? ''
    const submitted = await gestures.submitView({ userId: 'U0MEI', viewId, values: { b: { a: 'a cable' } } })
    expect(submitted).to.include({ ok: true })
    const commanded = await gestures.slashCommand({ userId: 'U0MEI', channel, command: '/ticket' })
    expect(commanded).to.include({ ok: true })
    expect(heard).to.deep.equal(['message ', 'action', 'view a cable', 'command'])
    const seen = world.slack.view('U0MEI').conversations.find((each) => each.id === channel)?.messages
    expect(seen?.map((message) => message.text)).to.have.members(['VPN', 'card', 'noted', 'none open'])
  })

  it('is refused when it signs with another secret', async () => {
    world.slack.configure({ signingSecret: 'another' })
    const clicked = await world.slack.gestures.globalShortcut({ userId: 'U0MEI', callbackId: 'x' })
    expect(clicked).to.include({ ok: false, status: 401 })
  })
})
