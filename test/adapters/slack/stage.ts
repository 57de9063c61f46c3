import { expect } from 'chai'
import type { SlackOptions } from '../../../src/adapters/slack/index.js'
import type { Card, Form } from '../../../src/cards/card.js'
import type { Answer } from '../../../src/intake/inbound.js'
import type { SlackEphemeral, SlackView } from '../../../src/sandbox/slack/types.js'
import { startWorld, until, type World } from './support.js'

export const card = (summary: string, more: Partial<Card> = {}): Card => ({
  audience: 'team',
  locale: 'en',
  title: '',
  tone: 'neutral',
  summary,
  elements: [{ kind: 'text', text: [summary] }],
  ...more,
})
export const withButton = (label: string): Card =>
  card('press', {
    elements: [
      {
        kind: 'controls',
        controls: [{ kind: 'button', label, action: { verb: 'resolve', ticketId: 't1' } }],
      },
    ],
  })
export const FORM: Form = {
  verb: 'resolve',
  ticketId: 't1',
  locale: 'zh-CN',
  title: '解决',
  submit: '提交',
  cancel: '取消',
  fields: [
    { kind: 'text', name: 'text', label: '解决方案', lines: 'many', required: true, maxLength: 3000 },
    { kind: 'files', name: 'files', label: '附件', required: false, maxFiles: 3 },
  ],
}
const FILLED = { text: { value: 'new cable' } }
const NEVER = 60_000

export const shown = (value: unknown): string => JSON.stringify(value)

/** What a test needs to have somebody click and see what they are answered. */
export interface Stage {
  world(): World
  start(patience?: SlackOptions['patience']): Promise<void>
  press(
    answer: () => Promise<Answer>,
    where?: { thread?: boolean; channel?: string; userId?: string },
  ): Promise<string>
  ephemerals(): readonly SlackEphemeral[]
  modal(): SlackView | undefined
  submit(answer: () => Promise<Answer>): Promise<{ ok: boolean; errors?: unknown }>
  openForm(): Promise<void>
}

/** A stage for the tests of one `describe`; it is cleared after each. */
export function useStage(): Stage {
  let world: World
  async function start(
    patience: SlackOptions['patience'] = { eventMs: NEVER, clickMs: NEVER, lastResortMs: NEVER },
  ): Promise<void> {
    world = await startWorld({ patience })
  }
  afterEach(() => world.close())

  /** Posts a card with a button, and has Tom press it. */
  async function press(
    answer: () => Promise<Answer>,
    where: { thread?: boolean; channel?: string; userId?: string } = {},
  ): Promise<string> {
    const { channel = 'C0IT', userId = 'U0TOM' } = where
    const to = { platform: 'slack', conversation: channel }
    const root = await world.adapter.messenger.postCard(to, withButton('Resolve…'), 'root')
    const rootTs = root.kind === 'sent' ? root.value.messageId : ''
    let messageTs = rootTs
    if (where.thread) {
      const reply = await world.adapter.messenger.postCard(
        { ...to, thread: rootTs },
        withButton('Resolve…'),
        'reply',
      )
      messageTs = reply.kind === 'sent' ? reply.value.messageId : ''
    }
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return answer()
    }
    const result = await world.slack.gestures.click({ userId, channel, messageTs, actionId: 'resolve:0' })
    expect(result).to.include({ ok: true, status: 200 })
    return rootTs
  }
  const ephemerals = (): readonly SlackEphemeral[] => world.slack.state.ephemerals
  const modal = (userId = 'U0TOM'): SlackView | undefined => world.slack.view(userId).modals.at(-1)
  async function submit(
    answer: () => Promise<Answer>,
    values: Record<string, Record<string, string>> = FILLED,
  ): Promise<{ ok: boolean; errors?: unknown }> {
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return answer()
    }
    return world.slack.gestures.submitView({ userId: 'U0TOM', viewId: modal()?.id ?? '', values })
  }
  async function openForm(): Promise<void> {
    await press(async () => ({ kind: 'form', form: FORM }))
    await until(() => modal() !== undefined)
  }

  return { world: () => world, start, press, ephemerals, modal, submit, openForm }
}
