const KEPT = 2000

type Change = { version: number }
type Unversioned<C> = C extends Change ? Omit<C, 'version'> : never

/** What changed in an emulator's state, in order, for those who follow it. */
export interface Changes<C extends Change> {
  changed(change: Unversioned<C>): void
  /** Those after `version`; `lost`: some of them are not kept any more. */
  changesSince(version: number): { version: number; changes: C[]; lost: boolean }
  onChange(listener: (change: C) => void): () => void
}

/** `state.version` counts the changes. */
export function createChanges<C extends Change>(state: { version: number }): Changes<C> {
  const listeners = new Set<(change: C) => void>()
  let changes: C[] = []
  return {
    changed(change) {
      state.version += 1
      const full = { version: state.version, ...change } as unknown as C
      changes.push(full)
      if (changes.length > KEPT * 2) changes = changes.slice(-KEPT)
      for (const listener of [...listeners]) listener(full)
    },
    changesSince(version) {
      const found = changes.filter((change) => change.version > version)
      return { version: state.version, changes: found, lost: state.version - version > found.length }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
