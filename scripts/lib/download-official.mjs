// Run as a process of its own, so that a download that hangs can be ended: node download-official.mjs FOLDER
// The last line on stdout is the path of the binary; on failure one line to stderr.
import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server-core'

const downloadDir = process.argv[2]
try {
  const path = await MongoBinary.download(await DryMongoBinary.generateOptions({ downloadDir }))
  process.stdout.write(`\n${path}\n`)
} catch (error) {
  const root = error.cause ?? error
  process.stderr.write(`${root.code ?? ''} ${root.message}`.replace(/\s+/g, ' ').trim().slice(0, 200))
  process.exitCode = 1
}
