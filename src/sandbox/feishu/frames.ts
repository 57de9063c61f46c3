/**
 * The binary frames of the long connection: protobuf 2, read and written by hand because there is one message only.
 * Fields: 1 SeqID, 2 LogID (uint64), 3 service, 4 method (int32), 5 headers (key, value), 6 payload_encoding,
 * 7 payload_type (string), 8 payload (bytes), 9 LogIDNew (string).
 */
export type Frame = {
  seqId: number
  logId: number
  service: number
  /** 0 = control (ping, pong), 1 = data */
  method: number
  headers: { [key: string]: string }
  payload: Buffer
}

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}

function numberField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8 + VARINT), varint(value)])
}

function bytesField(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + BYTES), varint(value.length), value])
}

/** A frame as the wire has it. */
export function encodeFrame({ seqId, logId, service, method, headers, payload }: Frame): Buffer {
  const pairs = Object.entries(headers).map(([key, value]) =>
    bytesField(5, Buffer.concat([bytesField(1, Buffer.from(key)), bytesField(2, Buffer.from(value))])),
  )
  return Buffer.concat([
    numberField(1, seqId),
    numberField(2, logId),
    numberField(3, service),
    numberField(4, method),
    ...pairs,
    bytesField(8, payload),
  ])
}

type Field = { field: number; number: number; bytes: Buffer }

/** The fields of a protobuf message, in order. Throws RangeError for what is none. */
function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0
  const readVarint = (): number => {
    let value = 0
    for (let shift = 1; ; shift *= 0x80) {
      const byte = message[at]
      if (byte === undefined || shift > 2 ** 63) throw new RangeError('not a frame')
      at += 1
      value += (byte & 0x7f) * shift
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const tag = readVarint()
    const field = Math.floor(tag / 8)
    const wire = tag % 8
    let number = 0
    let length = 0
    if (wire === VARINT) number = readVarint()
    else if (wire === BYTES) length = readVarint()
    else if (wire === FIXED64) length = 8
    else if (wire === FIXED32) length = 4
    else throw new RangeError('not a frame')
    if (at + length > message.length) throw new RangeError('not a frame')
    yield { field, number, bytes: message.subarray(at, at + length) }
    at += length
  }
}

/** The frame that stands on the wire. Throws RangeError for what is none. */
export function decodeFrame(message: Buffer): Frame {
  const frame: Frame = { seqId: 0, logId: 0, service: 0, method: 0, headers: {}, payload: Buffer.alloc(0) }
  for (const { field, number, bytes } of fieldsOf(message)) {
    if (field === 1) frame.seqId = number
    if (field === 2) frame.logId = number
    if (field === 3) frame.service = number
    if (field === 4) frame.method = number
    if (field === 8) frame.payload = Buffer.from(bytes)
    if (field !== 5) continue
    const pair = new Map([...fieldsOf(bytes)].map((each) => [each.field, each.bytes.toString()]))
    frame.headers[pair.get(1) ?? ''] = pair.get(2) ?? ''
  }
  return frame
}
