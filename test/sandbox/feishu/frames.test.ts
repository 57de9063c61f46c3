import { expect } from 'chai'
import fc from 'fast-check'
import { decodeFrame, encodeFrame, type Frame } from '../../../src/sandbox/feishu/frames.js'

const frames = fc.record({
  seqId: fc.nat(),
  logId: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  service: fc.nat(),
  method: fc.constantFrom(0, 1),
  headers: fc.dictionary(
    fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
    fc.string(),
    {
      noNullPrototype: true,
    },
  ),
  payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
})

describe('the frames of the long connection', () => {
  it('read back as they were written', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).to.deep.equal(frame)
      }),
    )
  })

  it('are protobuf: a tag of field and kind before each value, numbers in groups of seven bits', () => {
    const frame: Frame = {
      seqId: 300,
      logId: 0,
      service: 1,
      method: 1,
      headers: { type: 'event' },
      payload: Buffer.from('x'),
    }
    expect(encodeFrame(frame).toString('hex')).to.equal(
      `08ac02100018012001${'2a0d0a0474797065'}12056576656e74420178`,
    )
  })

  it('skip fields that they do not know', () => {
    const frame: Frame = { seqId: 1, logId: 2, service: 3, method: 1, headers: {}, payload: Buffer.from('x') }
    const text = Buffer.from([0x32, 1, 0x6e])
    const fixed64 = Buffer.from([0x51, 1, 2, 3, 4, 5, 6, 7, 8])
    const fixed32 = Buffer.from([0x5d, 1, 2, 3, 4])
    expect(decodeFrame(Buffer.concat([text, fixed64, encodeFrame(frame), fixed32]))).to.deep.equal(frame)
  })

  it('are refused when cut off or garbled', () => {
    const whole = encodeFrame({
      seqId: 1,
      logId: 1,
      service: 1,
      method: 1,
      headers: {},
      payload: Buffer.from('xyz'),
    })
    expect(() => decodeFrame(whole.subarray(0, whole.length - 1))).to.throw(RangeError)
    expect(() => decodeFrame(Buffer.from([0xff, 0xff]))).to.throw(RangeError)
    expect(() => decodeFrame(Buffer.from([0x0b]))).to.throw(RangeError)
  })
})
