/** What the bot says in words: greetings, help, lists, notices, escalations. */
export const CHAT = {} as const
