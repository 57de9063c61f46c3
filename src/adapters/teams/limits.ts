/**
 * What Teams accepts, in UTF-16 units, elements or bytes of JSON, and what we keep to where nothing is documented; one
 * table, read by every renderer.
 * @see https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
 */
export const LIMITS = {
  /** A message may have about 100 KB; 28 KB is the least that is documented for any kind of card. */
  cardJsonBytes: 25_000,
  cardVersion: '1.5',
  text: 4000,
  /** More buttons than these are dropped without a word, unless they are marked as secondary. */
  primaryActions: 6,
  /** Of those that stand behind the three dots. */
  secondaryActions: 14,
  /** A menu with more options becomes a drop-down with a button beside it. */
  overflowOptions: 12,
  actionTitle: 80,
  /** What a button or an option carries. */
  actionValue: 2000,
  choices: 1000,
  choiceTitle: 150,
  label: 500,
  placeholder: 200,
  inputText: 4000,
  dialogTitle: 80,
  confirmText: 500,
  url: 2000,
  summary: 1000,
  authorName: 80,
  fileName: 120,
  /** People who may have a view of their own of one card. */
  viewers: 60,
  /** HTML of a message in words. */
  messageText: 20_000,
} as const

/** How long a call of ours may take, in milliseconds. */
export const CALL_TIMEOUT_MS = 10_000
