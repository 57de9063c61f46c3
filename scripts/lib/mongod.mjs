import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startGuarded } from './guarded.mjs'
import { findMongod } from './mongod-binary.mjs'
import { freePort } from './ports.mjs'
import { PlainError } from './say.mjs'

const setName = 'paidan'
const startMs = 60_000

/**
 * Starts a one-node replica set on loopback that dies with this process. When it resolves, the node is primary.
 * Returns `{ uri, port, pid, source, exited, kill(), stop() }`; `dbPath` must be writable, `throwaway` data may be lost on stop.
 */
export async function startMongod({ dbPath, port, testCommands = false, throwaway = false }) {
  const binary = await findMongod()
  for (let attempt = 1; ; attempt++) {
    const node = await startNode({
      binary,
      dbPath,
      port: port ?? (await freePort()),
      testCommands,
      throwaway,
    })
    try {
      await initiate([node])
      return { ...node, uri: uriOf([node]), source: `${binary.source}, ${binary.version}` }
    } catch (error) {
      await node.stop()
      // Between choosing a free port and listening on it, somebody else may have taken it.
      if (!(error.portTaken && port === undefined && attempt < 5)) throw error
    }
  }
}

/**
 * Starts a replica set of several nodes under `dir` that elects a new primary within seconds.
 * Returns `{ uri, nodes, primary(), kill(i), restart(i), stop() }`; `primary()` resolves to a node's index.
 */
export async function startReplicaSet({ nodes: count = 3, dir, testCommands = false }) {
  const binary = await findMongod()
  const start = (i, port) =>
    startNode({ binary, dbPath: join(dir, `node-${i}`), port, testCommands, throwaway: true })
  const nodes = []
  try {
    for (let i = 0; i < count; i++) nodes.push(await start(i, await freePort()))
    await initiate(nodes)
  } catch (error) {
    await Promise.all(nodes.map((node) => node.stop()))
    throw error
  }
  return {
    uri: uriOf(nodes),
    nodes,
    primary: () => primaryOf(nodes),
    async kill(i) {
      await nodes[i].kill()
    },
    async restart(i) {
      nodes[i] = await start(i, nodes[i].port)
      await waitUntilMember(nodes[i])
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()))
    },
  }
}

function uriOf(nodes) {
  return `mongodb://${nodes.map((node) => `127.0.0.1:${node.port}`).join(',')}/?replicaSet=${setName}`
}

async function startNode({ binary, dbPath, port, testCommands, throwaway }) {
  mkdirSync(dbPath, { recursive: true })
  const log = join(dbPath, 'mongod.log')
  // Appended to, because the folder may turn out to be another mongod's, which writes to the same file.
  const out = openSync(log, 'a')
  const logStart = fstatSync(out).size
  const settings = {
    diagnosticDataCollectionEnabled: 'false',
    // A primary that is told to stop waits this long for clients to leave; ours have left.
    shutdownTimeoutMillisForSignaledShutdown: '100',
    ...(testCommands ? { enableTestCommands: '1' } : {}),
  }
  const args = ['--replSet', setName, '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', dbPath]
  args.push('--wiredTigerCacheSizeGB', '0.5', '--oplogSize', '512')
  if (process.platform !== 'win32') args.push('--nounixsocket')
  args.push(...Object.entries(settings).flatMap(([name, value]) => ['--setParameter', `${name}=${value}`]))
  const env = { ...process.env, ...binary.env }
  const guarded = await startGuarded(binary.path, args, {
    env,
    graceMs: throwaway ? 0 : 10_000,
    stdout: out,
    stderr: out,
  }).finally(() => closeSync(out))
  const node = { ...guarded, port, dbPath, log, logStart, ended: undefined }
  void guarded.exited.then((outcome) => {
    node.ended = outcome
  })
  return node
}

async function initiate(nodes) {
  const members = nodes.map((node, i) => ({ _id: i, host: `127.0.0.1:${node.port}` }))
  const settings =
    nodes.length > 1
      ? { electionTimeoutMillis: 1000, heartbeatIntervalMillis: 200, heartbeatTimeoutSecs: 1 }
      : {}
  await Promise.all(nodes.slice(1).map((node) => withNode(node, () => {})))
  await withNode(nodes[0], async (admin) => {
    const config = await currentConfig(admin)
    if (!config) await admin.command({ replSetInitiate: { _id: setName, members, settings } })
    else if (config.members[0].host !== members[0].host) {
      // Kept data that ran on another port.
      const moved = { ...config, members, version: config.version + 1 }
      await admin.command({ replSetReconfig: moved, force: true })
    }
  })
  // A node still in its initial sync cannot be elected: the set stands when each is primary or secondary.
  await Promise.all(nodes.map(waitUntilMember))
  await primaryOf(nodes)
}

async function waitUntilMember(node) {
  const until = performance.now() + startMs
  while (performance.now() < until) {
    const hello = await withNode(node, (admin) => admin.command({ hello: 1 }))
    if (hello.isWritablePrimary || hello.secondary) return
    await sleep(30)
  }
  throw new PlainError(`mongod did not join its replica set within ${startMs / 1000} s; see ${node.log}`)
}

async function currentConfig(admin) {
  try {
    return (await admin.command({ replSetGetConfig: 1 })).config
  } catch (error) {
    if (error.codeName === 'NotYetInitialized') return undefined
    throw error
  }
}

/** The index of the node that is primary, waiting for an election. */
async function primaryOf(nodes) {
  const until = performance.now() + startMs
  while (performance.now() < until) {
    for (const [i, node] of nodes.entries()) {
      if (node.ended) continue
      const hello = await withNode(node, (admin) => admin.command({ hello: 1 }), 1000).catch(() => undefined)
      if (hello?.isWritablePrimary) return i
    }
    await sleep(30)
  }
  throw new PlainError(`no mongod became primary within ${startMs / 1000} s; see ${nodes[0].log}`)
}

/** Calls `work` with the node's admin database as soon as the node answers. Fails when its process ends before. */
async function withNode(node, work, withinMs = startMs) {
  const { MongoClient } = await import('mongodb')
  const until = performance.now() + withinMs
  for (;;) {
    const client = new MongoClient(`mongodb://127.0.0.1:${node.port}/?directConnection=true`, {
      serverSelectionTimeoutMS: 200,
      connectTimeoutMS: 1000,
    })
    try {
      await client.connect()
      return await work(client.db('admin'))
    } catch (error) {
      if (node.ended) throw whyEnded(node)
      if (error.name !== 'MongoServerSelectionError' || performance.now() > until) throw error
    } finally {
      await client.close()
    }
    await sleep(20)
  }
}

function whyEnded(node) {
  const { code, signal } = node.ended
  const log = readFileSync(node.log).subarray(node.logStart).toString()
  const error = new PlainError(`mongod ended while starting (${signal ?? `exit ${code}`}); see ${node.log}`)
  error.portTaken = /Address already in use/.test(log)
  error.folderInUse = /DBPathInUse/.test(log)
  return error
}
