import type { WebClient } from '@slack/web-api'
import type { MessageRef, Outcome } from '../../delivery/messenger.js'
import { toFailure } from './errors.js'
import { filesMarkedOn } from './find-posted.js'

/**
 * Deletes the files that were shown with a post of ours, and the messages that show them; the post itself stays, and
 * says until then which files they are. Slack keeps a file, and shows what is left of it, when only its message goes.
 * Source of the errors: docs.slack.dev, files.delete.
 */
export async function takeBackFiles(client: WebClient, ref: MessageRef): Promise<Outcome> {
  const marked = await filesMarkedOn(client, ref)
  if (marked.kind !== 'sent') return marked.kind === 'gone' ? DONE : marked
  for (const id of marked.value) {
    const gone = await takeBackFile(client, id, ref.conversation)
    if (gone.kind !== 'sent' && gone.kind !== 'gone') return gone
  }
  return DONE
}

async function takeBackFile(client: WebClient, id: string, conversation: string): Promise<Outcome> {
  try {
    const { file } = await client.files.info({ file: id })
    const shares = { ...file?.shares?.public, ...file?.shares?.private }[conversation] ?? []
    for (const { ts } of shares) {
      if (ts !== undefined) await withoutGone(client.chat.delete({ channel: conversation, ts }))
    }
    await client.files.delete({ file: id })
    return DONE
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}

const DONE: Outcome = { kind: 'sent', value: undefined }

/** Several files may stand in one message: the second finds it deleted. */
async function withoutGone(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (toFailure(error, 'harmless').kind !== 'gone') throw error
  })
}
