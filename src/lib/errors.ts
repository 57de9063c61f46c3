/**
 * Every error and refusal code, in one table. `http` is the status a web caller sees; `retry` says whether trying the
 * same thing again may succeed. docs/errors.md is generated from it; each code has its text in both catalogues.
 */
export const ERRORS = {
  // refusals: somebody asked for what the ticket's present state or their role does not allow
  'ticket.not_found': { http: 404, retry: false },
  'ticket.status_forbids': { http: 409, retry: false },
  'ticket.role_forbids': { http: 403, retry: false },
  'ticket.already_claimed': { http: 409, retry: false },
  'ticket.already_yours': { http: 409, retry: false },
  'ticket.urged_recently': { http: 429, retry: true },
  'ticket.waits_for_you': { http: 409, retry: false },
  'ticket.reason_required': { http: 422, retry: false },
  'ticket.text_required': { http: 422, retry: false },
  'ticket.text_too_long': { http: 422, retry: false },
  'ticket.cause_required': { http: 422, retry: false },
  'ticket.prevention_required': { http: 422, retry: false },
  'ticket.unknown_assignee': { http: 422, retry: false },
  'ticket.unknown_team': { http: 422, retry: false },
  'ticket.unchanged': { http: 409, retry: false },
  'ticket.window_over': { http: 409, retry: false },
  'ticket.nothing_to_ack': { http: 409, retry: false },
  'touch.not_found': { http: 404, retry: false },
  'touch.not_yours': { http: 403, retry: false },
  'touch.already_public': { http: 409, retry: false },
  'touch.deleted': { http: 410, retry: false },
  'touch.is_note': { http: 403, retry: false },
  'file.too_large': { http: 413, retry: false },
  'file.unreadable': { http: 422, retry: true },
  'link.wrong_code': { http: 404, retry: false },
  'link.old_code': { http: 410, retry: false },
  'link.used_code': { http: 409, retry: false },
  'link.too_many': { http: 429, retry: true },
  'link.here': { http: 409, retry: false },
  'link.already': { http: 409, retry: false },
  'link.has_account': { http: 409, retry: false },
  'link.both_listed': { http: 409, retry: false },
  'link.only_one': { http: 409, retry: false },
  'link.fixed': { http: 403, retry: false },
  'form.expired': { http: 409, retry: true },
  // faults: something around us failed
  'request.unverified': { http: 401, retry: false },
  'request.malformed': { http: 400, retry: false },
  'request.too_large': { http: 413, retry: false },
  'database.unavailable': { http: 503, retry: true },
  'commit.lost_race': { http: 409, retry: true },
  'commit.unknown': { http: 503, retry: true },
  'desk.invalid': { http: 422, retry: false },
  'desk.absent': { http: 503, retry: true },
  'config.invalid': { http: 500, retry: false },
  'messenger.failed': { http: 502, retry: true },
  'internal.bug': { http: 500, retry: false },
} as const satisfies Record<string, { http: number; retry: boolean }>

export type ErrorCode = keyof typeof ERRORS
export type Details = Readonly<Record<string, string | number | boolean | Date>>

/** An expected "no" from pure code: a value, shown to the person who asked. */
export interface Refusal {
  ok: false
  code: ErrorCode
  details: Details
}

export function refuse(code: ErrorCode, details: Details = {}): Refusal {
  return { ok: false, code, details }
}

/** A failure of IO or of what arrived from outside, thrown with its cause; logged once, where it is handled. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Details
  constructor(code: ErrorCode, details: Details = {}, cause?: unknown) {
    super(code, { cause })
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}
