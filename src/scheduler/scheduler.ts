import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { Logger } from '../lib/logger.js'

export interface Jobs {
  /** Recurring work by its name. Each may run twice at once, or again after a crash: it must not matter. */
  [name: string]: { every: string; run: (touch: () => Promise<unknown>) => Promise<unknown> }
}

export interface Scheduler {
  start(): Promise<void>
  /** Begins nothing new and waits for what runs. */
  stop(): Promise<void>
  /** When a job last came to its end on any instance, by the machine's clock. */
  finishedAt(job: string): Promise<Date | undefined>
}

/** How long a crashed instance can keep a job from the others, in ms: far longer than a sweep, far shorter than a promise. */
const LOCK_MS = 45_000

/** What is asked of the database beside Agenda. */
export interface JobsDatabase {
  collection(name: string): {
    createIndex(keys: { name: 1; type: 1 }, options: object): Promise<unknown>
    deleteMany(filter: object): Promise<unknown>
  }
}

const COLLECTION = 'jobs'

/** Agenda writes a recurring job by an upsert that nothing keeps from happening twice: this does. */
async function keepOneOfEach(db: JobsDatabase): Promise<void> {
  const jobs = db.collection(COLLECTION)
  const recurring = { type: 'single' }
  const create = () =>
    jobs.createIndex({ name: 1, type: 1 }, { unique: true, partialFilterExpression: recurring })
  await create().catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
    // they only wake, and are written anew by whoever starts
    await jobs.deleteMany(recurring)
    await create()
  })
}
const DUPLICATE_KEY = 11000

/** Wakes recurring jobs through Agenda. It only wakes: what must happen once is decided by unique keys elsewhere. */
export function createScheduler(db: JobsDatabase, jobs: Jobs, logger: Logger, instance: string): Scheduler {
  // the backend brings its own copy of the driver's types; the object is the same kind at run time
  const backend = new MongoBackend({ mongo: db as never, collection: COLLECTION })
  const agenda = new Agenda({ backend, name: instance, processEvery: 1000, defaultLockLifetime: LOCK_MS })
  const running = new Set<Promise<unknown>>()
  agenda.on('error', (error: unknown) => logger.error('scheduler failed', { error }))

  return {
    start: async () => {
      for (const [name, { run }] of Object.entries(jobs)) {
        agenda.define(
          name,
          async (job) => {
            const work = run(() => job.touch())
            running.add(work)
            try {
              await work
            } catch (error) {
              logger.error('job failed', { job: name, error })
              throw error
            } finally {
              running.delete(work)
            }
          },
          { concurrency: 1, lockLimit: 1, lockLifetime: LOCK_MS },
        )
      }
      await keepOneOfEach(db)
      await agenda.start()
      for (const [name, { every }] of Object.entries(jobs)) {
        // whoever was second finds the first one's document
        await agenda.every(every, name).catch(() => agenda.every(every, name))
      }
    },
    stop: async () => {
      await agenda.stop()
      // Agenda does not wait for what has begun
      await Promise.allSettled(running)
    },
    finishedAt: async (job) => {
      const { jobs: found } = await agenda.queryJobs({ name: job, limit: 1 })
      return found[0]?.lastFinishedAt ?? undefined
    },
  }
}
