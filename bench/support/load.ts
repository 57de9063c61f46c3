import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, openConnection } from './connection.js'

export interface Load {
  /** From sending to the whole answer, in ms; in an open loop from the moment it was meant to be sent. */
  ackMs: number[]
  /** Answers other than 200. */
  refused: number
  /** From the first request to the last answer. */
  tookMs: number
}

/** Each connection sends its next request when it has the answer to the one before. */
export async function closedLoop(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<Load> {
  const load: Load = { ackMs: [], refused: 0, tookMs: 0 }
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)))
  const queue = requests.values()
  const began = performance.now()
  await Promise.all(
    open.map(async (connection) => {
      for (const request of queue) await timed(connection, request, performance.now(), load)
    }),
  )
  load.tookMs = performance.now() - began
  for (const connection of open) connection.close()
  return load
}

/** Requests go out at their appointed times, whatever the server does; waiting for a late server counts against it. */
export async function openLoop(port: number, requests: readonly Buffer[], perSecond: number): Promise<Load> {
  const load: Load = { ackMs: [], refused: 0, tookMs: 0 }
  const free = await Promise.all(Array.from({ length: 64 }, () => openConnection(port)))
  const began = performance.now()
  const going: Promise<void>[] = []
  for (const [i, request] of requests.entries()) {
    const dueMs = began + (i * 1000) / perSecond
    const earlyMs = dueMs - performance.now()
    if (earlyMs > 0) await sleep(Math.ceil(earlyMs))
    going.push(
      (async () => {
        // in turn, so that none idles until the server closes it
        const connection = free.shift() ?? (await openConnection(port))
        await timed(connection, request, dueMs, load)
        free.push(connection)
      })(),
    )
  }
  await Promise.all(going)
  load.tookMs = performance.now() - began
  for (const connection of free) connection.close()
  return load
}

async function timed(connection: Connection, request: Buffer, fromMs: number, load: Load): Promise<void> {
  const status = await connection.send(request)
  load.ackMs.push(performance.now() - fromMs)
  if (status !== 200) load.refused += 1
}
