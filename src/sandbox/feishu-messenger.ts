import { findPart } from './feishu/card-parts.js'
import { createFeishuPlatform, type FeishuEmulator } from './feishu/emulator.js'
import { feishuGestures } from './feishu/gesture-routes.js'
import { feishuOpenApi } from './feishu/open-api.js'
import type { FeishuSnapshot } from './feishu/types.js'
import { FEISHU_APP_ID, feishuSeed } from './feishu-seed.js'
import { clickedCard, DRAWN, type Messenger, type MessengerSetup, placesIn } from './messenger.js'

/** Feishu with the desk's people in it, mounted below `/feishu` and `/sandbox/feishu`. */
export async function feishuMessenger(
  { app, desk, secrets, now, retryDelaysMs }: MessengerSetup,
  snapshot?: FeishuSnapshot,
): Promise<{ messenger: Messenger; emulator: FeishuEmulator }> {
  const accounts = desk.people.map((person) => person.accounts.feishu).filter((id) => id !== undefined)
  const emulator = createFeishuPlatform({
    seed: feishuSeed(desk, secrets.feishu),
    requestUrl: 'http://127.0.0.1:9/',
    publicUrl: 'http://127.0.0.1:9',
    now,
    retryDelaysMs,
    directChats: accounts,
    ...(snapshot ? { snapshot } : {}),
  })
  let isOpened = false
  /** Everybody looks into their chat with the bot: once the program can be told of it. */
  async function openAll(): Promise<void> {
    if (isOpened) return
    isOpened = true
    for (const userId of accounts) await emulator.gestures.openDirect({ userId })
  }
  feishuOpenApi(app, emulator, { prefix: '/feishu' })
  feishuGestures(app, emulator, '/sandbox/feishu')
  const messenger: Messenger = {
    platform: 'feishu',
    knows: (userId) => accounts.includes(userId),
    view: (userId) => emulator.view(userId, DRAWN),
    state: () => placesIn(accounts.map((userId) => ({ userId, view: emulator.view(userId, DRAWN) }))),
    labelOf(click) {
      const card = clickedCard(emulator.view(String(click.userId), DRAWN), click)
      const element = card && findPart(card, click.action as number | string)?.element
      const { value } = (click.values ?? {}) as { value?: unknown }
      const options = (element?.options ?? []) as { value?: unknown; text?: unknown }[]
      const chosen = options.find((option) => option.value === value)
      const label = (chosen ?? element)?.text as { content?: unknown } | undefined
      return typeof label?.content === 'string' ? label.content : undefined
    },
    onChange: (listener) => void emulator.onChange(listener),
    faults: {
      deliverTwice() {
        emulator.faults.deliverTwice({ which: 'last' })
        emulator.faults.deliverTwice({ which: 'next' })
      },
      down: (ms) => emulator.faults.down(ms),
      downMsLeft: () => emulator.faults.view().downMsLeft,
    },
    environment: (origin) => ({
      FEISHU_APP_ID,
      FEISHU_APP_SECRET: secrets.feishu.appSecret,
      FEISHU_ENCRYPT_KEY: secrets.feishu.encryptKey,
      FEISHU_VERIFICATION_TOKEN: secrets.feishu.verificationToken,
      FEISHU_DOMAIN: `${origin}/feishu`,
    }),
    servedAt: (publicUrl) => emulator.configure({ publicUrl }),
    programAt: (url) => emulator.configure({ requestUrl: `${url}/feishu/events` }),
    programUp: () => void openAll(),
    close: () => emulator.close(),
  }
  return { messenger, emulator }
}
