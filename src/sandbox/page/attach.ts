import { readFile } from './api.js'
import { clientOf, type Draft, pageState, setDraft } from './store.js'
import { type Lang, say } from './texts.js'

const MAX_FILE_BYTES = 10 * 1024 * 1024
const EMPTY: Draft = { text: '', files: [] }

/** Puts chosen, pasted or dropped files to what somebody is about to send; says there which are too large. */
export async function attach(
  userId: string,
  place: string,
  files: readonly File[],
  lang: Lang,
): Promise<void> {
  const tooLarge = files.find((file) => !fits(file))
  const read = await Promise.allSettled(files.filter(fits).map(readFile))
  // A folder looks like a file until it is read.
  const added = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const { problem: _, ...now } = clientOf(pageState(), userId).drafts[place] ?? EMPTY
  const problem = tooLarge && say(lang, 'client.too_large', { name: tooLarge.name })
  setDraft(userId, place, {
    ...now,
    files: [...now.files, ...added],
    ...(problem === undefined ? {} : { problem }),
  })
}

function fits(file: File): boolean {
  return file.size <= MAX_FILE_BYTES
}

/** A file that is dropped beside everything must not replace the page. */
export function keepPageOnDrop(): void {
  for (const name of ['dragover', 'drop'] as const) {
    document.addEventListener(name, (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    })
  }
}
