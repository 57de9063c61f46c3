// A server for tests of the supervisor: answers, moves its clock, and dies as it is told to.
// STAND_IN = { exitCode?, failures?, deaf?, countFile }: how often it fails at the start, whether it ignores SIGTERM.
import { appendFileSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { exitCode, failures = 0, deaf = false, countFile } = JSON.parse(process.env.STAND_IN)
appendFileSync(countFile, `${process.pid}\n`)
const starts = readFileSync(countFile, 'utf8').trim().split('\n').length
if (exitCode !== undefined) process.exit(exitCode)
if (starts <= failures) process.exit(1)

let clockOffsetMs = Number(process.argv[2])
console.log(JSON.stringify({ message: 'stand-in starts', clockOffsetMs }))
console.error('a word on standard error')
createServer((request, response) => {
  if (request.url === '/readyz') return response.end('ready')
  response.end(JSON.stringify({ pid: process.pid, clockOffsetMs }))
}).listen(Number(process.env.PORT), process.env.HOST)
process.on('message', ({ type, id, offsetMs }) => {
  if (type !== 'clock') return
  clockOffsetMs = offsetMs
  process.send({ type: 'clock_moved', id })
})
process.on('SIGTERM', () => {
  if (!deaf) process.exit(0)
})
