import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** One thing readiness depends on: fine or not, and the numbers behind it. */
export interface Check {
  ok: boolean
  facts: Readonly<Record<string, number | string>>
}
export interface HealthDeps {
  /** Named checks; one that throws or takes more than two seconds is not fine. */
  checks: Readonly<Record<string, () => Promise<Check>>>
  /** False from the moment the process begins to stop. */
  accepting: () => boolean
}

const PATIENCE_MS = 2000

/** `/livez`: the process answers. `/readyz`: it can do its work, and what it has set aside. `/metrics` for Prometheus. */
export function registerHealth(fastify: FastifyInstance, { checks, accepting }: HealthDeps): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = new Gauge({
    name: 'paidan_fact',
    help: 'What /readyz says, in numbers',
    labelNames: ['check', 'fact'],
    registers: [registry],
  })

  async function look(): Promise<{ ready: boolean; checks: Record<string, Check> }> {
    const found: Record<string, Check> = {}
    await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        found[name] = await withPatience(Promise.resolve().then(check)).catch(() => ({
          ok: false,
          facts: {},
        }))
      }),
    )
    return { ready: accepting() && Object.values(found).every((check) => check.ok), checks: found }
  }

  fastify.get('/livez', (_, reply) => reply.send({ ok: true }))
  fastify.get('/readyz', async (_, reply) => {
    const state = await look()
    return reply.code(state.ready ? 200 : 503).send(state)
  })
  fastify.get('/metrics', async (_, reply) => {
    const { checks: found } = await look()
    for (const [check, { ok, facts }] of Object.entries(found)) {
      gauge.set({ check, fact: 'ok' }, ok ? 1 : 0)
      for (const [fact, value] of Object.entries(facts))
        if (typeof value === 'number') gauge.set({ check, fact }, value)
    }
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
