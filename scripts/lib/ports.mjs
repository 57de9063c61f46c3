import { createServer } from 'node:net'

/** A port on loopback that nobody listens on now. */
export async function freePort() {
  const server = await listen(0)
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/** True when the port can be listened on; false when somebody has it. Other problems are thrown. */
export async function isFree(port) {
  try {
    const server = await listen(port)
    await new Promise((closed) => server.close(closed))
    return true
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false
    throw error
  }
}

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
