import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'

const run = promisify(execFile)

describe('a wrong token on Teams', () => {
  it('leaves one line of ours, and nothing on the console beside it', async () => {
    const script = fileURLToPath(new URL('./bad-tokens.ts', import.meta.url))
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', script])
    expect(stderr).to.equal('')
    const lines = stdout.trimEnd().split('\n')
    expect(lines).to.have.length(8)
    for (const line of lines) {
      const { timestamp, ...said } = JSON.parse(line) as Record<string, unknown>
      expect(new Date(String(timestamp)).getTime()).to.be.greaterThan(0)
      expect(said).to.deep.equal({
        level: 'warn',
        message: 'teams request refused',
        messenger: 'teams',
        reason: 'bad_token',
      })
    }
  })
})
