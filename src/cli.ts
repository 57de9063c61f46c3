#!/usr/bin/env node
import { Command } from 'commander'

// Each command loads its own parts when it runs: the whole program takes seconds of CPU, most commands need little of it.
const parts = {
  aside: () => import('./commands/aside.js'),
  desk: () => import('./commands/desk.js'),
  deskInDatabase: () => import('./commands/desk-in-database.js'),
  sandbox: () => import('./commands/sandbox.js'),
  serve: () => import('./commands/serve.js'),
}

const program = new Command('paidan').description(
  '派单: a service desk inside the messengers people already use',
)

program
  .command('serve')
  .description('runs the desk')
  .action(async () => (await parts.serve()).serve({}))

program
  .command('sandbox')
  .description('runs the desk with the messengers emulated on this machine')
  .option('--port <port>', 'where the page is', '8080')
  .option('--data <folder>', 'what is kept between runs', '.paidan/demo')
  .option('--desk <file>', 'the desk that is applied at the start', 'desks/sample/desk.yaml')
  .action(async (options: { port: string; data: string; desk: string }) =>
    (await parts.sandbox()).runSandbox(options),
  )

// the sandbox's own server: `serve`, whose clock its parent may move
program
  .command('sandbox-server', { hidden: true })
  .option('--clock-offset-ms <ms>', '', '0')
  .action(async (options: { clockOffsetMs: string }) =>
    (await parts.serve()).serve({ clockOffsetMs: Number(options.clockOffsetMs) }),
  )

const desk = program.command('desk').description('the desk as a file')
desk
  .command('check <file>')
  .description('lists every problem of a desk file')
  .action(async (file: string) => {
    process.exitCode = (await parts.desk()).checkDesk(file)
  })
desk
  .command('apply <file>')
  .description('shows what would change and applies it')
  .option('--dry-run', 'only shows it')
  .action(async (file: string, options: { dryRun?: boolean }) => {
    process.exitCode = await (await parts.deskInDatabase()).applyDesk(file, options)
  })
desk
  .command('export')
  .description('writes the desk in force as a file')
  .action(async () => {
    process.exitCode = await (await parts.deskInDatabase()).exportDesk()
  })
desk
  .command('schema')
  .description('prints the JSON Schema of a desk file, for editors')
  .action(async () => (await parts.desk()).printDeskSchema())

const aside = program
  .command('aside')
  .description('lists what failed for good and was set aside')
  .action(async () => {
    process.exitCode = await (await parts.aside()).listAside()
  })
aside
  .command('retry [id...]')
  .description('makes it due again, once its cause is gone')
  .option('--all', 'everything that is set aside')
  .action(async (ids: string[], options: { all?: boolean }) => {
    process.exitCode = await (await parts.aside()).retryAside(ids, options)
  })

await program.parseAsync()
