/** A file somebody sent, before its bytes are with us. */
export interface InboundFile {
  id: string
  name: string
  bytes: number
  /** Where the adapter gets it; opaque to everybody else. */
  locator: string
}
