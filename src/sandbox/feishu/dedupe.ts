/** For so long the platform knows a message by the `uuid` it was sent with. */
export const UUID_LIFE_MS = 3_600_000

export type Dedupe = {
  /** The message sent under that uuid within the hour. */
  find(uuid: string): string | undefined
  keep(uuid: string, messageId: string): void
}

/** What was sent under which `uuid`, by the program's clock. */
export function createDedupe(now: () => Date): Dedupe {
  const sent = new Map<string, { messageId: string; atMs: number }>()
  return {
    find(uuid) {
      const found = sent.get(uuid)
      return found && now().getTime() - found.atMs < UUID_LIFE_MS ? found.messageId : undefined
    },
    keep(uuid, messageId) {
      const atMs = now().getTime()
      sent.delete(uuid)
      sent.set(uuid, { messageId, atMs })
      for (const [old, { atMs: thenMs }] of sent) {
        if (atMs - thenMs < UUID_LIFE_MS) return
        sent.delete(old)
      }
    },
  }
}
