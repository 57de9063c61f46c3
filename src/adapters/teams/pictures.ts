import type { OutFile } from '../../delivery/messenger.js'
import type { Logger } from '../../lib/logger.js'
import type { OutActivity } from './connector.js'

type Attachments = NonNullable<OutActivity['attachments']>
/** What Teams shows inside of a message. */
const SHOWN = /^image\/(png|jpeg|gif)$/
/** A message has room for about 100 KB of JSON; pictures in it grow by a third. */
const ROOM_BYTES = 48_000

/**
 * Pictures that are small enough to travel inside of a message, and what is left: that is named in it, because a bot has
 * no other way to put a file into a channel, and only by the person's consent one into their chat (see offers.ts).
 */
export async function smallPictures(
  files: readonly OutFile[],
  logger: Logger,
): Promise<{ pictures: Attachments; rest: OutFile[] }> {
  const pictures: Attachments = []
  const rest: OutFile[] = []
  let left = ROOM_BYTES
  for (const file of files) {
    const { name, mediaType } = file
    const content = file.bytes > left ? undefined : await contentOf(file, logger)
    if (content === undefined || content.length > left) {
      rest.push(file)
      continue
    }
    left -= content.length
    const contentUrl = `data:${mediaType};base64,${content.toString('base64')}`
    pictures.push({ contentType: mediaType, contentUrl, name })
  }
  return { pictures, rest }
}

async function contentOf({ mediaType, read }: OutFile, logger: Logger): Promise<Buffer | undefined> {
  if (!SHOWN.test(mediaType)) return undefined
  return read().catch((cause: unknown) => {
    logger.warn('a picture is only named', { cause })
    return undefined
  })
}
