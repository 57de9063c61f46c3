/** The messengers that the sandbox can emulate. */
export const PLATFORMS = ['slack', 'teams', 'feishu'] as const
export type Platform = (typeof PLATFORMS)[number]
