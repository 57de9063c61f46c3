/**
 * What the SDK logs with: nowhere. Its errors hang on to whole requests, the token and the app's secret among them, and
 * its debugging lines hold people's words. A level cannot be set instead: the lowest counts as none given.
 */
export const SILENT = {
  error: (): void => undefined,
  warn: (): void => undefined,
  info: (): void => undefined,
  debug: (): void => undefined,
  trace: (): void => undefined,
}
