import type { Lang } from './texts.js'

/** What the people of the story say, each in their own language. */
export const STORY_WORDS: Record<
  Lang,
  { raise: string; ask: string; answer: string; resolution: string; other: string }
> = {
  en: {
    raise: 'Urgent: the VPN is down, and I present to a customer in half an hour.',
    ask: 'I am on it. Does it say anything when you connect?',
    answer: 'It says the certificate has expired.',
    resolution: 'Renewed the VPN certificate; please connect again.',
    other: "Nobody had the certificate's renewal in the calendar.",
  },
  'zh-CN': {
    raise: '紧急：VPN 连不上了，半小时后要给客户演示。',
    ask: '我来处理。连接的时候有什么提示吗？',
    answer: '提示证书已过期。',
    resolution: '已更新 VPN 证书，请重新连接。',
    other: '证书续期没有列入日历。',
  },
}
