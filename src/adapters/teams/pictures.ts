import type { OutFile } from '../../delivery/messenger.js'
import type { Logger } from '../../lib/logger.js'
import type { OutActivity } from './connector.js'

type Attachments = NonNullable<OutActivity['attachments']>
/** What Teams shows inside of a message. */
const SHOWN = /^image\/(png|jpeg|gif)$/
/** A message has room for about 100 KB of JSON; pictures in it grow by a third. */
const ROOM_BYTES = 48_000

/**
 * Pictures that are small enough to travel inside of a message. Everything else is named in it: a bot has no other way to
 * put a file into a channel, and only by the person's consent one into their chat.
 */
export async function smallPictures(files: readonly OutFile[], logger: Logger): Promise<Attachments> {
  const pictures: Attachments = []
  let left = ROOM_BYTES
  for (const { name, bytes, mediaType, read } of files) {
    if (!SHOWN.test(mediaType) || bytes > left) continue
    try {
      const content = await read()
      if (content.length > left) continue
      left -= content.length
      const contentUrl = `data:${mediaType};base64,${content.toString('base64')}`
      pictures.push({ contentType: mediaType, contentUrl, name })
    } catch (cause) {
      logger.warn('a picture is only named', { cause })
    }
  }
  return pictures
}
