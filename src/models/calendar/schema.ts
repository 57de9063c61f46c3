import { z } from 'zod'
import { buildCalendar } from './build-calendar.js'
import { calendarFileSchema } from './calendar-file.js'

/**
 * Reads a calendar of desk.yaml into a `Calendar`: day ranges, date ranges and presets are written out. Its output is
 * also valid input. Without `validThrough`, listed holidays and make-up days are taken to be complete up to the end of
 * the last year they name.
 */
export const calendarSchema = calendarFileSchema.transform((file, ctx) => {
  const built = buildCalendar(file)
  for (const { path, message } of built.problems)
    ctx.issues.push({ code: 'custom', path, message, input: file })
  return built.problems.length === 0 ? built.calendar : z.NEVER
})
