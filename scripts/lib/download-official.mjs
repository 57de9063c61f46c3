// Run as a process of its own, so that a download that hangs can be ended: node download-official.mjs FOLDER
// Prints the path of the binary; on failure one line to stderr.
import { MongoBinary } from 'mongodb-memory-server-core'

const downloadDir = process.argv[2]
try {
  process.stdout.write(await MongoBinary.download({ downloadDir, version: '8.2.6' }))
} catch (error) {
  const root = error.cause ?? error
  process.stderr.write(`${root.code ?? ''} ${root.message}`.replace(/\s+/g, ' ').trim().slice(0, 200))
  process.exitCode = 1
}
