/** Starts of mongod; see mongod.mjs. */
export interface Ended {
  readonly code: number | null
  readonly signal: string | null
}

export interface MongodProcess {
  readonly pid: number
  readonly port: number
  readonly dbPath: string
  readonly log: string
  readonly exited: Promise<Ended>
  kill(): Promise<Ended>
  stop(): Promise<Ended>
}

export interface Mongod extends MongodProcess {
  readonly uri: string
  readonly source: string
}

export interface ReplicaSet {
  readonly uri: string
  readonly nodes: readonly MongodProcess[]
  /** The index of the node that is primary, after an election if need be. */
  primary(): Promise<number>
  kill(index: number): Promise<void>
  restart(index: number): Promise<void>
  stop(): Promise<void>
}

export function startMongod(options: {
  readonly dbPath: string
  readonly port?: number
  readonly testCommands?: boolean
  readonly throwaway?: boolean
}): Promise<Mongod>

export function startReplicaSet(options: {
  readonly nodes?: number
  readonly dir: string
  readonly testCommands?: boolean
}): Promise<ReplicaSet>
