/**
 * What Slack accepts, in UTF-16 units, elements or bytes of JSON; one table, read by every renderer.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export const LIMITS = {
  messageBlocks: 50,
  /** Undocumented: Slack refuses a message's blocks at about 13,200 characters (`msg_blocks_too_long`). */
  messageJson: 12_000,
  modalBlocks: 100,
  /** A view of 250 kB is refused; non-ASCII letters count for three bytes. */
  viewJsonBytes: 240_000,
  sectionText: 3000,
  sectionFields: 10,
  sectionFieldText: 2000,
  headerText: 150,
  contextText: 2000,
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  options: 100,
  optionGroups: 100,
  optionText: 75,
  /** Slack's newer pages say 150; the older number holds everywhere. */
  optionValue: 75,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLabel: 2000,
  inputText: 3000,
  inputFiles: 10,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  id: 255,
  /** The line for notifications and screen readers. */
  fallbackText: 3000,
  authorName: 80,
} as const
