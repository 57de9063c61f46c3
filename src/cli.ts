#!/usr/bin/env node
import { Command } from 'commander'
import { applyDesk, checkDesk, exportDesk } from './commands/desk.js'
import { runSandbox } from './commands/sandbox.js'
import { serve } from './commands/serve.js'
import { deskJsonSchema } from './models/desk/desk-json-schema.js'

const program = new Command('paidan').description(
  '派单: a service desk inside the messengers people already use',
)

program
  .command('serve')
  .description('runs the desk')
  .action(() => serve({}))

program
  .command('sandbox')
  .description('runs the desk with the messengers emulated on this machine')
  .option('--port <port>', 'where the page is', '8080')
  .option('--data <folder>', 'what is kept between runs', '.paidan/demo')
  .option('--desk <file>', 'the desk that is applied at the start', 'desks/sample/desk.yaml')
  .action((options: { port: string; data: string; desk: string }) => runSandbox(options))

// the sandbox's own server: `serve`, whose clock its parent may move
program
  .command('sandbox-server', { hidden: true })
  .option('--clock-offset-ms <ms>', '', '0')
  .action((options: { clockOffsetMs: string }) => serve({ clockOffsetMs: Number(options.clockOffsetMs) }))

const desk = program.command('desk').description('the desk as a file')
desk
  .command('check <file>')
  .description('lists every problem of a desk file')
  .action((file: string) => {
    process.exitCode = checkDesk(file)
  })
desk
  .command('apply <file>')
  .description('shows what would change and applies it')
  .option('--dry-run', 'only shows it')
  .action(async (file: string, options: { dryRun?: boolean }) => {
    process.exitCode = await applyDesk(file, options)
  })
desk
  .command('export')
  .description('writes the desk in force as a file')
  .action(async () => {
    process.exitCode = await exportDesk()
  })
desk
  .command('schema')
  .description('prints the JSON Schema of a desk file, for editors')
  .action(() => {
    process.stdout.write(`${JSON.stringify(deskJsonSchema(), null, 2)}\n`)
  })

await program.parseAsync()
