import type { EN } from './en.js'
import { CARDS } from './zh-cn/cards.js'
import { CHAT } from './zh-cn/chat.js'
import { ERRORS } from './zh-cn/errors.js'
import { MESSENGERS } from './zh-cn/messengers.js'
import { WORDS } from './zh-cn/words.js'

/** 简体中文 */
export const ZH_CN = { ...WORDS, ...CARDS, ...CHAT, ...ERRORS, ...MESSENGERS } satisfies Record<
  keyof typeof EN,
  string
>
