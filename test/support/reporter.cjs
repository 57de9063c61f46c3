// Mocha's reporter for this repository: a line per test file, failures in full, and `N passed, N failed` last.
// With PAIDAN_TEST_RESULT the counts go to that file instead, for the program that adds the static checks to them.
const { writeFileSync } = require('node:fs')
const { relative } = require('node:path')
const { Runner, reporters } = require('mocha')

const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_RUN_BEGIN, EVENT_RUN_END } =
  Runner.constants
const resultFile = process.env.PAIDAN_TEST_RESULT
const show = (path) => (path ? relative(process.cwd(), path) : 'hooks of the whole run')

class FileReporter {
  constructor(runner) {
    this.counts = { passed: 0, failed: 0, skipped: 0, finished: false }
    this.failures = []
    this.file = undefined
    runner.on(EVENT_RUN_BEGIN, () => this.save())
    runner.on(EVENT_TEST_PASS, (test) => this.count(test, 'passed'))
    runner.on(EVENT_TEST_PENDING, (test) => this.count(test, 'skipped'))
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      this.failures.push({ test, error })
      this.count(test, 'failed')
      this.print(`  ✗ ${test.fullTitle()}`)
    })
    runner.on(EVENT_RUN_END, () => {
      this.endFile()
      this.counts.finished = true
      this.save()
      this.conclude()
    })
  }

  print(line) {
    process.stdout.write(`${line}\n`)
  }

  count(test, outcome) {
    if (!this.file || this.file.path !== test.file) {
      this.endFile()
      this.file = {
        path: test.file,
        passed: 0,
        failed: 0,
        skipped: 0,
        startedMs: performance.now() - (test.duration ?? 0),
      }
    }
    this.file[outcome] += 1
    this.counts[outcome] += 1
    this.save()
  }

  endFile() {
    if (!this.file) return
    const { path, passed, failed, skipped, startedMs } = this.file
    const others = `${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`
    const ms = Math.round(performance.now() - startedMs)
    this.print(`${failed ? '✗' : '✓'} ${show(path)}  ${passed} passed${others}  ${ms} ms`)
    this.file = undefined
  }

  /** Kept up to date, so that the counts are known even when the process dies. */
  save() {
    if (resultFile) writeFileSync(resultFile, JSON.stringify(this.counts))
  }

  conclude() {
    for (const { test, error } of this.failures) {
      this.print(`\n✗ ${test.fullTitle()}\n  in ${show(test.file)}`)
      this.print(indent(describeError(error)))
    }
    const { passed, failed, skipped } = this.counts
    if (skipped) this.print(`\n${skipped} skipped`)
    if (!resultFile) this.print(`\n${passed} passed, ${failed} failed`)
  }
}

function describeError(error) {
  const message = error?.message ?? String(error)
  const stack = (error?.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !/node:internal|node_modules\/mocha/.test(line))
  const name = error?.name ? `${error.name}: ` : ''
  const lines = [`${name}${message}`]
  if (reporters.Base.showDiff(error)) lines.push(reporters.Base.generateDiff(...stringified(error)))
  lines.push(...stack)
  if (error?.cause !== undefined) lines.push(`caused by ${describeError(error.cause)}`)
  return lines.join('\n')
}

function stringified(error) {
  const { stringify } = require('mocha/lib/utils')
  const text = (value) => (typeof value === 'string' ? value : stringify(value))
  return [text(error.actual), text(error.expected)]
}

function indent(text) {
  return text.replace(/^/gm, '    ')
}

module.exports = FileReporter
