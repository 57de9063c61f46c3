import type { Platform } from '../platforms.js'
import type { Lang } from './texts.js'

const NAMES: Record<Platform, { en: string; 'zh-CN': string }> = {
  slack: { en: 'Slack', 'zh-CN': 'Slack' },
  teams: { en: 'Teams', 'zh-CN': 'Teams' },
  feishu: { en: 'Feishu', 'zh-CN': '飞书' },
}

/** What people call a messenger. */
export function platformName(platform: Platform, lang: Lang): string {
  return NAMES[platform][lang]
}

/** A shared conversation's name as people of that messenger write it. */
export function placeName(platform: Platform, name: string): string {
  return platform === 'slack' ? `#${name}` : name
}
