import { expect } from 'chai'
import type { FeishuOptions } from '../../../src/adapters/feishu/index.js'
import type { Card, Form } from '../../../src/cards/card.js'
import type { Answer } from '../../../src/intake/inbound.js'
import type { GestureResult, VisibleMessage } from '../../../src/sandbox/feishu/types.js'
import { IT_DESK, startWorld, TOM, type World } from './support.js'

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
  title: '解决工单',
  submit: '提交',
  cancel: '取消',
  fields: [
    { kind: 'text', name: 'text', label: '解决方案', lines: 'many', required: true, maxLength: 3000 },
    { kind: 'files', name: 'files', label: '附件', required: false, maxFiles: 3 },
  ],
}
const NEVER = 60_000

export const shown = (value: unknown): string => JSON.stringify(value)

/** What a test needs to have somebody click and see what they are answered. */
export interface Stage {
  world(): World
  start(patience?: FeishuOptions['patience']): Promise<void>
  press(answer: () => Promise<Answer>): Promise<GestureResult>
  /** What stands in Tom's chat with the bot. */
  direct(): VisibleMessage[]
  openForm(): Promise<void>
  submit(answer: () => Promise<Answer>, values?: Record<string, string>): Promise<GestureResult>
}

/** A stage for the tests of one `describe`; it is cleared after each. */
export function useStage(): Stage {
  let world: World
  async function start(
    patience: FeishuOptions['patience'] = { eventMs: NEVER, clickMs: NEVER, lastResortMs: 2 * NEVER },
  ): Promise<void> {
    world = await startWorld({ patience })
  }
  afterEach(() => world.close())

  const clicking = (answer: () => Promise<Answer>): void => {
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return answer()
    }
  }
  async function press(answer: () => Promise<Answer>): Promise<GestureResult> {
    const to = { platform: 'feishu', conversation: IT_DESK }
    const posted = await world.adapter.messenger.postCard(to, withButton('Resolve…'), 'card')
    const messageId = posted.kind === 'sent' ? posted.value.messageId : ''
    clicking(answer)
    const result = await world.feishu.gestures.click({
      userId: TOM,
      conversation: IT_DESK,
      messageId,
      action: 0,
    })
    expect(result).to.include({ ok: true, status: 200 })
    return result
  }
  const directChat = () => world.feishu.view(TOM).conversations.find((one) => one.kind === 'direct')
  const direct = (): VisibleMessage[] => directChat()?.messages ?? []

  async function openForm(): Promise<void> {
    await press(async () => ({ kind: 'form', form: FORM }))
    expect(direct()).to.have.length(1)
  }
  async function submit(
    answer: () => Promise<Answer>,
    values: Record<string, string> = { text: 'new cable' },
  ): Promise<GestureResult> {
    clicking(answer)
    return world.feishu.gestures.click({
      userId: TOM,
      conversation: directChat()?.id ?? '',
      messageId: direct().at(-1)?.messageId ?? '',
      action: 'submit',
      values,
    })
  }

  return { world: () => world, start, press, direct, openForm, submit }
}
