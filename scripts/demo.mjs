// npm run demo [-- --fresh] [--port N] [--data FOLDER]: everything a newcomer needs, on a machine that has only Node.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runDemo } from './lib/demo.mjs'
import { installDependencies } from './lib/install.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { root } from './lib/paths.mjs'
import { explain, PlainError } from './lib/say.mjs'
import { endAll, endOnSignals } from './lib/signals.mjs'

const ending = endOnSignals()
try {
  checkNodeVersion()
  const options = parse()
  await installDependencies()
  await runDemo(options)
} catch (error) {
  if (!ending.isEnding()) process.exit(await endAll(explain(error)))
}

function parse() {
  const options = { fresh: { type: 'boolean' }, port: { type: 'string' }, data: { type: 'string' } }
  let values
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    throw new PlainError(`${error.message}\nUsage: npm run demo -- [--fresh] [--port N] [--data FOLDER]`)
  }
  const port = Number(values.port ?? process.env.PORT ?? 8080)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new PlainError('The port is a number from 1 to 65535.')
  return {
    fresh: values.fresh ?? false,
    port,
    dataFolder: values.data ? resolve(values.data) : join(root, '.paidan', 'demo'),
    command: sandboxCommand,
  }
}

function sandboxCommand({ port, dataFolder }) {
  const cli = join(root, 'src', 'cli.ts')
  return [process.execPath, '--import', 'tsx', cli, 'sandbox', '--port', String(port), '--data', dataFolder]
}
