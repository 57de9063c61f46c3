import { blockProblems, blocksTooLong } from '../block-kit.js'
import { MESSAGE_TEXT_CHARS } from '../block-kit-limits.js'
import { type Fields, fieldsIn, isFields } from '../fields.js'
import { SlackError, validationError } from '../slack-error.js'
import { escapeStray, storedBlocks } from '../stored-blocks.js'
import type { MessageMetadata } from '../types.js'
import type { Args } from './method.js'

const METADATA_BYTES = 16_000
/** What Slack shows in notifications for a message that is blocks only. */
const NO_FALLBACK = "This content can't be displayed."

export type Content = {
  text: string
  blocks?: Fields[]
  attachments?: Fields[]
  metadata?: MessageMetadata | null
}

/** The content of a post. `given` tells what the caller named, for methods that keep the rest. Throws what Slack answers. */
export function contentOf(args: Args): Content & { given: { text: boolean; blocks: boolean } } {
  const text = args.text('text')
  const blocks = blocksOf(args)
  const attachments = fieldsIn(args.json('attachments', 'invalid_attachments'))
  const metadata = metadataOf(args)
  if (text === undefined && !blocks?.length && attachments.length === 0) throw new SlackError('no_text')
  return {
    text: text === undefined ? NO_FALLBACK : escapeStray(text).slice(0, MESSAGE_TEXT_CHARS),
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(metadata === undefined ? {} : { metadata }),
    given: { text: text !== undefined, blocks: blocks !== undefined },
  }
}

function blocksOf(args: Args): Fields[] | undefined {
  const blocks = args.json('blocks', 'invalid_blocks_format')
  return blocks === undefined ? undefined : checkedBlocks(blocks)
}

/** Blocks of a message, checked and made ready to be kept. Throws what Slack answers. */
export function checkedBlocks(blocks: unknown): Fields[] {
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format')
  const problems = blockProblems(blocks, 'message')
  if (problems.length > 0) throw validationError('invalid_blocks', problems)
  if (blocksTooLong(blocks)) throw new SlackError('msg_blocks_too_long')
  return storedBlocks(fieldsIn(blocks))
}

/** undefined = not named; null = to be removed */
function metadataOf(args: Args): MessageMetadata | null | undefined {
  const metadata = args.json('metadata', 'invalid_metadata_format')
  if (metadata === undefined) return undefined
  if (!isFields(metadata)) throw new SlackError('invalid_metadata_format')
  if (Object.keys(metadata).length === 0) return null
  const { event_type: type, event_payload: payload } = metadata
  if (typeof type !== 'string' || type === '' || !isFields(payload))
    throw new SlackError('invalid_metadata_format')
  if (JSON.stringify(metadata).length > METADATA_BYTES) throw new SlackError('metadata_too_large')
  return { event_type: type, event_payload: payload }
}
